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
import { streamOf } from './block-place.ts';
import type { BlockRow, Blocks } from './blocks.ts';
import type { Connection } from './database.ts';
import { hourMs, minuteMs } from './frame.ts';
import type { Layouts } from './layouts.ts';
import type { SampleWriter } from './sample-writer.ts';
import type { Retention } from './store.ts';

const dayMs = 24 * hourMs;
const pagesPerVacuum = 500;

/** Enforces retention: samples become minutes, and minutes go. Works in short steps, so that others get their turn. */
export class Pruner {
  readonly #database: Connection;
  readonly #layouts: Layouts;
  readonly #blocks: Blocks;
  readonly #writer: SampleWriter;
  readonly #retention: Retention;
  readonly #oldest;
  readonly #removeAside;
  #running = false;

  constructor(database: Connection, layouts: Layouts, blocks: Blocks, writer: SampleWriter, retention: Retention) {
    this.#database = database;
    this.#layouts = layouts;
    this.#blocks = blocks;
    this.#writer = writer;
    this.#retention = retention;
    this.#oldest = database.prepare<[bigint, bigint], { id: number; t0: number; t1: number }>(
      'select id, t0, t1 from block where stage = ? and t1 < ? order by t1 limit 1',
    );
    this.#removeAside = database.prepare<[bigint]>('delete from aside where t1 < ?');
  }

  /** Room taken by what is stored, in bytes. */
  bytes(): number {
    const pragma = (name: string) => this.#database.pragma(name, { simple: true }) as number;
    return (pragma('page_count') - pragma('freelist_count')) * pragma('page_size');
  }

  async maintain(now: number): Promise<void> {
    if (this.#running) return;
    this.#running = true;
    try {
      const { denseDays, sampleDays, rollupDays, maxBytes } = this.#retention;
      while (this.#rollUpOldest(2, now - denseDays * dayMs)) await setImmediate();
      while (this.#rollUpOldest(1, now - sampleDays * dayMs)) await setImmediate();
      while (this.#removeOldest(now - rollupDays * dayMs)) await setImmediate();
      while (this.bytes() > maxBytes && this.#makeRoom()) await setImmediate();
      this.#database
        .prepare<[bigint]>('delete from gap where "to" < ?')
        .run(BigInt(Math.floor(now - rollupDays * dayMs)));
      this.#removeAside.run(BigInt(Math.floor(now - sampleDays * dayMs)));
      this.#forgetLayouts();
      while ((this.#database.pragma('freelist_count', { simple: true }) as number) > pagesPerVacuum) {
        this.#database.pragma(`incremental_vacuum(${pagesPerVacuum})`);
        await setImmediate();
      }
    } finally {
      this.#running = false;
    }
  }

  /** The oldest samples become minutes; where there are none, the oldest minutes go. False when nothing is left. */
  #makeRoom(): boolean {
    const ages = ([1, 2] as const).map((stage) => this.#oldest.get(BigInt(stage), BigInt(Number.MAX_SAFE_INTEGER))?.t1);
    const [sparse = Number.POSITIVE_INFINITY, dense = Number.POSITIVE_INFINITY] = ages;
    if (Number.isFinite(Math.min(sparse, dense)))
      return this.#rollUpOldest(sparse < dense ? 1 : 2, Number.MAX_SAFE_INTEGER);
    return this.#removeOldest(Number.MAX_SAFE_INTEGER);
  }

  #removeOldest(before: number): boolean {
    const block = this.#oldest.get(0n, BigInt(Math.floor(before)));
    if (block !== undefined) this.#database.transaction(() => this.#blocks.remove(block.id))();
    return block !== undefined;
  }

  /** Replaces the oldest block with samples by its minutes, joined with what is rolled up of that hour already. */
  #rollUpOldest(stage: 1 | 2, before: number): boolean {
    const oldest = this.#oldest.get(BigInt(stage), BigInt(Math.floor(before)));
    if (oldest === undefined) return false;
    const stream = streamOf(oldest.id);
    const hour = Math.floor(oldest.t0 / hourMs) * hourMs;
    const rows = this.#blocks.between(stream, hour, hour + hourMs);
    const block = rows.find((row) => row.id === oldest.id) as BlockRow;
    const joined = rows.filter((row) => row === block || (row.stage === 0 && row.layout === block.layout));
    const readings = this.#layouts.namesOf(block.layout).length;
    const rollup = mergeRollups(joined.map((row) => this.#minutesOf(row, readings)));
    const samples = rollup.samples.reduce((sum, count) => sum + count, 0);
    const summary = new ByteWriter();
    for (const minutes of rollup.readings) {
      const whole = emptySummary();
      for (const part of minutes) addSummary(whole, part);
      writeSummary(summary, whole, samples);
    }
    this.#database.transaction(() => {
      for (const row of joined) this.#blocks.remove(row.id);
      this.#blocks.insert(
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
    })();
    return true;
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
      .prepare<[], number>('select id from layout where id not in (select layout from block)')
      .pluck()
      .all();
    const inUse = this.#writer.layoutsInUse();
    const forget = this.#database.prepare<[bigint]>('delete from layout where id = ?');
    for (const id of unused) if (!inUse.has(id)) forget.run(BigInt(id));
  }
}
