import { type Level, levelOf, levelWord, type Measure } from '../../../main/domain/present/levels.ts';
import { formatPercent, unknown } from '../../../main/domain/present/units.ts';
import { visible } from '../../../main/domain/present/words.ts';
import { Bar } from '../../parts/bar.tsx';
import { Traced, type Tracing } from '../../parts/traced.tsx';

interface WordsProps extends Tracing {
  /** Null is unknown. */
  readonly text: string | null;
  readonly limit?: number;
  readonly className?: string | undefined;
}

/** Text as the host says it. */
export function Words({ text, limit = 200, className, ...tracing }: WordsProps) {
  return (
    <Traced {...tracing} className={className}>
      {text === null || text === '' ? unknown : visible(text, limit)}
    </Traced>
  );
}

interface ShareProps extends Tracing {
  readonly percent: number | null;
  readonly measure: Measure;
  readonly decimals?: number;
}

/** A percentage as a bar, a number, and a word where it is worth a look. */
export function ShareCell({ percent, measure, decimals = 0, ...tracing }: ShareProps) {
  const level = levelOf(measure, percent);
  return (
    <span className="share" title={levelWord(measure, percent)}>
      <Bar percent={percent} level={level} />
      <Traced {...tracing} className={`number text-${level ?? 'unknown'}`}>
        {formatPercent(percent, decimals)}
      </Traced>
    </span>
  );
}

/** A state with its level: what is not well is told by colour and a mark, and always by the word. */
export function StateWord({ level, text, ...tracing }: Tracing & { level: Level | null; text: string }) {
  return (
    <Traced {...tracing} className={`state-level text-${level ?? 'unknown'}`}>
      {visible(text, 200)}
    </Traced>
  );
}

/** What part of a total is: null where either is unknown, or there is no total. */
export function percentOf(part: number | null, total: number | null): number | null {
  return part === null || total === null || total <= 0 ? null : (100 * part) / total;
}
