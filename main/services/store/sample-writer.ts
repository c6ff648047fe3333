import type { Gap } from '../../contract/history.ts';
import { PackedBlock } from '../../domain/metrics/packed-block.ts';
import { type BatchedSample, batchedSamples } from './batched-sample.ts';
import type { Blocks } from './blocks.ts';
import type { DamagedBlocks } from './damaged-blocks.ts';
import type { Connection } from './database.ts';
import { EventLog } from './event-log.ts';
import { Frame } from './frame.ts';
import { JournalWriter } from './journal.ts';
import { readJournal, restoreSample } from './journal-recovery.ts';
import { JournalRows } from './journal-rows.ts';
import type { Layouts } from './layouts.ts';
import type { Batch, Route } from './messages.ts';
import type { OpenSample } from './open-samples.ts';
import { maxLayouts } from './sample-batch.ts';
import { emptyStream, keyOf, type Stream, type StreamRow } from './stream.ts';
import type { WriteQueue } from './write-queue.ts';

/** Boots and ways back in time beyond this within an hour share one frame: what is made up must not make a block of each sample. */
const maxBoots = 4;

/** What the worker knows of a route: as it was told, and in the database's own terms. */
interface KnownRoute extends Route {
  readonly key: string;
  readonly layoutId: number;
  readonly width: number;
}

/** Takes samples in: into the journal, and into frames that wait to be sealed. */
export class SampleWriter {
  readonly #database: Connection;
  readonly #layouts: Layouts;
  readonly #blocks: Blocks;
  readonly #queue: WriteQueue;
  readonly #damaged: DamagedBlocks;
  readonly #streams = new Map<string, Stream>();
  readonly #unwritten = new Set<Stream>();
  /** From the numbers that batches use to those of the database. */
  readonly #layoutIds = new Map<number, number>();
  readonly #routes = new Map<number, KnownRoute>();
  readonly #journal = new JournalWriter();
  /** What the journal holds. */
  readonly rows = new JournalRows();
  readonly #insertStream;
  readonly #insertJournal;
  readonly #insertGap;
  readonly #events: EventLog;
  #lastStream: number;
  /** The block in which a late sample was last looked for. */
  #lastLookedAt: { id: number; times: Set<number> } | null = null;

