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
import type { Connection } from './database.ts';
import { type FoundList, type Frame, findList, findNextList, hourMs, joinLists, minuteMs } from './frame.ts';
import type { Layouts } from './layouts.ts';
import type { SampleWriter } from './sample-writer.ts';

/** A list may stand for a while after it was taken: two intervals, and these at least and at most. */
const freshMs = { least: 10_000, most: 10 * 60_000 };

/** A block holds at most an hour of samples; unpacked, its lists stay far below this. */
const maxListBytes = 256 << 20;

/** Answers questions about what was stored, from blocks and open samples alike. */
export class History {
  readonly #database: Connection;
  readonly #layouts: Layouts;
  readonly #blocks: Blocks;
  readonly #writer: SampleWriter;
  readonly #gaps;
  readonly #extent;

  constructor(database: Connection, layouts: Layouts, blocks: Blocks, writer: SampleWriter) {
    this.#database = database;
    this.#layouts = layouts;
    this.#blocks = blocks;
    this.#writer = writer;
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
        this.#addBlock(builder, row, this.#placesIn(row.layout, request.readings));
      }
      for (const frame of stream.frames) this.#addFrame(builder, frame, request.readings);
    }
    return builder.finish(this.#gaps.all(request.hostId, request.from, request.to));
  }

  processesAt(hostId: string, at: number): ProcessesAt | null {
    const stream = this.#writer.streamsOf(hostId).find((one) => one.kind === 'fast');
    if (stream === undefined) return null;
    // Times first: only the block that has the answer is unpacked.
    let best: { at: number; before: number | null; lists: () => Uint8Array } | null = null;
    const offer = (times: readonly number[], lists: () => Uint8Array | null) => {
      const earlier = times.filter((time) => time <= at).sort((a, b) => b - a);
      const [time, before] = earlier;
      if (time === undefined) return;
      if (best === null || time > best.at) {
        best = { at: time, before: before ?? best?.at ?? null, lists: () => lists() ?? new Uint8Array() };
      } else if (best.before === null || time > best.before) best.before = time;
    };
    for (const row of this.#blocks.between(stream.id, at - hourMs, at + 1)) {
      const samples = this.#blocks.samples(row.id);
      if (samples === null) continue;
      offer(new PackedBlock(samples).times(), () => this.#listsOf(row.id));
    }
    for (const frame of stream.frames) {
      offer(
        frame.samples.map((sample) => sample.at),
        () => joinLists(frame.samples),
      );
    }
    return best === null ? null : this.#listOf(hostId, best, at);
  }

  /** The first known list after `at`, however long after. */
  processesAfter(hostId: string, at: number): ProcessesAt | null {
    const stream = this.#writer.streamsOf(hostId).find((one) => one.kind === 'fast');
    if (stream === undefined) return null;
    let best: FoundList | null = null;
    const offer = (lists: Uint8Array) => {
      const found = findNextList(lists, at);
      if (found !== null && (best === null || found.at < best.at)) best = found;
    };
    // Samples that came late have made blocks beside others: the first that has an answer need not have the best.
    for (const { id, t0 } of this.#blocks.withProcesses(stream.id, at)) {
      if (best !== null && t0 > (best as FoundList).at) break;
      offer(this.#listsOf(id) ?? new Uint8Array());
    }
    for (const { samples } of stream.frames) if (samples.some((sample) => sample.at > at)) offer(joinLists(samples));
    return best === null ? null : answerOf(best);
  }

  #listsOf(block: number): Uint8Array | null {
    const packed = this.#blocks.processes(block);
    return packed === null ? null : inflateRawSync(packed, { maxOutputLength: maxListBytes });
  }

  #listOf(
    hostId: string,
    best: { at: number; before: number | null; lists: () => Uint8Array },
    at: number,
  ): ProcessesAt | null {
    const interval = best.before === null ? 0 : best.at - best.before;
    const fresh = Math.min(freshMs.most, Math.max(freshMs.least, 2 * interval));
    if (at - best.at > fresh) return null;
    if (this.#gaps.all(hostId, best.at, at + 1).some((gap) => gap.from >= best.at && gap.from <= at)) return null;
    const found = findList(best.lists(), at);
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

  #addBlock(builder: SeriesBuilder, row: BlockRow, places: number[] | null): void {
    if (places === null) return;
    const bucket = builder.bucketAt(row.t0);
    // A block within one bucket is told by its header, and so is every block where buckets are hours.
    if (bucket !== null && bucket === builder.bucketAt(row.t1)) {
      builder.touch(bucket);
      const reader = new ByteReader(row.summary);
      places.forEach((place, index) => {
        if (place < 0) return;
        reader.at = 0;
        builder.addSummary(bucket, index, readSummary(reader, place, row.samples));
      });
      return;
    }
    const minutes = builder.stepMs % minuteMs === 0 ? this.#blocks.minutes(row.id) : null;
    const samples = minutes === null ? this.#blocks.samples(row.id) : null;
    if (samples !== null) {
      const block = new PackedBlock(samples);
      addValues(
        builder,
        block.times(),
        (index) => ((places[index] as number) < 0 ? null : block.column(places[index] as number)),
        places.length,
      );
      return;
    }
    const rollup = minutes ?? this.#blocks.minutes(row.id);
    if (rollup !== null) addRollup(builder, new PackedRollup(rollup), places);
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

function addValues(
  builder: SeriesBuilder,
  times: readonly number[],
  columnOf: (index: number) => (number | null)[] | null,
  columns: number,
): void {
  const buckets = times.map((time) => builder.bucketAt(time));
  for (const bucket of buckets) if (bucket !== null) builder.touch(bucket);
  for (let index = 0; index < columns; index++) {
    columnOf(index)?.forEach((value, i) => {
      const bucket = buckets[i] as number | null;
      if (bucket !== null) builder.add(bucket, index, value);
    });
  }
}

/** Where minutes are wider than buckets, each stands in the bucket in which it begins. */
function addRollup(builder: SeriesBuilder, rollup: PackedRollup, places: readonly number[]): void {
  const buckets = rollup.spans.map((span) => builder.bucketAt(span * minuteMs));
  for (const bucket of buckets) if (bucket !== null) builder.touch(bucket);
  places.forEach((place, index) => {
    if (place < 0) return;
    rollup.reading(place).forEach((summary, i) => {
      const bucket = buckets[i] as number | null;
      if (bucket !== null) builder.addSummary(bucket, index, summary);
    });
  });
}
