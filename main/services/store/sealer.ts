import { deflateRawSync } from 'node:zlib';
import type { Blocks } from './blocks.ts';
import type { Connection } from './database.ts';
import { type Frame, type SealedBlock, sealFrame } from './frame.ts';
import type { Layouts } from './layouts.ts';
import type { SampleWriter } from './sample-writer.ts';
import { AsideTable, type SetAside } from './set-aside.ts';
import type { Stream } from './stream.ts';
import { mayPass, type WriteQueue } from './write-queue.ts';

/** A stream that has been silent for so long is sealed as it is. */
const idleMs = 10 * 60_000;

/** Rows of the journal that go at once: to free a row, each of its pages is touched. */
const rowsPerTrim = 8;

const maxReasonLength = 200;

/** Some hours of 200 hosts at 30 s. */
export const maxJournalBytes = 256 << 20;

/** What became of a frame: a block, or it was set aside. */
type Outcome = SealedBlock | { readonly reason: string };

/** Moves samples on from frames into blocks, in slices that keep nobody waiting. */
export class Sealer {
  readonly #layouts: Layouts;
  readonly #blocks: Blocks;
  readonly #writer: SampleWriter;
  readonly #queue: WriteQueue;
  readonly #markSealed;
  readonly #trimJournal;
  readonly #journalBytes: number;
  readonly #asideTable: AsideTable;
  readonly #sealOrNothing;
  readonly #due = new Set<Stream>();
  #needsTrim = true;
  /** Frames that could not be sealed; null when there was none. */
  aside: SetAside | null = null;

  /** `journalBytes` is how much room the journal may take before frames are sealed early. */
  constructor(
    database: Connection,
    layouts: Layouts,
    blocks: Blocks,
    writer: SampleWriter,
    queue: WriteQueue,
    journalBytes = maxJournalBytes,
  ) {
    this.#journalBytes = journalBytes;
    this.#layouts = layouts;
    this.#blocks = blocks;
    this.#writer = writer;
    this.#queue = queue;
    this.#markSealed = database.prepare<[number, number]>('update stream set sealed = ? where id = ?');
    this.#trimJournal = database.prepare<[number]>(
      `delete from journal where id in (select id from journal where id < ? order by id limit ${rowsPerTrim})`,
    );
    this.#asideTable = new AsideTable(database, layouts);
    this.#sealOrNothing = database.transaction((stream: Stream, frame: Frame) => this.#sealFrame(stream, frame));
  }

  /** Looks for streams that have something to seal. True when there is something to do. */
  look(now: number): boolean {
    if (this.#writer.rows.bytes > this.#journalBytes) this.#sealFirst();
    for (const stream of this.#writer.streams) if (isDue(stream, 0, now)) this.#due.add(stream);
    return this.#due.size > 0 || this.#needsTrim;
  }

  /** One slice of sealing of at most `budgetMs` and a block, or one of what comes behind it. False when all is done. */
  seal(now: number, budgetMs: number): boolean {
    // Samples are in the journal before they are in a block, so that a block never refers to what is not there.
    if (!this.#queue.isEmpty) return false;
    if (this.#due.size === 0) return this.#trim();
    const until = performance.now() + budgetMs;
    const sealed: (readonly [Stream, Outcome])[] = [];
    const written = this.#queue.attempt(() => {
      for (const stream of this.#due) {
        for (let i = 0; isDue(stream, i, now); i++) {
          if (sealed.length > 0 && performance.now() > until) break;
          sealed.push([stream, this.#sealOrSetAside(stream, stream.frames[i] as Frame)]);
        }
      }
      this.#layouts.writeNew();
    });
    if (!written) return false;
    this.#layouts.written();
    for (const [stream, outcome] of sealed) {
      const frame = stream.frames.shift() as Frame;
      if ('reason' in outcome) {
        const samples = (this.aside?.samples ?? 0) + frame.count;
        this.aside = { samples, host: stream.host, reason: outcome.reason };
      } else stream.sealedUntil = Math.max(stream.sealedUntil, outcome.t1);
      if (stream.frames.length === 0) stream.sealNow = false;
      if (!isDue(stream, 0, now)) this.#due.delete(stream);
    }
    this.#needsTrim = true;
    return true;
  }

  /** Forgets what was due of a host that is removed. */
  forget(host: string): void {
    for (const stream of this.#due) if (stream.host === host) this.#due.delete(stream);
  }

  /** One open frame keeps all rows of the journal after its first, whoever filled them. */
  #sealFirst(): void {
    const row = this.#writer.rows.firstWithin(this.#journalBytes / 2);
    for (const stream of this.#writer.streams) if ((stream.frames[0]?.journal ?? row) < row) stream.sealNow = true;
  }

  /** One frame that cannot become a block must not hold up all that come after it. */
  #sealOrSetAside(stream: Stream, frame: Frame): Outcome {
    let outcome: Outcome;
    try {
      outcome = this.#sealOrNothing(stream, frame);
    } catch (error) {
      if (mayPass(error)) throw error;
      outcome = { reason: (error instanceof Error ? error.message : String(error)).slice(0, maxReasonLength) };
      this.#asideTable.add(stream, frame, outcome.reason);
    }
    this.#markSealed.run(frame.lastNumber, stream.id);
    return outcome;
  }

  #sealFrame(stream: Stream, frame: Frame): SealedBlock {
    const block = sealFrame(frame, this.#layouts);
    this.#blocks.insert(stream.id, block, block.processes === null ? null : deflateRawSync(block.processes));
    return block;
  }

  /** Rows of the journal go when no open frame needs them or any earlier one. */
  #trim(): boolean {
    if (!this.#needsTrim) return false;
    let first = this.#writer.rows.last + 1;
    for (const { frames } of this.#writer.streams) first = Math.min(first, frames[0]?.journal ?? first);
    let rows = 0;
    const trimmed = this.#queue.attempt(() => {
      rows = this.#trimJournal.run(first).changes;
    });
    if (!trimmed) return false;
    this.#needsTrim = rows === rowsPerTrim;
    this.#writer.rows.trimmed(first, this.#needsTrim ? rows : Number.POSITIVE_INFINITY);
    return this.#needsTrim;
  }
}

function isDue(stream: Stream, index: number, now: number): boolean {
  const isOpen = index === stream.frames.length - 1;
  return index < stream.frames.length - 1 || (isOpen && (stream.sealNow || now - stream.touchedAt > idleMs));
}
