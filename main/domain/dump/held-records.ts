import type { Kind } from '../../contract/samples.ts';
import type { CommandIndex } from '../collect/command-line.ts';
import type { CommandRecord } from '../collect/record.ts';
import type { Attic, PutAway } from './attic.ts';
import { PackedRecords, unpackRecords } from './packed-records.ts';

/** What rounds that are gone told once, and what still holds: later rounds cannot be read without it. */
export interface HeldRecords {
  /** What its records would take as they came. */
  bytes(): number;
  /** Takes what holds on out of a round, and lets go what it ended. Rounds come oldest first. */
  take(kind: Kind, round: PackedRecords, index: CommandIndex): void;
  /** What holds for rounds of that kind, the oldest first. */
  of(kind: Kind): CommandRecord[];
  copy(): HeldRecords;
}

interface Held {
  readonly kind: Kind;
  readonly bytes: number;
  /** The command that must go on to name this argument. */
  readonly among: string | null;
  readonly argument: string;
}

interface Begin {
  readonly byLine: ReadonlyMap<string, Held>;
  readonly settled: readonly PutAway[];
  readonly fresh: ReadonlyMap<string, PackedRecords>;
}

/** More than any host tells; a hostile one may tell something new for ever. */
const maxHeld = 512;
/** So much is told anew before it is put away, and so often before all is put away together again. */
const maxFreshBytes = 8192;
const maxSettled = 4;
/** What a record of its own takes beside its bytes. */
const overheadBytes = 400;

/** @param attic for what was told a while ago: of a thousand hosts it is most of what is kept, and hardly ever read */
export function createHeldRecords(attic: Attic | null = null, begin: Begin = nothing): HeldRecords {
  const byLine = new Map(begin.byLine);
  /**
   * Records put away together: a later one of the same line counts, and none whose line is not in `byLine` any more.
   * Copies of this share them, so nobody drops them.
   */
  let settled = begin.settled;
  /** Of a round each, which goes. */
  const fresh = new Map(begin.fresh);
  let freshBytes = 0;

  function records(): Map<string, CommandRecord> {
    const all = new Map<string, CommandRecord>();
    for (const record of settled.flatMap((away) => unpackRecords(away.bytes()))) all.set(record.command, record);
    for (const [line, packed] of fresh) all.set(line, packed.recordAt(0));
    return all;
  }

  function among(kinds: (held: Held) => boolean): CommandRecord[] {
    const all = records();
    return [...byLine].flatMap(([line, held]) => (kinds(held) ? (all.get(line) ?? []) : []));
  }

  function hold(line: string, held: Held, record: CommandRecord): void {
    // Told anew, it is the newest again.
    byLine.delete(line);
    byLine.set(line, held);
    fresh.set(line, PackedRecords.of([record]));
    freshBytes += overheadBytes + held.bytes;
  }

  function drop(line: string): void {
    byLine.delete(line);
    fresh.delete(line);
  }

  function settle(to: Attic): void {
    const isFull = settled.length === maxSettled;
    const records = isFull ? among(() => true) : [...fresh.values()].map((packed) => packed.recordAt(0));
    const away = to.put(PackedRecords.of(records).bytes());
    settled = isFull ? [away] : [...settled, away];
    fresh.clear();
    freshBytes = 0;
  }

  return {
    bytes: () => {
      let sum = 0;
      for (const held of byLine.values()) sum += held.bytes;
      return sum;
    },
    take: (kind, round, index) => {
      /** Arguments of the round's commands that have one, by their id. */
      const told = new Map<string, string>();
      for (let place = 0; place < round.length; place++) {
        const line = round.commandAt(place);
        const found = index.byLine(line);
        if (found === null) continue;
        const { command, argument } = found;
        if (argument !== '') told.set(command.id, argument);
        const lasts = command.when === 'first' ? 'on' : command.lasts;
        if (lasts === undefined) continue;
        const record = round.recordAt(place);
        const bytes = line.length + record.stdout.length + record.stderr.length;
        hold(line, { kind, bytes, among: lasts === 'on' ? null : lasts.among, argument }, record);
      }
      const named = new Map<string, Set<string>>();
      for (const [line, { among, argument }] of byLine) {
        const all = among === null ? undefined : told.get(among);
        if (among === null || all === undefined) continue;
        const words = named.get(among) ?? new Set(all.split(' '));
        named.set(among, words);
        const isNamed = words.has(argument) || argument.split(' ').some((word) => words.has(word));
        if (!isNamed) drop(line);
      }
      for (const line of byLine.keys()) {
        if (byLine.size <= maxHeld) break;
        drop(line);
      }
      if (attic !== null && freshBytes > maxFreshBytes) settle(attic);
    },
    of: (kind) => among((held) => held.kind === kind),
    copy: () => createHeldRecords(attic, { byLine, settled, fresh }),
  };
}

const nothing: Begin = { byLine: new Map(), settled: [], fresh: new Map() };
