import { FaultError } from '../../contract/faults.ts';
import type {
  Extent,
  Gap,
  ProcessesAt,
  ProcessHistory,
  ProcessHistoryRequest,
  Seek,
  Series,
  SeriesRequest,
} from '../../contract/history.ts';
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
import { Frame, minuteMs } from './frame.ts';
import type { Layouts } from './layouts.ts';
import { timesOf, uptimeOfBlock, uptimeOfFrame } from './list-source.ts';
import { type Interval, isWithin, type Run, takenOver } from './lived-twice.ts';
import type { Pauses } from './pauses.ts';
import { processHistory } from './process-history.ts';
import { ProcessLists } from './process-lists.ts';
import type { SampleWriter } from './sample-writer.ts';

/** Answers questions about what was stored, from blocks and open samples alike. */
export class History {
  readonly #database: Connection;
  readonly #layouts: Layouts;
  readonly #blocks: Blocks;
  readonly #writer: SampleWriter;
  readonly #damaged: DamagedBlocks;
  readonly #pauses: Pauses;
  readonly #lists: ProcessLists;
  readonly #gaps;
  readonly #extent;

  constructor(
    database: Connection,
    layouts: Layouts,
    blocks: Blocks,
    writer: SampleWriter,
    damaged: DamagedBlocks,
    pauses: Pauses,
  ) {
    this.#database = database;
    this.#layouts = layouts;
    this.#blocks = blocks;
    this.#writer = writer;
    this.#damaged = damaged;
    this.#pauses = pauses;
    this.#lists = new ProcessLists(layouts, blocks, writer, damaged, (hostId, since, at) =>
      this.#gaps.all(hostId, since, at + 1).some((gap) => gap.from >= since && gap.from <= at),
    );
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
    assertSpan(request);
    const builder = new SeriesBuilder(request, readings);
    for (const stream of this.#writer.streamsOf(request.hostId)) {
      const rows = this.#blocks.between(stream.id, builder.start, builder.end);
      const taken = takenOver([...rows, ...stream.frames].map((part) => runOf(part, this.#layouts)));
      rows.forEach((row, index) => {
        const places = this.#placesIn(row.layout, request.readings);
        const own = taken[index] ?? [];
        if (places !== null) this.#damaged.read(row, () => this.#opened(builder, row, places, own))?.();
      });
      stream.frames.forEach((frame, index) => {
        this.#addFrame(builder, frame, request.readings, taken[rows.length + index] ?? []);
      });
    }
    return builder.finish(this.#gaps.all(request.hostId, request.from, request.to));
  }

  processes(hostId: string, at: number, seek: Seek): ProcessesAt | null {
    if (seek === 'next') return this.#lists.after(hostId, at);
    return seek === 'previous' ? this.#lists.before(hostId, at) : this.#lists.at(hostId, at);
  }

  process(request: ProcessHistoryRequest): Promise<ProcessHistory> {
    assertSpan(request);
    const { hostId, from, to } = request;
    return processHistory(
      request,
      this.#lists.between(hostId, from, to),
      this.#gaps.all(hostId, from, to),
      this.#pauses,
    );
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
  #opened(builder: SeriesBuilder, row: BlockRow, places: number[], taken: readonly Interval[]): (() => void) | null {
    const bucketAt = (time: number) => (isWithin(taken, time) ? null : builder.bucketAt(time));
    const bucket = taken.length > 0 ? null : builder.bucketAt(row.t0);
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
    const minutes = builder.stepMs % minuteMs === 0 && taken.length === 0 ? this.#blocks.minutes(row.id) : null;
    const samples = minutes === null ? this.#blocks.samples(row.id) : null;
    if (samples !== null) {
      const block = new PackedBlock(samples);
      const times = timesOf(block, row);
      const columns = places.map((place) => (place < 0 ? null : block.column(place)));
      return () => addValues(builder, times.map(bucketAt), columns);
    }
    const rollup = minutes ?? this.#blocks.minutes(row.id);
    if (rollup === null) return null;
    const opened = openRollup(new PackedRollup(rollup), places);
    return () => addRollup(builder, opened, bucketAt);
  }

  #addFrame(builder: SeriesBuilder, frame: Frame, readings: readonly string[], taken: readonly Interval[]): void {
    for (const { at, layout, values } of frame.samples) {
      const bucket = isWithin(taken, at) ? null : builder.bucketAt(at);
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

function assertSpan({ from, to }: { from: number; to: number }): void {
  if (from < to) return;
  throw new FaultError('bad_input', 'history', 'The span of time ends before it begins.');
}

function runOf(part: BlockRow | Frame, layouts: Layouts): Run {
  const { boot } = part;
  if (!(part instanceof Frame)) return { t0: part.t0, t1: part.t1, boot, uptime: () => uptimeOfBlock(part, layouts) };
  const { samples } = part;
  const times = samples.map(({ at }) => at);
  return { t0: Math.min(...times), t1: Math.max(...times), boot, uptime: () => uptimeOfFrame(samples, layouts) };
}

function addValues(
  builder: SeriesBuilder,
  buckets: readonly (number | null)[],
  columns: readonly (readonly (number | null)[] | null)[],
): void {
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
function addRollup(
  builder: SeriesBuilder,
  { spans, readings }: ReturnType<typeof openRollup>,
  bucketAt: (time: number) => number | null,
): void {
  const buckets = spans.map((span) => bucketAt(span * minuteMs));
  for (const bucket of buckets) if (bucket !== null) builder.touch(bucket);
  readings.forEach((reading, index) => {
    reading?.forEach((summary, i) => {
      const bucket = buckets[i] as number | null;
      if (bucket !== null) builder.addSummary(bucket, index, summary);
    });
  });
}