  constructor(
    database: Connection,
    layouts: Layouts,
    blocks: Blocks,
    queue: WriteQueue,
    damaged: DamagedBlocks,
    now: number,
  ) {
    this.#database = database;
    this.#layouts = layouts;
    this.#blocks = blocks;
    this.#queue = queue;
    this.#damaged = damaged;
    this.#insertStream = database.prepare<[number, string, string]>(
      'insert or ignore into stream (id, host, kind) values (?, ?, ?)',
    );
    this.#insertJournal = database.prepare<[number, Uint8Array]>('insert into journal (id, data) values (?, ?)');
    this.#insertGap = database.prepare(
      'insert or replace into gap (host, "from", "to", cause, detail) values (?, cast(? as integer), cast(? as integer), ?, ?)',
    );
    this.#events = new EventLog(database);
    // Numbers of streams that were removed are not used again: the journal may still name them.
    this.#lastStream = database
      .prepare<[], number>("select coalesce(max(seq), 0) from sqlite_sequence where name = 'stream'")
      .pluck()
      .get() as number;
    this.#recover(now);
  }

  /** Layouts that samples refer to which are in no block yet, or may come. */
  layoutsInUse(): Set<number> {
    const open = [...this.#streams.values()].flatMap(({ frames }) => frames.flatMap(({ layouts }) => [...layouts]));
    const routes = [...this.#routes.values()].map((route) => route.layoutId);
    return new Set([...this.#layoutIds.values(), ...routes, ...open]);
  }

  get streams(): Iterable<Stream> {
    return this.#streams.values();
  }

  streamsOf(host: string): Stream[] {
    return [...this.#streams.values()].filter((stream) => stream.host === host);
  }

  /** Forgets the streams of a host, without touching the database. */
  forget(host: string): void {
    for (const stream of this.streamsOf(host)) {
      this.#streams.delete(keyOf(stream.host, stream.kind));
      this.#unwritten.delete(stream);
    }
  }

  /**
   * Takes a batch, but for hosts that were removed. It is in the answers from now on, and on disk when the queue is
   * empty. Where the queue is full, its samples are lost.
   */
  write(batch: Batch, without: ReadonlySet<string>, now: number): void {
    for (const [number, names] of batch.layouts) this.#layoutIds.set(number, this.#layouts.idOf(names));
    // Numbers of long ago are not used again (`maxLayouts` in sample-batch.ts).
    for (const number of this.#layoutIds.keys()) {
      if (this.#layoutIds.size <= 2 * maxLayouts) break;
      this.#layoutIds.delete(number);
    }
    const gaps = batch.gaps.filter(({ hostId }) => !without.has(hostId));
    const events = batch.events.filter(({ hostId }) => !without.has(hostId));
    if (this.#queue.isFull) {
      for (const [, route] of batch.routes) this.#learn(route);
      this.#queue.lost += batch.count;
      return;
    }
    const samples = this.#takeAll(batch, without, now);
    if (samples > 0 || gaps.length > 0 || events.length > 0) this.#enqueue(samples, gaps, events);
  }

  #learn(route: Route): void {
    const layoutId = this.#layoutIds.get(route.layout) as number;
    const key = keyOf(route.hostId, route.kind);
    this.#routes.set(route.number, { ...route, key, layoutId, width: this.#layouts.namesOf(layoutId).length });
  }

  /** Puts the samples into their frames and into the row of the journal that is to be written. Gives how many. */
  #takeAll(batch: Batch, without: ReadonlySet<string>, now: number): number {
    let [taken, place, nextRoute] = [0, 0, 0];
    for (const batched of batchedSamples(batch)) {
      for (; batch.routes[nextRoute]?.[0] === place; nextRoute++) this.#learn(batch.routes[nextRoute]?.[1] as Route);
      place++;
      const route = this.#routes.get(batched.route) as KnownRoute;
      if (without.has(route.hostId)) continue;
      const stream = this.#streamOf(route);
      if (this.#isDouble(stream, batched.at)) continue;
      stream.touchedAt = now;
      this.#take(stream, route, batched);
      taken++;
    }
    return taken;
  }

  #take(stream: Stream, route: KnownRoute, { at, collectedAt, values, processes }: BatchedSample): void {
    let frame = stream.frames.at(-1);
    const starts = frame === undefined || !frame.takes(at, route.boot, route.layoutId);
    if (frame === undefined || starts) {
      if (frame === undefined || !frame.isOfHour(at)) stream.boots = 0;
      else if (frame.anyBoot || frame.boot !== route.boot || frame.isBack(at)) stream.boots++;
      const anyBoot = stream.boots >= maxBoots;
      frame = new Frame(this.rows.last + 1, { boot: anyBoot ? null : route.boot, anyBoot }, this.#layouts);
      stream.frames.push(frame);
    }
    const sample: OpenSample = {
      number: ++stream.number,
      ...{ at, collectedAt, layout: route.layoutId, values },
      processes: processes === undefined ? null : frame.packer.pack(processes, route.cores),
    };
    frame.add(sample);
    this.#journal.add({ stream: stream.id, starts: starts ? frame : null, sample, width: route.width });
  }

  #enqueue(samples: number, gaps: Batch['gaps'], events: Batch['events']): void {
    const row = samples > 0 ? { id: this.rows.last + 1, data: this.#journal.take() } : null;
    if (row !== null) this.rows.add(row.id, row.data.length);
    this.#queue.add({
      samples,
      bytes:
        (row?.data.length ?? 0) +
        gaps.reduce((sum, { gap }) => sum + 200 + gap.detail.length, 0) +
        1000 * events.length,
      run: () => {
        this.#layouts.writeNew();
        for (const { id, host, kind } of this.#unwritten) this.#insertStream.run(id, host, kind);
        if (row !== null) this.#insertJournal.run(row.id, row.data);
        for (const { hostId, gap } of gaps) this.#saveGap(hostId, gap);
        for (const { hostId, event } of events) this.#events.save(hostId, event);
      },
      done: () => {
        this.#layouts.written();
        this.#unwritten.clear();
      },
    });
  }

  #saveGap(hostId: string, { from, to, cause, detail }: Gap): void {
    this.#insertGap.run(hostId, from, to, cause, detail);
  }

  #isDouble(stream: Stream, at: number): boolean {
    if (stream.frames.some((frame) => frame.holds(at))) return true;
    if (at > stream.sealedUntil) return false;
    for (const row of this.#blocks.between(stream.id, at, at + 1)) {
      if (row.t0 > at || row.t1 < at) continue;
      if (this.#lastLookedAt?.id !== row.id) {
        const times = this.#damaged.read(row, () => {
          const samples = this.#blocks.samples(row.id);
          return samples === null ? null : new PackedBlock(samples).times();
        });
        // Rolled up already, or damaged: what it held cannot be told any more.
        if (times === null) return true;
        this.#lastLookedAt = { id: row.id, times: new Set(times) };
      }
      if (this.#lastLookedAt.times.has(at)) return true;
    }
    return false;
  }

  #streamOf({ key, hostId: host, kind }: KnownRoute): Stream {
    let stream = this.#streams.get(key);
    if (stream === undefined) {
      stream = emptyStream({ id: ++this.#lastStream, host, kind, sealed: 0 }, Number.NEGATIVE_INFINITY, 0);
      this.#streams.set(key, stream);
      this.#unwritten.add(stream);
    }
    return stream;
  }

  /** Takes up what was open when the store was last used. */
  #recover(now: number): void {
    const rows = this.#database.prepare<[], StreamRow>('select id, host, kind, sealed from stream').all();
    const byId = new Map<number, Stream>();
    for (const row of rows) {
      const stream = emptyStream(row, this.#blocks.lastTime(row.id), now);
      byId.set(row.id, stream);
      this.#streams.set(keyOf(row.host, row.kind), stream);
    }
    for (const row of readJournal(this.#database, this.#damaged, now)) {
      this.rows.add(row.id, row.bytes);
      for (const entry of row.entries) {
        const stream = byId.get(entry.stream);
        if (stream !== undefined && entry.sample.number > stream.number)
          restoreSample(stream, row.id, entry, this.#layouts);
      }
    }
    for (const { frames } of byId.values()) for (const { packer } of frames) packer.forgetNames();
  }
}
