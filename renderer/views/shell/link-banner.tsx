import { useEffect, useState } from 'react';
import { Icon } from '../../parts/icon.tsx';
import { useLink } from '../../state/link.ts';

/** Says that the page lost Rackside itself; what is on screen is then the past. A blink of a loss says nothing. */
export function LinkBanner() {
  const link = useLink();
  const down = link.state === 'down';
  const [shown, setShown] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setShown(down), down ? 400 : 0);
    return () => clearTimeout(timer);
  }, [down]);
  return (
    <div role="status" aria-live="assertive">
      {shown && (
        <div className="banner">
          <Icon name="warn" />
          <span>
            <strong>Disconnected from Rackside.</strong> What you see is from before. It reconnects by itself
            {link.state === 'down' && link.attempt > 4 ? '; if it does not, start Rackside again.' : '.'}
          </span>
        </div>
      )}
    </div>
  );
}
