import { useFleet } from '../../state/fleet.ts';
import { countWords } from '../../state/fleet-groups.ts';
import { hostsWords } from '../../state/fleet-labels.ts';
import { useLost } from '../../state/link.ts';

/** How many, and how many of them need a person. */
export function FleetSummary() {
  const lost = useLost();
  const text = useFleet(({ ids, views }) =>
    lost ? `${hostsWords(ids.length)}  ·  states as last known` : countWords(ids, views),
  );
  return (
    <p className="view-summary ellipsis" title={text}>
      {text}
    </p>
  );
}
