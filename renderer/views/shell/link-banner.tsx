import { Icon } from '../../parts/icon.tsx';
import { useLink, useLost } from '../../state/link.ts';

/** Says that the page lost Rackside itself; what is on screen is then the past. */
export function LinkBanner() {
  const lost = useLost();
  const often = useLink(({ attempt }) => attempt > 4);
  return (
    <div role="status" aria-live="assertive">
      {lost && (
        <div className="banner">
          <Icon name="warn" />
          <span>
            <strong>Disconnected from Rackside.</strong> What you see is from before. It reconnects by itself
            {often ? '; if it does not, start Rackside again.' : '.'}
          </span>
        </div>
      )}
    </div>
  );
}
