import { inflateRawSync } from 'node:zlib';
import { FaultError } from '../../contract/faults.ts';
import type { Extent, Gap, ProcessesAt, Series, SeriesRequest } from '../../contract/history.ts';
import { ByteReader } from '../../domain/metrics/bytes.ts';
import { PackedBlock } from '../../domain/metrics/packed-block.ts';
import { valueAt } from '../../domain/metrics/packed-row.ts';
import { readingInfo } from '../../domain/metrics/reading-units.ts';
import { SeriesBuilder } from '../../domain/metrics/series-builder.ts';
import { PackedRollup, readSummary } from '../../domain/metrics/summary.ts';
import { span } from './block-place.ts';
import type { BlockRow, Blocks } from './blocks.ts';
import type { DamagedBlocks } from './damaged-blocks.ts';
import type { Connection } from './database.ts';
import { type FoundList, type Frame, findList, findNextList, hourMs, joinLists, minuteMs } from './frame.ts';
import type { Layouts } from './layouts.ts';
import type { SampleWriter } from './sample-writer.ts';

/** A list may stand for a while after it was taken: two intervals, and these at least and at most. */
const freshMs = { least: 10_000, most: 10 * 60_000 };

/** A block holds at most an hour of samples; unpacked, its lists stay far below this. */
const maxListBytes = 256 << 20;

/** The newest list so far: its time, that of the one before, and how to read it. */
interface Candidate {
  readonly at: number;
  before: number | null;
  readonly find: () => FoundList | null;
}

/** Answers questions about what was stored, from blocks and open samples alike. */
export class History {
  readonly #database: Connection;
  readonly #layouts: Layouts;
  readonly #blocks: Blocks;
  readonly #writer: SampleWriter;
  readonly #damaged: DamagedBlocks;
  readonly #gaps;
  readonly #extent;

