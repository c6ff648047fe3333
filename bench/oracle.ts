import type { Sample } from '../main/contract/samples.ts';
import { collectors } from '../main/domain/collect/collectors/index.ts';
import { createFraming } from '../main/domain/collect/framing.ts';
import { createPipeline } from '../main/domain/collect/pipeline.ts';
import type { CommandRecord } from '../main/domain/collect/record.ts';
import { type Recording, recordedBoundary } from './recording.ts';

/** What is of this run, and in no recording: how long a round was on its way, and how large; when it came. */
const ofTheWay: ReadonlySet<string> = new Set(['problems', 'cost', 'wall_clock']);

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
 * them, with and without what is told once, and without any one command. A reading that is missing is none of its
 * business: a host may say less.
 */
export function createOracle(recording: Recording): Oracle {
  const first = recordsOf(recording.first.fast);
  const rounds = {
    fast: [first, ...recording.fast.map(recordsOf)],
    medium: [recordsOf(recording.first.medium)],
    slow: [recordsOf(recording.first.slow)],
    daily: [recordsOf(recording.first.daily)],
  };
  const known = new Map<string, readonly Sample[]>();

  /** Every reading of one round, without that command. */
  function readings(kind: Sample['kind'], index: number, without: string | null): readonly Sample[] {
    const key = `${kind} ${index} ${without}`;
    let samples = known.get(key);
    if (samples === undefined) {
      const round = (rounds[kind][index] as CommandRecord[]).filter(({ command }) => command !== without);
      const pasts = [[], ...rounds[kind]].flatMap((past) => [past, [...first, ...past]]);
      samples = pasts.map((past) => lastSample([...past, ...round], kind));
      known.set(key, samples);
    }
    return samples;
  }

  return ({ kind, data }) => {
    const told = data.clock.uptime_seconds;
    const possible = rounds[kind].flatMap((records, index) => {
      const own = readings(kind, index, null)[0]?.data.clock.uptime_seconds;
      return told === null || own === told ? [{ records, index }] : [];
    });
    const readAs = (name: string, withouts: (records: CommandRecord[]) => (string | null)[]) =>
      possible.flatMap(({ records, index }) =>
        withouts(records).flatMap((without) =>
          readings(kind, index, without).map((one) => one.data[name as keyof typeof data]),
        ),
      );
    for (const [name, whole] of Object.entries(data)) {
      const value = withoutCounts(name, whole);
      if (
        ofTheWay.has(name) ||
        strangerIn(
          value,
          readAs(name, () => [null]),
        ) === null
      )
        continue;
      // Rare, and much to compute: what the sample would be, had the host not said one of the things.
      const lessTold = readAs(name, (records) => [null, ...records.slice(1, -1).map(({ command }) => command)]);
      const stranger = strangerIn(value, lessTold);
      if (stranger !== null) return `${kind} ${name} at uptime ${told}: ${stranger}`;
    }
    return null;
  };
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

function lastSample(records: readonly CommandRecord[], kind: Sample['kind']): Sample {
  const pipeline = createPipeline();
  return records.flatMap((record) => pipeline.push(record)).findLast((sample) => sample.kind === kind) as Sample;
}

/** The first part of a value that none of the others has: rows of lists stand each for itself, all else together. */
function strangerIn(value: unknown, others: readonly unknown[]): string | null {
  if (Array.isArray(value)) {
    const rows = others.flatMap((other) => (Array.isArray(other) ? other : []));
    const stranger = value.find((row) => !rows.some((other) => isWithin(row, other)));
    return stranger === undefined ? null : JSON.stringify(stranger);
  }
  if (typeof value === 'object' && value !== null && Object.values(value).some(Array.isArray)) {
    for (const [name, part] of Object.entries(value)) {
      const stranger = strangerIn(
        part,
        others.map((other) => (other as typeof value | null)?.[name as never]),
      );
      if (stranger !== null) return `${name}: ${stranger}`;
    }
    return null;
  }
  return others.some((other) => isWithin(value, other)) ? null : JSON.stringify(value);
}

/** Whether all numbers of a value are in another, in the same places. */
function isWithin(value: unknown, whole: unknown): boolean {
  if (typeof value === 'number') return value === whole;
  if (typeof value !== 'object' || value === null) return true;
  const places = (whole ?? {}) as Record<string, unknown>;
  return Object.entries(value).every(([name, part]) => isWithin(part, places[name]));
}
