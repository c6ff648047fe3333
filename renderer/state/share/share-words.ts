import type { CommandStats, EntryFilter, Timeline } from '../../../main/contract/dump-entries.ts';
import type { SliceProgress } from '../../../main/contract/dump-sharing.ts';
import { formatBytes, formatCount, formatDateTime } from '../../../main/domain/present/units.ts';
import { visible } from '../../../main/domain/present/words.ts';
import { filterChips, markWords } from '../dump/filter-chips.ts';
import type { Span } from '../range.ts';

type Zone = (at: number) => number;

/** Types of what is replaced, as `main/domain/redact` names them. */
const typeWords: Readonly<Record<string, string>> = {
  host: 'host names',
  user: 'users',
  person: 'people',
  ipv4: 'IPv4 addresses',
  ipv6: 'IPv6 addresses',
  mac: 'MAC addresses',
  uuid: 'UUIDs',
  id: 'ids',
  serial: 'serials',
  wwn: 'WWNs',
  secret: 'secrets',
  word: 'words of yours',
};

export function typeName(type: string): string {
  return typeWords[type] ?? visible(type, 40);
}

/** `2026-11-21 14:03:22 – 14:05:00`; the day again where it is another one. */
export function spanWords({ from, to }: Span, zoneAt: Zone): string {
  const [first, last] = [formatDateTime(from, zoneAt(from)), formatDateTime(to, zoneAt(to))];
  return `${first} – ${first.slice(0, 10) === last.slice(0, 10) ? last.slice(11) : last}`;
}

/** All that a filter says, in one line. */
export function filterWords(
  filter: EntryFilter,
  commands: readonly Pick<CommandStats, 'id' | 'command'>[],
  zoneAt: Zone,
): string {
  return [
    ...(filter.command === undefined ? [] : [`“${visible(filter.command, 60)}”`]),
    ...(filter.marks ?? []).map((mark) => markWords[mark]),
    ...(filter.noted === true ? ['noted'] : []),
    ...(filter.searchId === undefined ? [] : ['hits of the search']),
    ...filterChips(filter, commands, zoneAt).map(({ words }) => words),
  ].join(', ');
}

export interface Counted {
  readonly entries: number;
  /** Of their outputs. */
  readonly bytes: number;
}

export function countedOf({ entries, bytes }: Pick<Timeline, 'entries' | 'bytes'>): Counted {
  const sum = (counts: readonly number[]) => counts.reduce((all, count) => all + count, 0);
  return { entries: sum(entries), bytes: sum(bytes) };
}

function some(count: number, one: string, many: string): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

export function countedWords({ entries, bytes }: Counted): string {
  return `${some(entries, 'entry', 'entries')}, ${formatBytes(bytes)}`;
}

/** How far a part is: 0 to 1, and in words. What is redacted is read twice, first to learn what is to be replaced. */
export function progressOf(
  { bytes, doneBytes, entries }: SliceProgress,
  redacts: boolean,
): { readonly share: number; readonly words: string } {
  const size = redacts ? bytes / 2 : bytes;
  const learning = redacts && doneBytes < size;
  const done = redacts && !learning ? doneBytes - size : doneBytes;
  const told = `${formatBytes(Math.min(size, done))} of ${formatBytes(size)}`;
  return {
    share: bytes === 0 ? 0 : Math.min(1, doneBytes / bytes),
    words: learning ? `Finding names and secrets: ${told}` : `Writing: ${told}, ${some(entries, 'entry', 'entries')}`,
  };
}

/** What a part that is written holds. */
export function doneWords({ entries, samples }: SliceProgress): string {
  return `${some(entries, 'entry', 'entries')} and ${some(samples, 'sample', 'samples')} are exported to`;
}

/** `Replaced: IPv4 addresses (2), users (1).` */
export function replacedWords(replaced: SliceProgress['replaced']): string {
  const rows = replacedRows({ replaced });
  if (rows.length === 0) return 'Nothing in it had to be replaced.';
  return `Replaced: ${rows.map(({ name, count }) => `${name} (${formatCount(count)})`).join(', ')}.`;
}

/** Places replaced, by type, the most first. */
export function replacedRows({
  replaced,
}: Pick<SliceProgress, 'replaced'>): { readonly name: string; readonly count: number }[] {
  return Object.entries(replaced)
    .map(([type, count]) => ({ name: typeName(type), count }))
    .sort((a, b) => b.count - a.count || a.name.localeCompare(b.name));
}
