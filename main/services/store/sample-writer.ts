import { deflateRawSync } from 'node:zlib';
import type { Kind } from '../../contract/samples.ts';
import { ByteReader } from '../../domain/metrics/bytes.ts';
import { PackedBlock } from '../../domain/metrics/packed-block.ts';
import type { Blocks } from './blocks.ts';
import type { Connection } from './database.ts';
import { Frame, type OpenSample, sealFrame } from './frame.ts';
import { type JournalEntry, packJournal, unpackJournal } from './journal.ts';
import type { Layouts } from './layouts.ts';
import type { Batch, FlatSample } from './messages.ts';
import { maxLayouts } from './sample-batch.ts';

/** The samples of one kind of one host, as far as they are not in blocks yet. */
export interface Stream {
  readonly id: number;
  readonly host: string;
  readonly kind: Kind;
  /** Oldest first; the last one is open, the others wait to be sealed. */
  readonly frames: Frame[];
  /** Number of the newest sample. */
  number: number;
  /** Newest time in any block, so that most samples need no look for a double. */
  sealedUntil: number;
  /** When the last sample came, by this machine's clock. */
  touchedAt: number;
}

interface StreamRow {
  id: number;
  host: string;
  kind: Kind;
  sealed: number;
}

/** A stream that has been silent for so long is sealed as it is. */
const idleMs = 10 * 60_000;

/** Takes samples in, and moves them on into blocks, a few at a time. */
export class SampleWriter {
  readonly #database: Connection;
  readonly #layouts: Layouts;
  readonly #blocks: Blocks;
  readonly #streams = new Map<string, Stream>();
  /** From the numbers that batches use to those of the database. */
  readonly #layoutIds = new Map<number, number>();
  readonly #insertStream;
  readonly #insertJournal;
  readonly #markSealed;
  readonly #trimJournal;
  readonly #due = new Set<Stream>();
  #lastJournal = 0;
  #trimmed = 0;
  /** The block in which a late sample was last looked for. */
  #lastLookedAt: { id: number; times: Set<number> } | null = null;

  constructor(database: Connection, layouts: Layouts, blocks: Blocks, now: number) {
    this.#database = database;
    this.#layouts = layouts;
    this.#blocks = blocks;
    this.#insertStream = database.prepare<[string, string]>('insert into stream (host, kind) values (?, ?)');
    this.#insertJournal = database.prepare<[number, Uint8Array]>('insert into journal (id, data) values (?, ?)');
    this.#markSealed = database.prepare<[number, number]>('update stream set sealed = ? where id = ?');
    this.#trimJournal = database.prepare<[number]>('delete from journal where id < ?');
    this.#recover(now);
  }

