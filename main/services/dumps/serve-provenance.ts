import { setImmediate } from 'node:timers/promises';
import type { dumpProvenanceContract } from '../../contract/provenance.ts';
import type { Handlers } from '../../contract/rpc/definition.ts';
import type { Kind } from '../../contract/samples.ts';
import type { Collector } from '../../domain/collect/collector.ts';
import { commandLine } from '../../domain/collect/command-line.ts';
import type { CommandRecord } from '../../domain/collect/record.ts';
import { createBodyLimits } from '../../domain/dump/body-limits.ts';
import { sourcesOfRounds } from '../../domain/dump/recent-rounds.ts';
import { explainReading, type Source } from '../../domain/provenance/explain-reading.ts';
import { runSteps } from '../../domain/provenance/run-steps.ts';
import type { Dump } from './open-dump.ts';
import { readRecords } from './read-records.ts';
import { lastAt } from './sample-places.ts';

/** Entries between the beginnings of two rounds of a kind; how far back, and how many, of what was told once. */
const maxSteps = 50_000;
const maxTold = 400;

/** Answers where a number of a dump comes from: out of all of it. */
export function serveProvenance(dump: Dump): Handlers<typeof dumpProvenanceContract> {
  return {
    'dumps.provenance': async ({ kind, collected_at, path }, signal) => {
      const sources = await sourcesIn(dump, kind, Date.parse(collected_at));
      const steps = explainReading(dump.collectors, sources, path);
      return runSteps(steps, setImmediate, () => performance.now(), signal);
    },
  };
}

/** The records of the round that began at that instant, of the one before, and what was told once before both. */
async function sourcesIn({ log, collectors }: Dump, kind: Kind, beganAt: number): Promise<Source[]> {
  const { table, commands } = log;
  const commandAt = (position: number) => commands.commands[table.commandOf(position)];
  const isBegin = (position: number) => {
    const command = commandAt(position);
    return command?.mark === 'begin' && command.kind === kind;
  };
  const begin = back(lastAt(table.count, table.timeOf, Math.floor(beganAt) + 1), isBegin);
  if (begin === null || Math.floor(table.timeOf(begin)) !== Math.floor(beganAt)) return [];
  const before = back(begin - 1, isBegin);
  const end = forth(begin, table.count, (position) => {
    const command = commandAt(position);
    return command?.mark === 'end' && command.kind === kind;
  });
  const limitOf = createBodyLimits(collectors);
  const read = async (from: number, to: number) => {
    const records: CommandRecord[] = [];
    for await (const record of readRecords(log, from, to, limitOf)) records.push(record);
    return records;
  };
  const first = before ?? begin;
  const told: CommandRecord[] = [];
  for (const position of toldBefore(first)) told.push(...(await read(position, position + 1)));
  const earlier = before === null ? [] : await read(before, begin);
  return sourcesOfRounds(newest(told), earlier, await read(begin, end));

  /** The newest runs, before that entry, of what is told only when it is new; oldest first. */
  function toldBefore(position: number): number[] {
    const lines = new Set(lastingLines(collectors, kind));
    const wanted = new Set(commands.commands.filter(({ line }) => lines.has(line)).map(({ id }) => id));
    const found: number[] = [];
    for (let at = position - 1; at >= 0 && position - at < maxSteps && found.length < maxTold; at--) {
      if (wanted.has(table.commandOf(at))) found.push(at);
    }
    return found.reverse();
  }
}

/** As the table of commands writes them. */
function lastingLines(collectors: readonly Collector[], kind: Kind): string[] {
  return collectors
    .filter((collector) => collector.kind === kind)
    .flatMap((collector) => collector.commands.filter(({ when, lasts }) => when === 'first' || lasts !== undefined))
    .map((command) => commandLine(command, 'N'));
}

/** Of each line the newest. */
function newest(records: readonly CommandRecord[]): CommandRecord[] {
  return [...new Map(records.map((record) => [record.command, record])).values()];
}

function back(from: number, isWanted: (position: number) => boolean): number | null {
  for (let at = from; at >= 0 && from - at < maxSteps; at--) if (isWanted(at)) return at;
  return null;
}

/** The place behind the first wanted one. */
function forth(from: number, count: number, isWanted: (position: number) => boolean): number {
  const most = Math.min(count, from + maxSteps);
  for (let at = from; at < most; at++) if (isWanted(at)) return at + 1;
  return most;
}
