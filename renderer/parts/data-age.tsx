import { formatAge, formatDateTime, unknown } from '../../main/domain/present/units.ts';
import { useClock, zoneAt } from '../state/clock.ts';
import { usePast, type Watched } from '../state/freshness.ts';

/**
 * How old data is that was collected at an instant, counted by the console's clock; says `stale` where nothing newer
 * is coming. A replay shows the instant instead: a dump does not age.
 */
export function DataAge({ view, at }: { view: Watched; at: number | null }) {
  const age = useClock((now) => (at === null ? unknown : formatAge((now - at) / 1000)));
  const stale = usePast(view, at);
  if (at === null) return <span className="age">{unknown}</span>;
  const text = formatDateTime(at, zoneAt(at));
  if (view.connection.state === 'replay') {
    return (
      <span className="age" title={text}>
        {text.slice(0, 16)}
      </span>
    );
  }
  return (
    <span className={stale ? 'age age-stale' : 'age'} title={`Newest data: ${text}`}>
      {stale && <span className="age-word">stale</span>}
      {age}
    </span>
  );
}