  constructor(database: Connection, layouts: Layouts, blocks: Blocks, writer: SampleWriter, damaged: DamagedBlocks) {
    this.#database = database;
    this.#layouts = layouts;
    this.#blocks = blocks;
    this.#writer = writer;
    this.#damaged = damaged;
    this.#gaps = this.#database.prepare<[string, number, number], Gap>(
      'select "from", "to", cause, detail from gap where host = ? and "to" > ? and "from" < ? order by "from"',
    );
    this.#extent = this.#database.prepare<
      [bigint, bigint],
      { first: number | null; last: number | null; bytes: number }
    >('select min(t0) as first, max(t1) as last, coalesce(sum(bytes), 0) as bytes from block where id between ? and ?');
  }

  series(request: SeriesRequest): Series {
    const readings = request.readings.map((name) => {
      const info = readingInfo(name);
      if (info === null) throw new FaultError('bad_input', 'history', `There is no reading called ${name}.`);
      return { name, scale: info.scale };
    });
    if (!(request.from < request.to))
      throw new FaultError('bad_input', 'history', 'The span of time ends before it begins.');
    const builder = new SeriesBuilder(request, readings);
    for (const stream of this.#writer.streamsOf(request.hostId)) {
      for (const row of this.#blocks.between(stream.id, builder.start, builder.end)) {
        const places = this.#placesIn(row.layout, request.readings);
        if (places !== null) this.#damaged.read(row, () => this.#opened(builder, row, places))?.();
      }
      for (const frame of stream.frames) this.#addFrame(builder, frame, request.readings);
    }
    return builder.finish(this.#gaps.all(request.hostId, request.from, request.to));
  }

  processesAt(hostId: string, at: number): ProcessesAt | null {
    const stream = this.#writer.streamsOf(hostId).find((one) => one.kind === 'fast');
    if (stream === undefined) return null;
    // Times first: only the block that has the answer is unpacked.
    let best: Candidate | null = null;
    const offer = (times: readonly number[], find: Candidate['find']) => {
      const earlier = times.filter((time) => time <= at).sort((a, b) => b - a);
      const [time, before] = earlier;
      if (time === undefined) return;
      if (best === null || time > best.at) {
        best = { at: time, before: before ?? best?.at ?? null, find };
      } else if (best.before === null || time > best.before) best.before = time;
    };
    for (const row of this.#blocks.between(stream.id, at - hourMs, at + 1)) {
      const times = this.#damaged.read(row, () => {
        const samples = this.#blocks.samples(row.id);
        return samples === null ? null : timesOf(new PackedBlock(samples), row);
      });
      if (times !== null) offer(times, () => this.#damaged.read(row, () => findList(this.#listsOf(row.id), at)));
    }
    for (const frame of stream.frames) {
      offer(
        frame.samples.map((sample) => sample.at),
        () => findList(joinLists(frame.samples), at),
      );
    }
    return best === null ? null : this.#listOf(hostId, best, at);
  }

  /** The first known list after `at`, however long after. */
  processesAfter(hostId: string, at: number): ProcessesAt | null {
    const stream = this.#writer.streamsOf(hostId).find((one) => one.kind === 'fast');
    if (stream === undefined) return null;
    let best: FoundList | null = null;
    const offer = (found: FoundList | null) => {
      if (found !== null && (best === null || found.at < best.at)) best = found;
    };
    // Samples that came late have made blocks beside others: the first that has an answer need not have the best.
    for (const row of this.#blocks.withProcesses(stream.id, at)) {
      if (best !== null && row.t0 > (best as FoundList).at) break;
      offer(this.#damaged.read(row, () => findNextList(this.#listsOf(row.id), at)));
    }
    for (const { samples } of stream.frames) {
      if (samples.some((sample) => sample.at > at)) offer(findNextList(joinLists(samples), at));
    }
    return best === null ? null : answerOf(best);
  }

  #listsOf(block: number): Uint8Array {
    const packed = this.#blocks.processes(block);
    return packed === null ? new Uint8Array() : inflateRawSync(packed, { maxOutputLength: maxListBytes });
  }

  #listOf(hostId: string, best: Candidate, at: number): ProcessesAt | null {
    const interval = best.before === null ? 0 : best.at - best.before;
    const fresh = Math.min(freshMs.most, Math.max(freshMs.least, 2 * interval));
    if (at - best.at > fresh) return null;
    if (this.#gaps.all(hostId, best.at, at + 1).some((gap) => gap.from >= best.at && gap.from <= at)) return null;
    const found = best.find();
    return found === null || found.at !== best.at ? null : answerOf(found);
  }

  extent(hostId: string): Extent {
    const extent: Extent = { first: null, last: null, bytes: 0 };
    const add = (first: number | null, last: number | null, bytes: number) => {
      if (first !== null) extent.first = Math.min(extent.first ?? first, first);
      if (last !== null) extent.last = Math.max(extent.last ?? last, last);
      extent.bytes += bytes;
    };
    for (const stream of this.#writer.streamsOf(hostId)) {
      const row = this.#extent.get(...span(stream.id));
      if (row) add(row.first, row.last, row.bytes);
      for (const { samples } of stream.frames) {
        for (const { at, values, processes } of samples) add(at, at, values.length + (processes?.length ?? 0));
      }
    }
    return extent;
  }

  /** Where the readings asked for stand in a layout; null when none of them is in it. */
  #placesIn(layout: number, readings: readonly string[]): number[] | null {
    const names = this.#layouts.namesOf(layout);
    const places = readings.map((name) => names.indexOf(name));
    return places.some((place) => place >= 0) ? places : null;
  }

  /** What adds a block to the answer; all that is needed of it is unpacked then, so that it comes whole or not at all. */
  #opened(builder: SeriesBuilder, row: BlockRow, places: number[]): (() => void) | null {
    const bucket = builder.bucketAt(row.t0);
    // A block within one bucket is told by its header, and so is every block where buckets are hours.
    if (bucket !== null && bucket === builder.bucketAt(row.t1)) {
      const reader = new ByteReader(row.summary);
      const summaries = places.map((place) => {
        reader.at = 0;
        return place < 0 ? null : readSummary(reader, place, row.samples);
      });
      return () => {
        builder.touch(bucket);
        summaries.forEach((summary, index) => {
          if (summary !== null) builder.addSummary(bucket, index, summary);
        });
      };
    }
    const minutes = builder.stepMs % minuteMs === 0 ? this.#blocks.minutes(row.id) : null;
    const samples = minutes === null ? this.#blocks.samples(row.id) : null;
    if (samples !== null) {
      const block = new PackedBlock(samples);
      const times = timesOf(block, row);
      const columns = places.map((place) => (place < 0 ? null : block.column(place)));
      return () => addValues(builder, times, columns);
    }
    const rollup = minutes ?? this.#blocks.minutes(row.id);
    if (rollup === null) return null;
    const opened = openRollup(new PackedRollup(rollup), places);
    return () => addRollup(builder, opened);
  }

  #addFrame(builder: SeriesBuilder, frame: Frame, readings: readonly string[]): void {
    for (const { at, layout, values } of frame.samples) {
      const bucket = builder.bucketAt(at);
      if (bucket === null) continue;
      const places = this.#placesIn(layout, readings);
      if (places === null) continue;
      builder.touch(bucket);
      places.forEach((place, index) => {
        if (place >= 0) builder.add(bucket, index, valueAt(values, place));
      });
    }
  }
}

function answerOf({ at, collectedAt, processes }: FoundList): ProcessesAt | null {
  return processes === null ? null : { collected_at: collectedAt || new Date(at).toISOString(), processes };
}

/** The times of a block's samples; throws where they are not those that its row tells of. */
function timesOf(block: PackedBlock, { t0, t1, samples }: BlockRow): number[] {
  const times = block.length === samples ? block.times() : [];
  if (times[0] === t0 && times.at(-1) === t1) return times;
  throw new RangeError('A block holds other samples than it should');
}

function addValues(
  builder: SeriesBuilder,
  times: readonly number[],
  columns: readonly (readonly (number | null)[] | null)[],
): void {
  const buckets = times.map((time) => builder.bucketAt(time));
  for (const bucket of buckets) if (bucket !== null) builder.touch(bucket);
  columns.forEach((column, index) => {
    column?.forEach((value, i) => {
      const bucket = buckets[i] as number | null;
      if (bucket !== null) builder.add(bucket, index, value);
    });
  });
}

function openRollup(rollup: PackedRollup, places: readonly number[]) {
  return { spans: rollup.spans, readings: places.map((place) => (place < 0 ? null : rollup.reading(place))) };
}

/** Where minutes are wider than buckets, each stands in the bucket in which it begins. */
function addRollup(builder: SeriesBuilder, { spans, readings }: ReturnType<typeof openRollup>): void {
  const buckets = spans.map((span) => builder.bucketAt(span * minuteMs));
  for (const bucket of buckets) if (bucket !== null) builder.touch(bucket);
  readings.forEach((reading, index) => {
    reading?.forEach((summary, i) => {
      const bucket = buckets[i] as number | null;
      if (bucket !== null) builder.addSummary(bucket, index, summary);
    });
  });
}
