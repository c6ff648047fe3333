import { countBefore } from '../../domain/present/count-before.ts';
import type { CommandsLog } from './commands-log.ts';
import type { SamplesLog } from './samples-log.ts';

/** Entries that are told of one sample at most, and how far back they are looked for. */
const maxEntries = 1000;
const maxSteps = 20_000;

/** The last sample at or before an instant, of that kind where one is named; null when there is none. */
export function sampleAt(samples: SamplesLog, at: number, kind: string | undefined): number | null {
  for (let position = lastAt(samples.count, samples.timeOf, at); position >= 0; position--) {
    if (kind === undefined || samples.kindOf(position) === kind) return position;
  }
  return null;
}

/** The sample that an entry went into: the first of its kind after it, unless its round never ended. */
export function sampleOfEntry(log: CommandsLog, samples: SamplesLog, entry: number): number | null {
  const { table, commands } = log;
  const at = table.timeOf(entry);
  const kind = commands.commands[table.commandOf(entry)]?.kind ?? null;
  for (let position = Math.max(0, lastAt(samples.count, samples.timeOf, at)); position < samples.count; position++) {
    if (samples.timeOf(position) < at || (kind !== null && samples.kindOf(position) !== kind)) continue;
    return kind === null || entriesOfSample(log, samples, position).includes(entry) ? position : null;
  }
  return null;
}

/**
 * The entries that a sample was computed from, oldest first: those of its kind from the beginning of its round on. In
 * a dump of another product, which marks no rounds, all since the sample of that kind before it.
 */
export function entriesOfSample({ table, commands }: CommandsLog, samples: SamplesLog, position: number): number[] {
  const at = samples.timeOf(position);
  const kind = samples.kindOf(position);
  const before = previousOfKind(samples, position);
  const since = before === null ? Number.NEGATIVE_INFINITY : samples.timeOf(before);
  const marks = commands.commands.some(({ mark }) => mark !== null);
  const found: number[] = [];
  const last = lastAt(table.count, table.timeOf, at);
  for (let entry = last; entry >= 0 && last - entry < maxSteps && found.length < maxEntries; entry--) {
    if (table.timeOf(entry) <= since) break;
    const command = commands.commands[table.commandOf(entry)];
    if (marks && command?.kind !== kind) continue;
    found.push(entry);
    if (command?.mark === 'begin') break;
  }
  return found.reverse();
}

/** Which commands among some entries each collector reads. */
export function commandsOfCollectors(
  { table, commands }: CommandsLog,
  entries: readonly number[],
): Record<string, number[]> {
  const found: Record<string, number[]> = {};
  for (const id of new Set(entries.map((entry) => table.commandOf(entry)))) {
    const collector = commands.commands[id]?.collector ?? null;
    if (collector === null) continue;
    const ids = found[collector] ?? [];
    ids.push(id);
    found[collector] = ids;
  }
  return found;
}

export function previousOfKind(samples: SamplesLog, position: number): number | null {
  const kind = samples.kindOf(position);
  for (let before = position - 1; before >= 0 && position - before < maxSteps; before--) {
    if (samples.kindOf(before) === kind) return before;
  }
  return null;
}

/** Index of the last of some instants that is not after `at`; -1 where all are. They stand in their order, mostly. */
export function lastAt(count: number, timeOf: (index: number) => number, at: number): number {
  return countBefore(count, (index) => timeOf(index) <= at) - 1;
}
