import type { Level } from '../../main/domain/present/levels.ts';

export interface Segment {
  readonly share: number;
  readonly tone: string;
}

/** A plain bar; its numbers stand beside it, so it is hidden from who reads those. Unknown is hatched. */
export function Bar({ percent, level }: { percent: number | null; level: Level | null }) {
  if (percent === null) return <span className="bar bar-unknown" aria-hidden="true" />;
  const width = `${Math.min(100, Math.max(0, percent))}%`;
  return (
    <span className="bar" aria-hidden="true">
      <span className={`bar-fill level-${level ?? 'ok'}`} style={{ width }} />
    </span>
  );
}

/** Parts of one whole, in percent of it, side by side. */
export function StackedBar({ segments }: { segments: readonly Segment[] }) {
  return (
    <span className="bar bar-stacked" aria-hidden="true">
      {segments.map(({ share, tone }) => (
        <span
          key={tone}
          className={`bar-fill fill-${tone}`}
          style={{ width: `${Math.min(100, Math.max(0, share))}%` }}
        />
      ))}
    </span>
  );
}
