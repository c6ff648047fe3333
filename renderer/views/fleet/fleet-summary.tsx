import { formatCount } from '../../../main/domain/present/units.ts';
import { useFleet } from '../../state/fleet.ts';
import { useLost } from '../../state/link.ts';

/** How many, and how many of them need a person. */
export function FleetSummary() {
  const lost = useLost();
  const text = useFleet(({ ids, views }) => {
    let live = 0;
    let asking = 0;
    let failing = 0;
    for (const id of ids) {
      const connection = views[id]?.connection;
      if (connection?.state === 'live') live += 1;
      else if (connection?.state === 'asking') asking += 1;
      else if (connection?.state === 'waiting') failing += 1;
      else if (connection?.state === 'stopped' && connection.fault !== null) failing += 1;
    }
    const hosts = `${formatCount(ids.length)} ${ids.length === 1 ? 'host' : 'hosts'}`;
    if (lost) return `${hosts}  ·  states as last known`;
    const parts = [hosts, `${formatCount(live)} live`];
    if (failing > 0) parts.push(`${failing} not reached`);
    if (asking > 0) parts.push(asking === 1 ? '1 needs you' : `${asking} need you`);
    return parts.join('  ·  ');
  });
  return <p className="view-summary">{text}</p>;
}