  /** Layouts that samples refer to which are in no block yet, or may come. */
  layoutsInUse(): Set<number> {
    const open = [...this.#streams.values()].flatMap((stream) => stream.frames.flatMap((frame) => frame.samples));
    return new Set([...this.#layoutIds.values(), ...open.map((sample) => sample.layout)]);
  }

  streamsOf(host: string): Stream[] {
    return [...this.#streams.values()].filter((stream) => stream.host === host);
  }

  /** Forgets the streams of a host, without touching the database. */
  forget(host: string): void {
    for (const stream of this.streamsOf(host)) this.#streams.delete(keyOf(stream.host, stream.kind));
  }

  /** Keeps a batch, but for hosts that were removed. To be called in a transaction: all of it is kept or nothing. */
  write(batch: Batch, without: ReadonlySet<string>, now: number): void {
    for (const [number, names] of batch.layouts) this.#layoutIds.set(number, this.#layouts.idOf(names));
    // Numbers of long ago are not used again (`maxLayouts` in sample-batch.ts).
    for (const number of this.#layoutIds.keys()) {
      if (this.#layoutIds.size <= 2 * maxLayouts) break;
      this.#layoutIds.delete(number);
    }
    if (batch.samples.length === 0) return;
    const journal = ++this.#lastJournal;
    const entries: JournalEntry[] = [];
    let start = 0;
    for (const flat of batch.samples) {
      const layout = this.#layoutIds.get(flat.layout) as number;
      const values = batch.values.subarray(start, start + this.#layouts.namesOf(layout).length);
      start += values.length;
      if (without.has(flat.hostId)) continue;
      const stream = this.#streamOf(flat.hostId, flat.kind);
      if (this.#isDouble(stream, flat.at)) continue;
      stream.touchedAt = now;
      entries.push(this.#take(stream, flat, layout, values, journal));
    }
    if (entries.length > 0) this.#insertJournal.run(journal, packJournal(entries));
  }

  /** Seals what is due until `budgetMs` are used up; true when there is more to do. */
  seal(now: number, budgetMs: number): boolean {
    const until = performance.now() + budgetMs;
    let sealed = false;
    for (const stream of this.#streams.values()) {
      if (stream.frames.length === 1 && now - stream.touchedAt > idleMs) this.#due.add(stream);
    }
    for (const stream of this.#due) {
      while (stream.frames.length > 1 || (stream.frames.length === 1 && now - stream.touchedAt > idleMs)) {
        if (sealed && performance.now() > until) return true;
        this.#sealFirst(stream);
        sealed = true;
      }
      this.#due.delete(stream);
    }
    if (sealed) this.#trim();
    return false;
  }

  #sealFirst(stream: Stream): void {
    const frame = stream.frames[0] as Frame;
    const block = sealFrame(frame, this.#layouts);
    const processes = block.processes === null ? null : deflateRawSync(block.processes);
    this.#database.transaction(() => {
      this.#blocks.insert(stream.id, block, processes);
      this.#markSealed.run((frame.samples.at(-1) as OpenSample).number, stream.id);
    })();
    stream.frames.shift();
    stream.sealedUntil = Math.max(stream.sealedUntil, block.t1);
  }

  /** Rows of the journal go when no open frame needs them or any earlier one. */
  #trim(): void {
    let first = this.#lastJournal + 1;
    for (const { frames } of this.#streams.values()) first = Math.min(first, frames[0]?.journal ?? first);
    if (first > this.#trimmed) this.#trimJournal.run(first);
    this.#trimmed = first;
  }

  #take(stream: Stream, flat: FlatSample, layout: number, values: Float64Array, journal: number): JournalEntry {
    let frame = stream.frames.at(-1);
    const starts = frame === undefined || !frame.takes(flat.at, flat.boot);
    if (frame === undefined || starts) {
      frame = new Frame(journal);
      stream.frames.push(frame);
      if (stream.frames.length > 1) this.#due.add(stream);
    }
    const sample: OpenSample = {
      number: ++stream.number,
      at: flat.at,
      collectedAt: flat.collectedAt,
      boot: flat.boot,
      layout,
      values,
      processes: flat.processes === undefined ? null : frame.packer.pack(flat.processes, flat.cores),
    };
    frame.add(sample);
    return { stream: stream.id, starts, sample };
  }

  #isDouble(stream: Stream, at: number): boolean {
    if (stream.frames.some((frame) => frame.holds(at))) return true;
    if (at > stream.sealedUntil) return false;
    for (const row of this.#blocks.between(stream.id, at, at + 1)) {
      if (row.t0 > at || row.t1 < at) continue;
      if (this.#lastLookedAt?.id !== row.id) {
        const samples = this.#blocks.samples(row.id);
        // Rolled up already: what it held cannot be told any more, and would not be kept either.
        if (samples === null) return true;
        this.#lastLookedAt = { id: row.id, times: new Set(new PackedBlock(samples).times()) };
      }
      if (this.#lastLookedAt.times.has(at)) return true;
    }
    return false;
  }

  #streamOf(host: string, kind: Kind): Stream {
    const key = keyOf(host, kind);
    let stream = this.#streams.get(key);
    if (stream === undefined) {
      const id = Number(this.#insertStream.run(host, kind).lastInsertRowid);
      stream = { id, host, kind, frames: [], number: 0, sealedUntil: Number.NEGATIVE_INFINITY, touchedAt: 0 };
      this.#streams.set(key, stream);
    }
    return stream;
  }

  /** Takes up what was open when the store was last used. */
  #recover(now: number): void {
    const rows = this.#database.prepare<[], StreamRow>('select id, host, kind, sealed from stream').all();
    const byId = new Map<number, Stream>();
    for (const { id, host, kind, sealed } of rows) {
      const stream = {
        id,
        host,
        kind,
        frames: [],
        number: sealed,
        sealedUntil: this.#blocks.lastTime(id),
        touchedAt: now,
      };
      byId.set(id, stream);
      this.#streams.set(keyOf(host, kind), stream);
    }
    const journal = this.#database.prepare<[], { id: number; data: Uint8Array }>(
      'select id, data from journal order by id',
    );
    for (const { id, data } of journal.iterate()) {
      this.#lastJournal = id;
      for (const { stream: streamId, starts, sample } of unpackJournal(data)) {
        const stream = byId.get(streamId);
        if (stream === undefined || sample.number <= stream.number) continue;
        if (starts) stream.frames.push(new Frame(id));
        const frame = stream.frames.at(-1) as Frame;
        frame.add({ ...sample, boot: starts ? sample.boot : (frame.samples[0] as OpenSample).boot });
        if (sample.processes !== null) frame.packer.unpack(new ByteReader(sample.processes));
        stream.number = sample.number;
        if (stream.frames.length > 1) this.#due.add(stream);
      }
    }
  }
}

function keyOf(host: string, kind: Kind): string {
  return `${kind} ${host}`;
}
