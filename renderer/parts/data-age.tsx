import type { Sample } from '../../main/contract/samples.ts';
import { isStale } from '../../main/domain/present/levels.ts';
import { formatAge, formatDateTime, unknown } from '../../main/domain/present/units.ts';
import { useClock, zoneAt } from '../state/clock.ts';

/** How old the newest data is, counted by the console's clock; says `stale` where three rounds were missed. */
export function DataAge({ sample, cadenceSeconds }: { sample: Sample | null; cadenceSeconds: number }) {
  const at = sample === null ? null : Date.parse(sample.collected_at);
  const age = useClock((now) => (at === null ? unknown : formatAge((now - at) / 1000)));
  const stale = useClock((now) => at !== null && isStale((now - at) / 1000, cadenceSeconds));
  if (at === null) return <span className="age">{unknown}</span>;
  return (
    <span className={stale ? 'age age-stale' : 'age'} title={`Newest data: ${formatDateTime(at, zoneAt(at))}`}>
      {stale && <span className="age-word">stale</span>}
      {age}
    </span>
  );
}

/** When a replay's newest data is from: a dump does not age. */
export function DataInstant({ sample }: { sample: Sample | null }) {
  if (sample === null) return <span className="age">{unknown}</span>;
  const at = Date.parse(sample.collected_at);
  const text = formatDateTime(at, zoneAt(at));
  return (
    <span className="age" title={text}>
      {text.slice(0, 16)}
    </span>
  );
}
