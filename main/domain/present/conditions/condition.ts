import type { SampleData } from '../../../contract/samples.ts';
import type { Level } from '../levels.ts';

/** How a family of readings is, at one glance. */
export interface Condition {
  /** Null where nothing is known that could be judged. */
  readonly level: Level | null;
  /** How many there are: `2`; null where there is nothing to count. */
  readonly count: number | null;
  /** `healthy, 64 % full`, `tank DEGRADED`. Names in it are the host's own. */
  readonly words: string;
}

/** What a judge is given: data that has the reading, and epoch seconds of its sample. */
export type Judge = (data: SampleData, now: number) => Condition | null;

const rank: Readonly<Record<Level, number>> = { ok: 0, warn: 1, bad: 2 };

/** What is worse comes first; equals keep their order. */
export function worstOf<Item extends { readonly level: Level }>(items: readonly Item[]): Item | null {
  return items.reduce<Item | null>(
    (worst, item) => (worst === null || rank[item.level] > rank[worst.level] ? item : worst),
    null,
  );
}

/** `3 disks`, `1 disk`. */
export function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

/** The worst of what is wrong, and how much more there is: `tank DEGRADED, 2 more`; null where nothing is. */
export function troubleOf(
  troubles: readonly { readonly level: Level; readonly words: string }[],
  count: number | null,
): Condition | null {
  const worst = worstOf(troubles);
  if (worst === null) return null;
  const more = troubles.length > 1 ? `, ${troubles.length - 1} more` : '';
  return { level: worst.level, count, words: `${worst.words}${more}` };
}
