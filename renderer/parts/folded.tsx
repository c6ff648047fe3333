import type { ReactNode } from 'react';

interface FoldedProps {
  readonly summary: string;
  /** Beside the summary, and no part of what opens it: numbers there answer by themselves. */
  readonly count?: ReactNode;
  /** At first. */
  readonly open?: boolean;
  readonly children: ReactNode;
}

/** What is looked at seldom: one line until somebody opens it. */
export function Folded({ summary, count, open = false, children }: FoldedProps) {
  return (
    <div className="folded">
      <details className="fold" open={open}>
        <summary>{summary}</summary>
        {children}
      </details>
      {count !== undefined && <span className="folded-count faint number">{count}</span>}
    </div>
  );
}
