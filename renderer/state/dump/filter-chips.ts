import type { CommandStats, EntryFilter } from '../../../main/contract/dump-entries.ts';
import type { EntryMark } from '../../../main/contract/entry-marks.ts';
import { formatBytes, formatDateTime, formatMilliseconds } from '../../../main/domain/present/units.ts';
import { visible } from '../../../main/domain/present/words.ts';

export const markWords: Readonly<Record<EntryMark, string>> = {
  failed: 'failed',
  not_run: 'not run',
  timed_out: 'timed out',
  truncated: 'truncated',
  torn: 'torn',
  lying: 'lying',
  suspect: 'suspect',
};

/** One thing that a filter says, and the filter without it. */
export interface FilterChip {
  readonly id: string;
  readonly words: string;
  readonly without: EntryFilter;
}

type Key = keyof EntryFilter;

function withoutKeys(filter: EntryFilter, ...keys: readonly Key[]): EntryFilter {
  return Object.fromEntries(Object.entries(filter).filter(([key]) => !keys.includes(key as Key)));
}

/** Without what says nothing: an empty list of marks would let nothing pass. */
export function withMark(filter: EntryFilter, mark: EntryMark, wanted: boolean): EntryFilter {
  const others = (filter.marks ?? []).filter((one) => one !== mark);
  const marks = wanted ? [...others, mark] : others;
  return marks.length === 0 ? withoutKeys(filter, 'marks') : { ...filter, marks };
}

/** Sets one thing, or takes it away where the value is null. */
export function withPart<Name extends Key>(
  filter: EntryFilter,
  name: Name,
  value: EntryFilter[Name] | null,
): EntryFilter {
  return value === null ? withoutKeys(filter, name) : { ...filter, [name]: value };
}

/** What the filter says beside its marks and its command text, which have controls of their own. */
export function filterChips(
  filter: EntryFilter,
  commands: readonly Pick<CommandStats, 'id' | 'command'>[],
  zoneAt: (at: number) => number,
): FilterChip[] {
  const chips: FilterChip[] = [];
  const add = (words: string, ...keys: readonly Key[]) => {
    chips.push({ id: keys.join(), words, without: withoutKeys(filter, ...keys) });
  };
  const { from, to, exit, minDurationMs, minSize, maxSize, kind } = filter;
  const time = (at: number) => formatDateTime(at, zoneAt(at));
  if (from !== undefined && to !== undefined) add(`${time(from)} – ${time(to)}`, 'from', 'to');
  else if (from !== undefined) add(`since ${time(from)}`, 'from');
  else if (to !== undefined) add(`until ${time(to)}`, 'to');
  if (filter.commands !== undefined) add(commandWords(filter.commands, commands), 'commands');
  if (exit !== undefined) add(`exit ${exit}`, 'exit');
  if (minDurationMs !== undefined) add(`≥ ${formatMilliseconds(minDurationMs)}`, 'minDurationMs');
  if (minSize !== undefined) add(`≥ ${formatBytes(minSize)}`, 'minSize');
  if (maxSize !== undefined) add(`≤ ${formatBytes(maxSize)}`, 'maxSize');
  if (kind !== undefined) add(`${kind} rounds`, 'kind');
  return chips;
}

function commandWords(ids: readonly number[], commands: readonly Pick<CommandStats, 'id' | 'command'>[]): string {
  const [first] = ids;
  if (ids.length !== 1) return `${ids.length} commands`;
  return visible(commands.find(({ id }) => id === first)?.command ?? 'one command', 60);
}

/** Whether it says anything. */
export function isFiltering(filter: EntryFilter): boolean {
  return Object.keys(filter).length > 0;
}

const sizeUnits: Readonly<Record<string, number>> = { '': 1, b: 1, k: 1024, m: 1024 ** 2, g: 1024 ** 3 };
const timeUnits: Readonly<Record<string, number>> = { ms: 1, '': 1, s: 1000, min: 60_000 };

/** A size as a person types it (`512`, `4k`, `1.5 MB`), in bytes; null where it is none. */
export function typedSize(text: string): number | null {
  return typedAmount(text.replace(/(?<=[kmg])i?b$/i, ''), sizeUnits);
}

/** A duration (`200`, `200 ms`, `1.5 s`, `2 min`), in milliseconds; null where it is none. */
export function typedMilliseconds(text: string): number | null {
  return typedAmount(text, timeUnits);
}

function typedAmount(text: string, units: Readonly<Record<string, number>>): number | null {
  const found = /^(\d+(?:[.,]\d+)?)\s*([a-z]*)$/i.exec(text.trim());
  const unit = units[(found?.[2] ?? '').toLowerCase()];
  return found === null || unit === undefined ? null : Math.round(Number(found[1]?.replace(',', '.')) * unit);
}
