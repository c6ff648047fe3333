import type { Gap, Series } from '../../contract/history.ts';
import { addSummary, addValue, emptySummary, type Summary } from './summary.ts';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;

/**
 * The width of a bucket in milliseconds, so that a span of time is shown by at most `points` of them: whole seconds,
 * whole minutes from a minute on, whole hours from half an hour on, so that rollups fit into buckets without a rest. It
 * depends on the length of the span only: a chart that moves on keeps its buckets.
 */
export function stepFor(from: number, to: number, points: number): number {
  // Whole buckets: one more than fit may be touched.
  const least = Math.max(second, (to - from) / (points - 1));
  const unit = least <= minute ? second : least <= hour / 2 ? minute : hour;
  return Math.ceil(least / unit) * unit;
}

/** Gathers values and summaries into the buckets of one answer. */
export class SeriesBuilder {
  readonly stepMs: number;
  /** The whole buckets that hold the span: from, and not to. */
  readonly start: number;
  readonly end: number;
  readonly #names: readonly string[];
  readonly #scales: readonly number[];
  /** By bucket, then by reading; a bucket without a sample is not there. */
  readonly #buckets = new Map<number, Summary[]>();

  constructor(
    span: { from: number; to: number; points: number },
    readings: readonly { name: string; scale: number }[],
  ) {
    this.stepMs = stepFor(span.from, span.to, span.points);
    this.start = Math.floor(span.from / this.stepMs) * this.stepMs;
    this.end = Math.ceil(span.to / this.stepMs) * this.stepMs;
    this.#names = readings.map((reading) => reading.name);
    this.#scales = readings.map((reading) => reading.scale);
  }

  /** The bucket in which an instant lies; null outside of the answer. */
  bucketAt(time: number): number | null {
    return time >= this.start && time < this.end ? Math.floor(time / this.stepMs) : null;
  }

  /** Says that a bucket has a sample, whether or not its readings are known. */
  touch(bucket: number): void {
    if (!this.#buckets.has(bucket)) this.#buckets.set(bucket, this.#names.map(emptySummary));
  }

  /** Adds one scaled value of the reading at `index` in the request. */
  add(bucket: number, index: number, value: number | null): void {
    this.touch(bucket);
    addValue((this.#buckets.get(bucket) as Summary[])[index] as Summary, value);
  }

  addSummary(bucket: number, index: number, part: Summary): void {
    this.touch(bucket);
    addSummary((this.#buckets.get(bucket) as Summary[])[index] as Summary, part);
  }

  finish(gaps: Gap[]): Series {
    const buckets = [...this.#buckets].sort(([a], [b]) => a - b);
    const readings = this.#names.map((name, index) => {
      const scale = this.#scales[index] as number;
      const column = (pick: (summary: Summary) => number) =>
        buckets.map(([, summaries]) => {
          const summary = summaries[index] as Summary;
          return summary.count === 0 ? null : pick(summary) / scale;
        });
      return [name, { mean: column((s) => s.sum / s.count), min: column((s) => s.min), max: column((s) => s.max) }];
    });
    return {
      stepMs: this.stepMs,
      times: buckets.map(([bucket]) => bucket * this.stepMs),
      readings: Object.fromEntries(readings),
      gaps,
    };
  }
}
