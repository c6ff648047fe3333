import type { Kind, Sample, SampleData } from '../main/contract/samples.ts';
import type { Collector } from '../main/domain/collect/collector.ts';
import { collectors } from '../main/domain/collect/collectors/index.ts';
import { commandIndexOf } from '../main/domain/collect/command-line.ts';
import { createFraming } from '../main/domain/collect/framing.ts';
import { createPipeline } from '../main/domain/collect/pipeline.ts';
import type { CommandRecord } from '../main/domain/collect/record.ts';
import { roundMark } from '../main/domain/collect/round-lines.ts';
import { type Recording, recordedBoundary } from './recording.ts';

/** What is of this run, and in no recording: how long a round was on its way, and how large; when it came. */
const ofTheWay: ReadonlySet<string> = new Set(['problems', 'cost', 'wall_clock']);

/** As fine as a host's clock, and as coarse; seconds. */
const hundredth = 0.01;

/** What is counted of an output, by the reading that it is in: of one that was cut there are fewer, and nobody can tell. */
const counted: Readonly<Record<string, readonly string[]>> = {
  system: ['sockets', 'cores', 'threads'],
  updates: ['pending', 'security'],
  units: ['counts'],
};

/** Gives where a sample has a number that no honest reading of the recording has; null where there is none. */
export type Oracle = (sample: Sample) => string | null;

/**
 * What a host that plays this recording can truthfully be read as: each of its rounds, after any other or none of
 * them, with and without what is told once, and without any two commands of it and any one of the round before. A
 * reading that is missing is none of its business: a host may say less. What is read of less is asked of the collectors
 * themselves, so it is held to the whole rounds as well: but for what only began, no number is larger than in these.
 */
export function createOracle(recording: Recording): Oracle {
  const rounds = {
    fast: [recording.first.fast, ...recording.fast].map(recordsOf),
    medium: [recordsOf(recording.first.medium)],
    slow: [recordsOf(recording.first.slow)],
    daily: [recordsOf(recording.first.daily)],
  };
  const known = new Map<CommandRecord[], readonly Sample[]>();

  /** Every sample of one round of which nothing is missing. */
  function samplesOf(kind: Kind, round: CommandRecord[]): readonly Sample[] {
    const [first = []] = rounds[kind];
    const pasts = [[], ...rounds[kind]].flatMap((past) => [past, [...first, ...past]]);
    const samples = known.get(round) ?? pasts.map((past) => lastSample([...past, ...round], kind, collectors));
    known.set(round, samples);
    return samples;
  }

  /** What one collector reads where something is missing, from little to much: rarely asked for, and thousands. */
  function* lessTold(name: string, kind: Kind, possible: readonly CommandRecord[][]): Generator<unknown> {
    const readBy = collectors.filter(({ id }) => id === name);
    const [first = [], ...later] = rounds[kind].map((round) => ofCollector(round, name));
    const pasts = [[], first, ...later].flatMap((past) => [past, ...lackingOne(past)]);
    const own = possible.map((round) => ofCollector(round, name));
    const less = [...own, ...own.flatMap(lackingOne), ...own.flatMap(lackingOne).flatMap(lackingOne)];
    for (const round of less) {
      for (const past of pasts) {
        yield readingOf(lastSample([...past, ...round], kind, readBy), name);
        yield readingOf(lastSample([...first, ...past, ...round], kind, readBy), name);
      }
    }
  }

  return (sample) => {
    const { kind, data } = sample;
    const told = data.clock.uptime_seconds;
    const possible = rounds[kind].filter((round) => {
      const own = samplesOf(kind, round)[0]?.data.clock.uptime_seconds;
      return told === null || own === told;
    });
    for (const name of Object.keys(data)) {
      if (ofTheWay.has(name)) continue;
      const parts = partsOf(withoutCounts(name, readingOf(sample, name)), []);
      const whole = possible.flatMap((round) => samplesOf(kind, round).map((one) => readingOf(one, name)));
      const strange = strangersIn(parts, whole);
      const tooLarge = strange.filter(
        (part) => isLarger(part.value, placesOf(part, whole)) && !began(part.value, data),
      );
      const [stranger] = tooLarge.length > 0 ? tooLarge : strangersIn(strange, lessTold(name, kind, possible));
      if (stranger === undefined) continue;
      const where = [...stranger.place, JSON.stringify(stranger.value)].join(': ');
      return `${kind} ${name} at uptime ${told}: ${where}`;
    }
    return null;
  };
}

