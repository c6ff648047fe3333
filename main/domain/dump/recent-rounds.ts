import { kinds } from '../../contract/kinds.ts';
import type { Kind } from '../../contract/samples.ts';
import { collectors as allCollectors } from '../collect/collectors/index.ts';
import { commandIndexOf } from '../collect/command-line.ts';
import type { CommandRecord } from '../collect/record.ts';
import { roundMark } from '../collect/round-lines.ts';
import { ByteWriter } from '../metrics/bytes.ts';
import type { Source } from '../provenance/explain-reading.ts';
import type { Attics, PutAway } from './attic.ts';
import { createHeldRecords } from './held-records.ts';
import { PackedRecords, unpackRecords } from './packed-records.ts';

/** The newest rounds of one host, so that it can be told where their numbers come from. */
export interface RecentRounds {
  push(record: CommandRecord): void;
  /** Keeps the fast rounds too, of which there are many, until the function that is returned is called. */
  attend(): () => void;
  /** What a sample of that kind was computed from: its round began at that instant. Null where it is gone. */
  sourcesOf(kind: Kind, beganAt: number): Source[] | null;
}

/**
 * How many rounds are kept: a person may look at a number for a while. Where nobody does, the newest is enough; medium
 * readings need the one before, too, as some are rates, and the next one is minutes away.
 */
const most = {
  attended: { fast: 16, medium: 3, slow: 2, daily: 2 },
  else: { fast: 1, medium: 2, slow: 1, daily: 1 },
} as const;
/** Of one round; a larger one is not kept. */
const maxBytes = 4 << 20;

/** A round that is kept. */
interface Kept {
  readonly beganAt: number;
  /** What of it holds on was taken: it has not to be read for that when it goes. */
  isHeld: boolean;
  records(): PackedRecords;
  /** It is not kept any more. */
  drop(): void;
}

interface Open {
  readonly records: CommandRecord[];
  bytes: number;
}

/** Where a round lies until it is put away, and all of it as bytes. */
const rooms = { round: new ByteWriter(), bytes: new ByteWriter() };

/** @param attics for what is kept while nobody looks at the host */
export function createRecentRounds(attics: Attics | null = null, collectors = allCollectors): RecentRounds {
  const index = commandIndexOf(collectors);
  const open = new Map<Kind, Open>();
  const rounds: Record<Kind, Kept[]> = { fast: [], medium: [], slow: [], daily: [] };
  const held = createHeldRecords(attics?.once);
  let attended = 0;

  /** Of fast rounds, which follow fast, one is enough while nobody looks: nothing is told of the one before. */
  const keepsOne = (kind: Kind): boolean => kind === 'fast' && attended === 0;

  function hold(kind: Kind, round: Kept): void {
    if (!round.isHeld) held.take(kind, round.records(), index);
    round.isHeld = true;
  }

  function bound(kind: Kind): void {
    const keep = most[attended > 0 ? 'attended' : 'else'][kind];
    while (rounds[kind].length > keep) {
      const gone = rounds[kind].shift() as Kept;
      hold(kind, gone);
      gone.drop();
    }
    const [only] = rounds[kind];
    if (only !== undefined && keepsOne(kind)) hold(kind, only);
  }

  function keep(kind: Kind, records: readonly CommandRecord[]): void {
    const beganAt = records[0]?.endedAt ?? 0;
    if (attics === null || (kind === 'fast' && attended > 0)) {
      const packed = PackedRecords.of(records);
      rounds[kind].push({ beganAt, isHeld: false, records: () => packed, drop: () => {} });
    } else {
      const packed = PackedRecords.of(records, rooms.round);
      const isHeld = keepsOne(kind);
      if (isHeld) held.take(kind, packed, index);
      rounds[kind].push(keepAway(beganAt, isHeld, attics[kind].put(packed.bytes(rooms.bytes))));
    }
    bound(kind);
  }

  return {
    push: (record) => {
      const mark = roundMark(record.command);
      const kind = mark?.kind ?? index.byLine(record.command)?.collector.kind;
      if (kind === undefined) return;
      if (mark?.mark === 'begin') open.set(kind, { records: [], bytes: 0 });
      const round = open.get(kind);
      if (round === undefined) return;
      round.records.push(record);
      round.bytes += record.stdout.length + record.stderr.length + record.command.length;
      if (round.bytes > maxBytes) open.delete(kind);
      else if (mark?.mark === 'end') {
        open.delete(kind);
        keep(kind, round.records);
      }
    },
    attend: () => {
      attended += 1;
      let left = false;
      return () => {
        if (left) return;
        left = true;
        attended -= 1;
        for (const kind of kinds) bound(kind);
      };
    },
    sourcesOf: (kind, beganAt) => {
      const at = rounds[kind].findIndex((round) => round.beganAt === beganAt);
      const own = rounds[kind][at];
      if (own === undefined) return null;
      const before = rounds[kind][at - 1]?.records().all() ?? [];
      const earlier = held.copy();
      for (const round of rounds[kind].slice(0, Math.max(0, at - 1))) {
        if (!round.isHeld) earlier.take(kind, round.records(), index);
      }
      return sourcesOfRounds(earlier.of(kind), before, own.records().all());
    },
  };
}

/** A function of its own: what a closure sees, it keeps. */
function keepAway(beganAt: number, isHeld: boolean, away: PutAway): Kept {
  const records = () => PackedRecords.of(unpackRecords(away.bytes()));
  return { beganAt, isHeld, records, drop: () => away.drop() };
}

/** The same out of records that replay by themselves, in the order in which they came. Null where it is not among them. */
export function sourcesAmong(records: readonly CommandRecord[], kind: Kind, beganAt: number): Source[] | null {
  const rounds = createRecentRounds();
  rounds.attend();
  for (const record of records) {
    rounds.push(record);
    if (roundMark(record.command)?.mark !== 'end') continue;
    const found = rounds.sourcesOf(kind, beganAt);
    if (found !== null) return found;
  }
  return null;
}

/** In the order in which they are computed from: what was told once stands behind the beginning of the first round. */
export function sourcesOfRounds(
  told: readonly CommandRecord[],
  before: readonly CommandRecord[],
  own: readonly CommandRecord[],
): Source[] {
  const first = before.length > 0 ? before : own;
  const anew = new Set(first.map(({ command }) => command));
  const once = told.filter(({ command }) => !anew.has(command)).map((record) => ({ round: 'once' as const, record }));
  const all = [
    ...before.map((record) => ({ round: 'before' as const, record })),
    ...own.map((record) => ({ round: 'this' as const, record })),
  ];
  return [...all.slice(0, 1), ...once, ...all.slice(1)];
}
