import type { Kind } from '../../contract/samples.ts';
import { collectors as allCollectors } from '../collect/collectors/index.ts';
import { commandIndexOf } from '../collect/command-line.ts';
import type { CommandRecord } from '../collect/record.ts';
import { roundMark } from '../collect/round-lines.ts';
import { createHeldRecords } from './held-records.ts';
import { PackedRecords } from './packed-records.ts';

/** The newest rounds of one host, in memory, so that they can be written as a dump of their own later. */
export interface RoundRing {
  /** What its records take, with what is held of rounds that are gone. */
  readonly bytes: number;
  /** When its oldest and its newest whole round ended: milliseconds since the epoch; null before the first. */
  readonly span: { readonly from: number; readonly to: number } | null;
  push(record: CommandRecord): void;
  /** Lets rounds go that ended more than so much before the newest one, and the oldest while it takes more bytes. */
  bound(ageMs: number, bytes: number): void;
  /** Lets the oldest round go; false where only the newest of each kind are left. */
  dropOldest(): boolean;
  /**
   * The records of rounds that ended no more than so much before the newest one, in the order in which they came, with
   * the newest round of each kind. What the host told before and would not tell again stands in the first round that
   * needs it, at that round's time: so they replay by themselves.
   */
  records(ageMs: number): CommandRecord[];
}

/** One round, or what came outside of any: a command that a person ran. */
interface Piece {
  readonly kind: Kind | null;
  /** The first record begins a round. */
  readonly records: PackedRecords;
  /** Of each record: counts up with every one that came. */
  readonly order: readonly number[];
  readonly endedAt: number;
  readonly bytes: number;
}

interface OpenRound {
  readonly records: CommandRecord[];
  readonly order: number[];
  bytes: number;
}

/** What a record takes beside its bytes, as measured. */
const overheadBytes = 150;

export function createRoundRing(collectors = allCollectors): RoundRing {
  const index = commandIndexOf(collectors);
  const open = new Map<Kind, OpenRound>();
  const held = createHeldRecords();
  const pieces: Piece[] = [];
  let bytes = 0;
  let count = 0;

  function close(kind: Kind | null, round: OpenRound): void {
    const records = PackedRecords.of(round.records);
    const endedAt = round.records.at(-1)?.endedAt ?? 0;
    pieces.push({ kind, records, order: round.order, endedAt, bytes: round.bytes });
    bytes += round.bytes;
  }

  /** Whether a later piece is of the same kind: one of each is kept, however old, or some views would stay empty. */
  function isReplaced({ kind }: Piece, at: number): boolean {
    return kind === null || pieces.findLastIndex((other) => other.kind === kind) > at;
  }

  function drop(at: number): void {
    const [piece] = pieces.splice(at, 1);
    if (piece === undefined) return;
    bytes -= piece.bytes;
    if (piece.kind !== null) held.take(piece.kind, piece.records, index);
  }

  function dropOldest(): boolean {
    const at = pieces.findIndex(isReplaced);
    if (at >= 0) drop(at);
    return at >= 0;
  }

  const newest = () => pieces.at(-1)?.endedAt ?? 0;
  /** A clock that was set back must not keep what is old for ever. */
  const isOld = (piece: Piece, ageMs: number) => Math.abs(newest() - piece.endedAt) > ageMs;

  return {
    get bytes() {
      return bytes + held.bytes();
    },
    get span() {
      const first = pieces[0];
      return first === undefined ? null : { from: first.endedAt, to: newest() };
    },
    push: (record) => {
      const mark = roundMark(record.command);
      const kind = mark?.kind ?? index.byLine(record.command)?.collector.kind ?? null;
      const own = overheadBytes + record.command.length + record.stdout.length + record.stderr.length;
      count += 1;
      if (mark?.mark === 'begin') open.set(mark.kind, { records: [], order: [], bytes: 0 });
      const round = kind === null ? { records: [], order: [], bytes: 0 } : open.get(kind);
      // Without its beginning nothing can be made of it.
      if (round === undefined) return;
      round.records.push(record);
      round.order.push(count);
      round.bytes += own;
      if (kind !== null && mark?.mark !== 'end') return;
      if (kind !== null) open.delete(kind);
      close(kind, round);
    },
    bound: (ageMs, most) => {
      for (let at = 0; at < pieces.length; ) {
        const piece = pieces[at] as Piece;
        if (!isOld(piece, ageMs)) break;
        if (isReplaced(piece, at)) drop(at);
        else at += 1;
      }
      while (bytes + held.bytes() > most && dropOldest());
    },
    dropOldest,
    records: (ageMs) => {
      const earlier = held.copy();
      const kept = pieces.filter((piece, at) => {
        if (!isOld(piece, ageMs) || !isReplaced(piece, at)) return true;
        if (piece.kind !== null) earlier.take(piece.kind, piece.records, index);
        return false;
      });
      const begun = new Set<Kind>();
      const placed = kept.flatMap(({ kind, records, order }) => {
        const own = records.all().map((record, at) => ({ record, place: order[at] ?? 0 }));
        const [begin, ...rest] = own;
        if (kind === null || begun.has(kind) || begin === undefined) return own;
        begun.add(kind);
        const anew = new Set(own.map(({ record }) => record.command));
        const told = earlier.of(kind).filter(({ command }) => !anew.has(command));
        const { endedAt } = begin.record;
        return [begin, ...told.map((record) => ({ record: { ...record, endedAt }, place: begin.place })), ...rest];
      });
      return placed.sort((a, b) => a.place - b.place).map(({ record }) => record);
    },
  };
}
