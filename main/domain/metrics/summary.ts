import type { ByteReader, ByteWriter } from './bytes.ts';
import { PackedBlock, packBlock } from './packed-block.ts';

/** What remains of many values of one reading. Sums can be added up, so summaries of parts make one of the whole. */
export interface Summary {
  /** How many values were known. With none, the others mean nothing. */
  count: number;
  min: number;
  max: number;
  sum: number;
}

export function emptySummary(): Summary {
  return { count: 0, min: Number.POSITIVE_INFINITY, max: Number.NEGATIVE_INFINITY, sum: 0 };
}

export function addValue(summary: Summary, value: number | null): void {
  if (value === null) return;
  summary.count++;
  summary.sum += value;
  if (value < summary.min) summary.min = value;
  if (value > summary.max) summary.max = value;
}

export function addSummary(summary: Summary, part: Summary): void {
  if (part.count === 0) return;
  summary.count += part.count;
  summary.sum += part.sum;
  if (part.min < summary.min) summary.min = part.min;
  if (part.max > summary.max) summary.max = part.max;
}

export function summarise(values: readonly (number | null)[]): Summary {
  const summary = emptySummary();
  for (const value of values) addValue(summary, value);
  return summary;
}

/** Four whole numbers; `samples` is how many values there could be. */
export function writeSummary(writer: ByteWriter, summary: Summary, samples: number): void {
  const [missing, min, spread, excess] = parts(summary, samples);
  writer.unsigned(missing);
  writer.signed(min ?? 0);
  writer.unsigned(spread ?? 0);
  writer.unsigned(excess ?? 0);
}

/** The summary at `index` in a row of them. */
export function readSummary(reader: ByteReader, index: number, samples: number): Summary {
  reader.skip(index * 4);
  return whole(samples, reader.unsigned(), reader.signed(), reader.unsigned(), reader.unsigned());
}

/** Summaries by the clock: only spans that hold samples are there. */
export interface Rollup {
  /** When each span begins, in units of its width, in ascending order. */
  readonly spans: number[];
  /** Samples in each span. */
  readonly samples: number[];
  /** By reading, then by span. */
  readonly readings: Summary[][];
}

/** Rolls columns of values up into spans of `width`, in the unit of the times. */
export function rollUp(
  times: readonly number[],
  columns: readonly (readonly (number | null)[])[],
  width: number,
): Rollup {
  const order = [...new Set(times.map((time) => Math.floor(time / width)))].sort((a, b) => a - b);
  const slots = new Map(order.map((span, slot) => [span, slot]));
  const slotOf = times.map((time) => slots.get(Math.floor(time / width)) as number);
  const samples = order.map(() => 0);
  for (const slot of slotOf) (samples[slot] as number) += 1;
  const readings = columns.map((column) => {
    const summaries = order.map(emptySummary);
    column.forEach((value, i) => {
      addValue(summaries[slotOf[i] as number] as Summary, value);
    });
    return summaries;
  });
  return { spans: order, samples, readings };
}

/** Rollups of the same readings and the same width as one. */
export function mergeRollups(rollups: readonly Rollup[]): Rollup {
  const spans = [...new Set(rollups.flatMap((rollup) => rollup.spans))].sort((a, b) => a - b);
  const slots = new Map(spans.map((span, slot) => [span, slot]));
  const samples = spans.map(() => 0);
  const readings = (rollups[0]?.readings ?? []).map(() => spans.map(emptySummary));
  for (const rollup of rollups) {
    rollup.spans.forEach((span, i) => {
      const slot = slots.get(span) as number;
      (samples[slot] as number) += rollup.samples[i] as number;
      readings.forEach((summaries, reading) => {
        addSummary(summaries[slot] as Summary, rollup.readings[reading]?.[i] as Summary);
      });
    });
  }
  return { spans, samples, readings };
}

export function packRollup({ spans, samples, readings }: Rollup): Uint8Array<ArrayBuffer> {
  const columns = readings.flatMap((summaries) => {
    const rows = summaries.map((summary, i) => parts(summary, samples[i] as number));
    return [0, 1, 2, 3].map((part) => rows.map((row) => row[part] ?? null));
  });
  return packBlock(spans, [samples, ...columns]);
}

/** A packed rollup, of which each reading can be opened without the others. */
export class PackedRollup {
  readonly #block: PackedBlock;
  readonly spans: number[];
  readonly samples: number[];

  constructor(bytes: Uint8Array) {
    this.#block = new PackedBlock(bytes);
    this.spans = this.#block.times();
    this.samples = this.#block.column(0) as number[];
  }

  /** Summaries of the reading at `index`, by span. */
  reading(index: number): Summary[] {
    const [missing, min, spread, excess] = [1, 2, 3, 4].map((part) => this.#block.column(index * 4 + part));
    return this.samples.map((samples, i) =>
      whole(samples, missing?.[i] ?? 0, min?.[i] ?? 0, spread?.[i] ?? 0, excess?.[i] ?? 0),
    );
  }
}

/** In the form that packs best: mostly small, mostly equal. */
function parts({ count, min, max, sum }: Summary, samples: number): [number, ...(number | null)[]] {
  if (count === 0) return [samples, null, null, null];
  return [samples - count, min, max - min, sum - min * count];
}

function whole(samples: number, missing: number, min: number, spread: number, excess: number): Summary {
  const count = samples - missing;
  return count === 0 ? emptySummary() : { count, min, max: min + spread, sum: min * count + excess };
}
