import type { Entry } from '../../main/contract/dump-entries.ts';
import type { Span } from './range.ts';

export interface EntryPage {
  readonly entries: readonly Entry[];
  /** True where there is more in the span than was answered. */
  readonly more: boolean;
}

export interface Listing extends EntryPage {
  readonly at: number;
  /** How far from `at` was looked, in milliseconds. */
  readonly aroundMs: number;
}

/** One round reaches so far from its instant; less than that is never asked. */
const leastMs = 1_000;

/**
 * The entries around an instant: one and a half rounds to each side, and nearer where that is more than one answer
 * holds. An answer begins at its oldest, so one that is cut would lack what the instant is about.
 */
export async function entriesAround(
  ask: (span: Span) => Promise<EntryPage>,
  at: number,
  cadenceSeconds: number,
): Promise<Listing> {
  let aroundMs = Math.max(leastMs, cadenceSeconds * 1500);
  for (;;) {
    const page = await ask({ from: at - aroundMs, to: at + aroundMs });
    if (!page.more || aroundMs <= leastMs) return { ...page, at, aroundMs };
    aroundMs = Math.max(leastMs, aroundMs / 2);
  }
}

/** The index of the entry that ended nearest to an instant; -1 where there is none. */
export function nearestEntry(entries: readonly Entry[], at: number): number {
  let nearest = -1;
  entries.forEach((entry, index) => {
    const best = entries[nearest];
    if (best === undefined || Math.abs(entry.at - at) < Math.abs(best.at - at)) nearest = index;
  });
  return nearest;
}
