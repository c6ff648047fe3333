import type { HostClock, Kind, Problem, Sample, SampleData } from '../../contract/samples.ts';
import { elapsedSeconds } from '../metrics/rate.ts';
import type { Collector, Outcome } from './collector.ts';
import { collectors as allCollectors } from './collectors/index.ts';
import { commandIndexOf } from './command-line.ts';
import { cutText } from './cut-text.ts';
import { toPlain } from './plain.ts';
import { maxBytesOf, maxErrorBytes, maxMarkBytes } from './program/limits.ts';
import { type CommandRecord, textOf } from './record.ts';
import { roundMark } from './round-lines.ts';

export interface Pipeline {
  /** Takes the next record; gives the sample that it completes, if it does. Never throws. */
  push(record: CommandRecord): Sample[];
}

/** A round whose end has not come yet. */
interface OpenRound {
  readonly begunAt: number;
  readonly clock: HostClock;
  readonly records: Map<string, CommandRecord[]>;
  bytes: number;
  /** Known at its end. */
  seconds: number | null;
  readonly arrivals: number[];
}

interface Memory {
  readonly state: unknown;
  readonly clock: HostClock;
}

/** Reasons quote the host, and stand in one line of a view: UTF-16 units. */
const maxReason = 120;
const maxRemedy = 400;

/** A hostile host may repeat a command for ever; no honest round has so many records of one. */
const maxRecordsPerCommand = 256;

/**
 * From command records to samples. Live sessions and replays push the same records and get the same samples: nothing
 * here looks at a clock, and nothing but the records decides.
 */
export function createPipeline(collectors: readonly Collector[] = allCollectors): Pipeline {
  const index = commandIndexOf(collectors);
  const rounds = new Map<Kind, OpenRound>();
  const memories = new Map<Collector, Memory>();

  function begin(kind: Kind, record: CommandRecord): void {
    const clock = parseClock(textOf(record));
    const bytes = bytesOf(record, maxMarkBytes);
    const arrivals = arrivalOf(record, clock);
    rounds.set(kind, { begunAt: record.endedAt, clock, records: new Map(), bytes, seconds: null, arrivals });
  }

  function keep(record: CommandRecord): void {
    const found = index.byLine(record.command);
    const round = found === null ? undefined : rounds.get(found.collector.kind);
    if (found === null || round === undefined) return;
    round.bytes += bytesOf(record, maxBytesOf(found.command));
    const records = round.records.get(found.command.id);
    if (records === undefined) round.records.set(found.command.id, [record]);
    else if (records.length < maxRecordsPerCommand) records.push(record);
  }

  function end(kind: Kind, record: CommandRecord): Sample[] {
    const round = rounds.get(kind);
    if (round === undefined) return [];
    rounds.delete(kind);
    round.bytes += bytesOf(record, maxMarkBytes);
    const clock = parseClock(textOf(record));
    round.seconds = secondsBetween(round.clock.uptime_seconds, clock.uptime_seconds);
    round.arrivals.push(...arrivalOf(record, clock));
    const problems: Record<string, Problem> = {};
    const readings: Partial<Record<keyof SampleData, unknown>> = {};
    for (const collector of collectors) {
      if (collector.kind !== kind) continue;
      const outcome = parse(collector, round);
      readings[collector.id] = outcome.status === 'ok' ? outcome.value : null;
      if (outcome.status !== 'ok') {
        const { status, reason, remedy } = outcome;
        const told = remedy === undefined ? {} : { remedy: cutText(remedy, maxRemedy) };
        problems[collector.id] = { status, reason: cutText(reason, maxReason), ...told };
      }
    }
    const data = { clock: round.clock, ...readings, problems } as SampleData;
    const kept = kind === 'fast' ? data : withOwnText(data);
    return [{ kind, collected_at: new Date(round.begunAt).toISOString(), data: kept }];
  }

  /** Runs one collector; what it keeps for the next round is stored, whatever the outcome. */
  function parse(collector: Collector, round: OpenRound): Outcome<unknown, unknown> {
    const memory = memories.get(collector);
    const elapsed = memory === undefined ? null : elapsedBetween(memory.clock, round.clock);
    let outcome: Outcome<unknown, unknown>;
    try {
      outcome = collector.parse({
        records: (commandId) => round.records.get(commandId) ?? [],
        clock: round.clock,
        previous: elapsed === null ? null : (memory?.state ?? null),
        elapsedSeconds: memory?.state === undefined ? null : elapsed,
        roundSeconds: round.seconds,
        arrivals: round.arrivals,
        roundBytes: round.bytes,
      });
      if (outcome.status === 'ok') outcome = { ...outcome, value: toPlain(outcome.value) };
    } catch (error) {
      outcome = { status: 'failed', reason: error instanceof Error ? error.message : String(error) };
    }
    if (outcome.state === undefined) memories.delete(collector);
    else memories.set(collector, { state: outcome.state, clock: round.clock });
    return outcome;
  }

  return {
    push(record) {
      const mark = roundMark(record.command);
      if (mark === null) keep(record);
      else if (mark.mark === 'begin') begin(mark.kind, record);
      else return end(mark.kind, record);
      return [];
    },
  };
}

/** A word that was cut out of an output keeps all of that output in memory; what is the newest for long must not. */
function withOwnText(data: SampleData): SampleData {
  return JSON.parse(JSON.stringify(data)) as SampleData;
}

/** Host seconds between two rounds; null over a reboot, and where time is unknown or did not go forward. */
function elapsedBetween(before: HostClock, after: HostClock): number | null {
  if (before.boot_id !== after.boot_id) return null;
  return elapsedSeconds(before.uptime_seconds, after.uptime_seconds);
}

/** From a round's beginning to its end, which may be the same to a clock of hundredths. */
function secondsBetween(begin: number | null, end: number | null): number | null {
  return begin !== null && begin === end ? 0 : elapsedSeconds(begin, end);
}

function arrivalOf({ endedAt }: CommandRecord, { uptime_seconds }: HostClock): number[] {
  return uptime_seconds === null ? [] : [endedAt / 1000 - uptime_seconds];
}

/** What a host can have sent of it: a dump that somebody made up may hold more, which nobody reads. */
function bytesOf({ stdout, stderr }: CommandRecord, most: number): number {
  return Math.min(stdout.length, most) + Math.min(stderr.length, maxErrorBytes);
}

/** `/proc/uptime`, then the boot id on a line of its own; either may be missing. */
function parseClock(text: string): HostClock {
  const uptime = /^(\d{1,12}(?:\.\d{1,6})?) \d/m.exec(text)?.[1];
  const bootId = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/m.exec(text)?.[0];
  return { boot_id: bootId ?? null, uptime_seconds: uptime === undefined ? null : Number(uptime) };
}