/** Whether it is a process that began in the window: then all that it counted came in it. */
function began(value: unknown, { clock, processes }: SampleData): boolean {
  const { started_seconds: started } = value as { readonly started_seconds?: number };
  const [uptime, window] = [clock.uptime_seconds, processes?.window_seconds ?? null];
  return started !== undefined && uptime !== null && window !== null && started >= uptime - window - 2 * hundredth;
}

function readingOf({ data }: Sample, name: string): unknown {
  return data[name as keyof SampleData];
}

function withoutCounts(name: string, value: unknown): unknown {
  const left = counted[name];
  if (left === undefined || typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).filter(([key]) => !left.includes(key)));
}

/** What a recorded round says, record by record. */
export function recordsOf(base64: string): CommandRecord[] {
  const events = createFraming(recordedBoundary, collectors).feed(Buffer.from(base64, 'base64'), 0);
  return events.flatMap((event) => (event.type === 'record' ? [event.record] : []));
}

const commands = commandIndexOf(collectors);

/** Those records of a round that one collector reads, between the two that begin and end it. */
function ofCollector(round: readonly CommandRecord[], name: string): CommandRecord[] {
  return round.filter(({ command }) => roundMark(command) !== null || commands.byLine(command)?.collector.id === name);
}

/** The round without each of its commands. */
function lackingOne(round: readonly CommandRecord[]): CommandRecord[][] {
  const idOf = ({ command }: CommandRecord) => commands.byLine(command)?.command.id;
  const ids = new Set(round.map(idOf).filter((id) => id !== undefined));
  return [...ids].map((id) => round.filter((record) => idOf(record) !== id));
}

function lastSample(records: readonly CommandRecord[], kind: Kind, readBy: readonly Collector[]): Sample {
  const pipeline = createPipeline(readBy);
  return records.flatMap((record) => pipeline.push(record)).findLast((sample) => sample.kind === kind) as Sample;
}

/** A part of a value, and where it stands in it; a row of a list stands anywhere in that list. */
interface Part {
  readonly place: readonly string[];
  readonly value: unknown;
}

/** The parts that none of the readings has. */
function strangersIn(parts: readonly Part[], readings: Iterable<unknown>): readonly Part[] {
  let left = parts;
  if (left.length === 0) return left;
  for (const reading of readings) {
    left = left.filter((part) => !placesOf(part, [reading]).some((own) => isWithin(part.value, own)));
    if (left.length === 0) return left;
  }
  return left;
}

/** What readings have in the place of a part: of a row, those that begin with the same name or number, if any does. */
function placesOf({ place, value }: Part, readings: readonly unknown[]): unknown[] {
  const own = readings.map((reading) =>
    place.reduce<unknown>((at, name) => (at as Record<string, unknown> | null)?.[name], reading),
  );
  if (!own.some(Array.isArray)) return own;
  const rows = own.flatMap((list) => (Array.isArray(list) ? list : []));
  const same = rows.filter((row) => firstOf(row) === firstOf(value));
  return same.length > 0 ? same : rows;
}

function firstOf(row: unknown): unknown {
  return typeof row === 'object' && row !== null ? Object.values(row)[0] : row;
}

/** Rows of lists stand each for itself, all else together. */
function partsOf(value: unknown, place: readonly string[]): Part[] {
  if (Array.isArray(value)) return value.map((row) => ({ place, value: row }));
  if (typeof value !== 'object' || value === null || !Object.values(value).some(Array.isArray))
    return [{ place, value }];
  return Object.entries(value).flatMap(([name, part]) => partsOf(part, [...place, name]));
}

/** Whether all numbers of a value are in another, in the same places; of lists within it, in any row. */
function isWithin(value: unknown, whole: unknown): boolean {
  if (typeof value === 'number') return value === whole;
  if (typeof value !== 'object' || value === null) return true;
  if (Array.isArray(value)) {
    const rows: readonly unknown[] = Array.isArray(whole) ? whole : [];
    return value.every((row) => rows.some((other) => isWithin(row, other)));
  }
  const places = (whole ?? {}) as Record<string, unknown>;
  return Object.entries(value).every(([name, part]) => isWithin(part, places[name]));
}

/** Whether any number of a value is larger than all that others have in its place. */
function isLarger(value: unknown, others: readonly unknown[]): boolean {
  if (typeof value === 'number') {
    const numbers = others.filter((other) => typeof other === 'number');
    return numbers.length > 0 && numbers.every((other) => other < value);
  }
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([name, part]) =>
    isLarger(
      part,
      others.map((other) => (other as Record<string, unknown> | null)?.[name]),
    ),
  );
}
