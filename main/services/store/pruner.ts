import { setImmediate } from 'node:timers/promises';
import { ByteWriter } from '../../domain/metrics/bytes.ts';
import { PackedBlock } from '../../domain/metrics/packed-block.ts';
import {
  addSummary,
  emptySummary,
  mergeRollups,
  PackedRollup,
  packRollup,
  type Rollup,
  rollUp,
  writeSummary,
} from '../../domain/metrics/summary.ts';
import type { Retention } from '../../domain/policy/retention.ts';
import { streamOf } from './block-place.ts';
import type { BlockRow, Blocks } from './blocks.ts';
import type { DamagedBlocks } from './damaged-blocks.ts';
import type { Connection } from './database.ts';
import { hourMs, minuteMs } from './frame.ts';
import type { Layouts } from './layouts.ts';
import { Room } from './room.ts';
import type { SampleWriter } from './sample-writer.ts';

const dayMs = 24 * hourMs;
const pagesPerVacuum = 500;
/** Where room is made, it is made for a while. */
const roomToLeave = 0.95;
/** After so many steps, layouts that went with their blocks are given back. */
const stepsPerCount = 50;

/** Enforces retention: samples become minutes, and minutes go. Works in short steps, so that others get their turn. */
export class Pruner {
  readonly #database: Connection;
  readonly #layouts: Layouts;
  readonly #blocks: Blocks;
  readonly #writer: SampleWriter;
  readonly #damaged: DamagedBlocks;
  #retention: Retention;
  readonly #oldest;
  readonly #removeAside;
  readonly #sealSlice: () => boolean;
  /** Room that was taken when retention had been enforced. */
  #left = 0;
  #running = false;

  /** `sealSlice` seals a little of what is due; false when all is done. */
  constructor(
    database: Connection,
    layouts: Layouts,
    blocks: Blocks,
    writer: SampleWriter,
    retention: Retention,
    damaged: DamagedBlocks,
    sealSlice: () => boolean,
  ) {
    this.#sealSlice = sealSlice;
    this.#database = database;
    this.#layouts = layouts;
    this.#blocks = blocks;
    this.#writer = writer;
    this.#retention = retention;
    this.#damaged = damaged;
    this.#oldest = database
      .prepare<[bigint, bigint], number>('select id from block where stage = ? and t1 < ? order by t1 limit 1')
      .pluck();
    this.#removeAside = database.prepare<[bigint]>('delete from aside where t1 < ?');
  }

  /** Enforces this from the next time on. */
  retain(retention: Retention): void {
    this.#retention = retention;
  }

  /** Room taken by what is stored, in bytes. */
  bytes(): number {
    const pragma = (name: string) => this.#database.pragma(name, { simple: true }) as number;
    return (pragma('page_count') - pragma('freelist_count')) * pragma('page_size');
  }

