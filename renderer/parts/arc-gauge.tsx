import { type Level, type Measure, thresholds } from '../../main/domain/present/levels.ts';
import type { Segment } from './bar.tsx';
import { Traced, type Tracing } from './traced.tsx';

const centre = 44;
const radius = 36;
const startDegrees = 135;
const sweepDegrees = 270;

function pointOn(share: number, distance: number): string {
  const angle = ((startDegrees + (sweepDegrees * share) / 100) * Math.PI) / 180;
  return `${(centre + distance * Math.cos(angle)).toFixed(2)} ${(centre + distance * Math.sin(angle)).toFixed(2)}`;
}

function arc(from: number, to: number): string {
  const large = ((to - from) * sweepDegrees) / 100 > 180 ? 1 : 0;
  return `M${pointOn(from, radius)} A${radius} ${radius} 0 ${large} 1 ${pointOn(to, radius)}`;
}

interface ArcGaugeProps {
  readonly measure: Measure;
  /** Percent of the whole arc, one after another. */
  readonly segments: readonly Segment[];
  readonly level: Level | null;
  /** The number in the middle, and the word for its level below it. */
  readonly value: string;
  readonly word: string;
  readonly from: Tracing;
  /** Where the arc ends, in the measure's own unit; 100 for percent. */
  readonly top?: number;
}

/** Three quarters of a circle, notched where the measure's thresholds are. */
export function ArcGauge({ measure, segments, level, value, word, from: tracing, top = 100 }: ArcGaugeProps) {
  let from = 0;
  return (
    <span className="arc-place">
      <svg className={`arc ${level === null ? 'arc-unknown' : ''}`} viewBox="0 0 88 88" role="img" aria-label={word}>
        <path className="arc-track" d={arc(0, 100)} />
        {segments.map(({ share, tone }) => {
          const start = from;
          from = Math.min(100, from + Math.max(0, share));
          if (from - start < 0.2) return null;
          return <path key={tone} className={`arc-part stroke-${tone}`} d={arc(start, from)} />;
        })}
        {[thresholds[measure].warn, thresholds[measure].bad].map((mark) => (
          <path
            key={mark}
            className="arc-mark"
            d={`M${pointOn((100 * mark) / top, radius - 4)} L${pointOn((100 * mark) / top, radius + 4)}`}
          />
        ))}
        <text className={`arc-word text-${level ?? 'unknown'}`} x={centre} y={centre + 18}>
          {word}
        </text>
      </svg>
      <Traced {...tracing} className="arc-value">
        {value}
      </Traced>
    </span>
  );
}
