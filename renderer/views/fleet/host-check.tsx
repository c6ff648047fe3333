import { memo } from 'react';
import { useSelected } from '../../state/fleet-selection.ts';

/** Whether a host is selected. Its list hears the click, as that of the row; keys are the row's. */
export const HostCheck = memo(function HostCheck({ hostId, name }: { hostId: string; name: string }) {
  const selected = useSelected(hostId);
  return (
    <input
      type="checkbox"
      className="host-check"
      aria-label={`Select ${name}`}
      tabIndex={-1}
      // The focus stays with the rows, and with it the keys.
      onMouseDown={(event) => event.preventDefault()}
      checked={selected}
      readOnly
    />
  );
});