  /** Too much is taken, and some of it came since room was last made. */
  get overfull(): boolean {
    const [bytes, { maxBytes }] = [this.bytes(), this.#retention];
    return bytes > maxBytes && bytes > this.#left + maxBytes * (1 - roomToLeave);
  }

  async maintain(now: number): Promise<void> {
    if (this.#running) return;
    this.#running = true;
    try {
      const { denseDays, sampleDays, rollupDays, maxBytes } = this.#retention;
      while (this.#rollUpOldest(2, now - denseDays * dayMs)) await setImmediate();
      while (this.#rollUpOldest(1, now - sampleDays * dayMs)) await setImmediate();
      while (this.#removeOldest(now - rollupDays * dayMs)) await setImmediate();
      if (this.bytes() > maxBytes) await this.#makeRoom(maxBytes * roomToLeave);
      this.#database
        .prepare<[bigint]>('delete from gap where "to" < ?')
        .run(BigInt(Math.floor(now - rollupDays * dayMs)));
      this.#database
        .prepare<[bigint]>('delete from event where at < ?')
        .run(BigInt(Math.floor(now - rollupDays * dayMs)));
      this.#removeAside.run(BigInt(Math.floor(now - sampleDays * dayMs)));
      this.#forgetLayouts();
      await this.#vacuum();
    } finally {
      this.#left = this.bytes();
      this.#running = false;
    }
  }

  /**
   * Until no more than `wanted` bytes are taken, the host that takes most gives way: so one that says very much costs
   * its own history and nobody else's.
   */
  async #makeRoom(wanted: number): Promise<void> {
    await this.#seal();
    this.#removeAside.run(BigInt(Number.MAX_SAFE_INTEGER));
    this.#forgetLayouts();
    const room = new Room(this.#blocks, this.#writer);
    for (const _ of room.count()) await setImmediate();
    for (let step = 1; this.bytes() > wanted; step++) {
      const host = room.heaviest();
      if (host === null) return;
      if (step % stepsPerCount === 0) {
        this.#forgetLayouts();
        room.countOf(host);
      }
      const block = room.oldest(host);
      if (block !== null) room.freed(host, block.hasSamples ? this.#rollUp(block.id) : this.#remove(block.id));
      else if (!(await this.#sealHost(host, room))) room.exclude(host);
      await setImmediate();
    }
  }

  /** Gives free pages back to the disk; the file gets shorter when its log is taken in. */
  async #vacuum(): Promise<void> {
    const free = () => this.#database.pragma('freelist_count', { simple: true }) as number;
    if (free() <= pagesPerVacuum) return;
    while (free() > pagesPerVacuum) {
      this.#database.pragma(`incremental_vacuum(${pagesPerVacuum})`);
      await setImmediate();
    }
    this.#database.pragma('wal_checkpoint(passive)');
  }

  /** Open frames become blocks, which can go. False when there are none, or they cannot. */
  async #sealHost(host: string, room: Room): Promise<boolean> {
    const open = this.#writer.streamsOf(host).filter((stream) => stream.frames.length > 0);
    for (const stream of open) stream.sealNow = true;
    await this.#seal();
    room.countOf(host);
    return open.length > 0 && room.oldest(host) !== null;
  }

  async #seal(): Promise<void> {
    while (this.#sealSlice()) await setImmediate();
  }

  #removeOldest(before: number): boolean {
    const id = this.#oldest.get(0n, BigInt(Math.floor(before)));
    if (id !== undefined) this.#remove(id);
    return id !== undefined;
  }

  #remove(id: number): number {
    return this.#database.transaction(() => this.#blocks.remove(id))();
  }

  #rollUpOldest(stage: 1 | 2, before: number): boolean {
    const id = this.#oldest.get(BigInt(stage), BigInt(Math.floor(before)));
    if (id !== undefined) this.#rollUp(id);
    return id !== undefined;
  }

  /**
   * Replaces a block with samples by its minutes, joined with what is rolled up of that hour already. Gives the room
   * that is free then; it may be less than none.
   */
  #rollUp(id: number): number {
    const stream = streamOf(id);
    const block = this.#blocks.row(id);
    const hour = Math.floor(block.t0 / hourMs) * hourMs;
    const rows = this.#blocks.between(stream, hour, hour + hourMs);
    const joined = rows.filter((row) => row.id === id || (row.stage === 0 && row.layout === block.layout));
    const readings = this.#layouts.namesOf(block.layout).length;
    const parts = joined.map((row) => this.#damaged.read(row, () => this.#minutesOf(row, readings)));
    // What is damaged goes with its samples: there is nothing that could be kept of it.
    if (parts.includes(null)) {
      return joined.reduce((freed, row, place) => freed + (parts[place] === null ? this.#remove(row.id) : 0), 0);
    }
    const rollup = mergeRollups(parts as Rollup[]);
    const samples = rollup.samples.reduce((sum, count) => sum + count, 0);
    const summary = new ByteWriter();
    for (const minutes of rollup.readings) {
      const whole = emptySummary();
      for (const part of minutes) addSummary(whole, part);
      writeSummary(summary, whole, samples);
    }
    return this.#database.transaction(() => {
      const before = joined.reduce((sum, row) => sum + this.#blocks.remove(row.id), 0);
      const after = this.#blocks.insert(
        stream,
        {
          t0: Math.min(...joined.map((row) => row.t0)),
          t1: Math.max(...joined.map((row) => row.t1)),
          samples,
          layout: block.layout,
          boot: block.boot,
          stage: 0,
          summary: summary.finish(),
          data: null,
          minutes: packRollup(rollup),
        },
        null,
      );
      return before - after;
    })();
  }

  #minutesOf(row: BlockRow, readings: number): Rollup {
    const minutes = this.#blocks.minutes(row.id);
    const indexes = Array.from({ length: readings }, (_, index) => index);
    if (minutes !== null) {
      const rollup = new PackedRollup(minutes);
      return { spans: rollup.spans, samples: rollup.samples, readings: indexes.map((index) => rollup.reading(index)) };
    }
    const block = new PackedBlock(this.#blocks.samples(row.id) as Uint8Array);
    return rollUp(
      block.times(),
      indexes.map((index) => block.column(index)),
      minuteMs,
    );
  }

  #forgetLayouts(): void {
    const unused = this.#database
      .prepare<[], number>('select id from layout where not exists (select 1 from block where layout = layout.id)')
      .pluck()
      .all();
    const inUse = this.#writer.layoutsInUse();
    const forget = this.#database.prepare<[bigint]>('delete from layout where id = ?');
    for (const id of unused) if (!inUse.has(id)) forget.run(BigInt(id));
  }
}
