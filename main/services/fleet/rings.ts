import { FaultError } from '../../contract/faults.ts';
import type { Host } from '../../contract/hosts.ts';
import type { Place, Ring, SavedRing } from '../../contract/recordings.ts';
import type { Kind } from '../../contract/samples.ts';
import type { CommandRecord } from '../../domain/collect/record.ts';
import { sourcesAmong } from '../../domain/dump/recent-rounds.ts';
import { createRoundRing, type RoundRing } from '../../domain/dump/round-ring.ts';
import type { RingBounds } from '../../domain/policy/capture-bounds.ts';
import type { Source } from '../../domain/provenance/explain-reading.ts';
import { placeDump } from './fresh-directory.ts';
import type { OpenSink } from './recording.ts';

/** What one host said lately. */
export interface HostRing {
  /** Null where nothing is kept. */
  current(): Ring | null;
  push(record: CommandRecord): void;
  /** What a sample was computed from, by the instant that its round began at; null where that is not kept. */
  sourcesOf(kind: Kind, beganAt: number): Source[] | null;
  /** Writes its last minutes as a dump. Throws `not_found` where nothing is kept, and what the sink throws. */
  save(host: Host, minutes: number, place: Place): Promise<SavedRing>;
  close(): void;
}

/** The rings of all hosts, which have a bound together too. */
export interface Rings {
  open(): HostRing;
  /** The bounds are others now; true where something begins to be kept, and hosts have to tell what they tell once. */
  adjust(): boolean;
}

interface RingsOptions {
  readonly open: OpenSink;
  readonly dumpFolder: string;
  bounds(): RingBounds;
  now(): number;
}

const minuteMs = 60_000;
/** So much is handed to a dump before it has to be on the disk. */
const batchBytes = 4 << 20;

export function createRings(options: RingsOptions): Rings {
  const rings = new Set<{ ring: RoundRing | null; bytes: number }>();
  let inAll = 0;
  let isOn = options.bounds().minutes > 0;

  type Own = typeof rings extends Set<infer Member> ? Member : never;

  function weigh(own: Own): void {
    const bytes = own.ring?.bytes ?? 0;
    inAll += bytes - own.bytes;
    own.bytes = bytes;
  }

  /** Beyond the bound of all, the one that takes most loses its oldest round. */
  function boundAll(most: number): void {
    while (inAll > most) {
      const largest = [...rings].reduce((a, b) => (b.bytes > a.bytes ? b : a));
      if (largest.ring?.dropOldest() !== true) return;
      weigh(largest);
    }
  }

  function bound(own: Own, { minutes, bytes, bytesInAll }: RingBounds): void {
    own.ring?.bound(minutes * minuteMs, bytes);
    weigh(own);
    boundAll(bytesInAll);
  }

  function open(): HostRing {
    const own: Own = { ring: null, bytes: 0 };
    rings.add(own);
    return {
      current: () => {
        const span = own.ring?.span ?? null;
        return span === null ? null : { ...span, bytes: own.bytes };
      },
      push: (record) => {
        if (!isOn) return;
        own.ring ??= createRoundRing();
        const before = own.ring.span?.to;
        own.ring.push(record);
        if (own.ring.span?.to !== before) bound(own, options.bounds());
      },
      sourcesOf: (kind, beganAt) => sourcesAmong(own.ring?.records(Number.POSITIVE_INFINITY) ?? [], kind, beganAt),
      save: async (host, minutes, place) => {
        const records = own.ring?.records(minutes * minuteMs) ?? [];
        const [first, last] = [records[0], records.at(-1)];
        if (first === undefined || last === undefined) throw nothingKept(host, options.bounds());
        const target = { ...place, folder: place.folder ?? options.dumpFolder };
        return await placeDump(host, options.now(), target, async (directory) => {
          const written = await write(options.open, directory, records);
          return { directory, from: first.endedAt, to: last.endedAt, ...written };
        });
      },
      close: () => {
        own.ring = null;
        weigh(own);
        rings.delete(own);
      },
    };
  }

  return {
    open,
    adjust: () => {
      const bounds = options.bounds();
      for (const own of rings) {
        if (bounds.minutes === 0) own.ring = null;
        bound(own, bounds);
      }
      const wasOn = isOn;
      isOn = bounds.minutes > 0;
      return isOn && !wasOn;
    },
  };
}

function nothingKept({ name }: Host, { minutes }: RingBounds): FaultError {
  const reason =
    minutes === 0
      ? 'The last minutes are not kept: set recording.ring_minutes to more than 0.'
      : `Nothing of ${name} is kept yet: a whole round has to come first.`;
  return new FaultError('not_found', 'save', reason);
}

async function write(
  open: OpenSink,
  directory: string,
  records: readonly CommandRecord[],
): Promise<{ entries: number; bytes: number }> {
  let failure: FaultError | null = null;
  const sink = await open(directory, (fault) => {
    failure ??= FaultError.of(fault);
  });
  let waiting = 0;
  for (const record of records) {
    sink.push(record);
    waiting += record.stdout.length + record.stderr.length;
    if (waiting < batchBytes) continue;
    waiting = 0;
    await sink.idle();
  }
  await sink.close();
  if (failure !== null) throw failure;
  const { entries, bytes } = sink.stats();
  return { entries, bytes };
}
