import type { Gap, Series } from '../../main/contract/history.ts';
import { countBefore } from '../../main/domain/present/count-before.ts';
import type { Span } from './range.ts';

/** A name of the console's history: `cpu.busy`. */
export type ChartReading = string;

/** One instant of a chart: values by reading, and the least and most of a bucket as `reading:band`. */
export interface Point {
  readonly at: number;
  readonly values: Readonly<Record<ChartReading, number | null>>;
  readonly bands: Readonly<Record<ChartReading, readonly [min: number, max: number] | null>>;
  /** Of one process, live: whether the sample lists it. */
  readonly listed?: boolean;
}

/** A stretch without samples, with its cause where the console knows it. */
export interface Hole extends Span {
  readonly gap: Gap | null;
  /** There are samples, but their lists have not the process that is followed. */
  readonly unlisted?: true;
  /** Then: because it had not started, or had ended. */
  readonly life?: 'before' | 'after';
}

export interface ChartData {
  readonly points: readonly Point[];
  readonly holes: readonly Hole[];
  /** Distance of buckets; zero where points are samples themselves. */
  readonly stepMs: number;
  /** What lies further apart was not one line. */
  readonly unbrokenMs: number;
}

/** Three rounds of the slow pace of fast samples. */
const fastUnbrokenMs = 95_000;

export const noData: ChartData = { points: [], holes: [], stepMs: 0, unbrokenMs: fastUnbrokenMs };

function seriesPoints(series: Series): Point[] {
  return series.times.map((at, index) => {
    const values: Record<ChartReading, number | null> = {};
    const bands: Record<ChartReading, readonly [number, number] | null> = {};
    for (const [reading, column] of Object.entries(series.readings)) {
      values[reading] = column.mean[index] ?? null;
      const min = column.min[index] ?? null;
      const max = column.max[index] ?? null;
      bands[reading] = min === null || max === null ? null : [min, max];
    }
    return { at, values, bands };
  });
}

function covering(gaps: readonly Gap[], span: Span): Gap | null {
  return gaps.find((gap) => gap.from < span.to && gap.to > span.from) ?? null;
}

/**
 * What a chart draws: history, then the live samples that are newer than it, with a point of no values inside each
 * hole so that no line crosses it. Holes come from the console's gaps and from distances that no pace explains.
 */
export function shapeChart(
  series: Series | null,
  tail: readonly Point[],
  span: Span,
  unbrokenMs = fastUnbrokenMs,
): ChartData {
  const history = series === null ? [] : seriesPoints(series);
  const newest = history.at(-1)?.at ?? Number.NEGATIVE_INFINITY;
  const stepMs = series?.stepMs ?? 0;
  const known = [...history, ...tail.filter(({ at }) => at > newest + stepMs / 2)].filter(
    ({ at }) => at >= span.from - stepMs && at <= span.to,
  );
  const gaps = series?.gaps ?? [];
  const broken = Math.max(unbrokenMs, 3 * stepMs);
  const points: Point[] = [];
  const holes: Hole[] = [];
  for (const point of known) {
    const before = points.at(-1);
    const from = before === undefined ? span.from : before.at + stepMs;
    const between = { from, to: point.at };
    const cause = gaps.find((gap) => gap.from >= from - stepMs && gap.to <= point.at + stepMs) ?? null;
    if (cause !== null || point.at - from > broken) {
      const hole = cause === null ? between : { from: Math.max(from, cause.from), to: Math.min(point.at, cause.to) };
      if (hole.to > hole.from) {
        if (before !== undefined) points.push({ at: (hole.from + hole.to) / 2, values: {}, bands: {} });
        holes.push({ ...hole, gap: cause ?? covering(gaps, between) });
      }
    }
    points.push(point);
  }
  const last = points.at(-1);
  const open = last === undefined ? span.from : last.at + stepMs;
  const trailing = gaps.find((gap) => gap.to > open && gap.from < span.to && gap.to - Math.max(gap.from, open) > 0);
  if (trailing !== undefined) {
    holes.push({ from: Math.max(open, trailing.from), to: Math.min(span.to, trailing.to), gap: trailing });
  } else if (span.to - open > broken) {
    holes.push({ from: open, to: span.to, gap: null });
  }
  return { points, holes, stepMs, unbrokenMs };
}

/** The point whose bucket holds an instant, or the sample last before it within the pace of samples; null in a hole. */
export function pointAt(data: ChartData, at: number): Point | null {
  const point = data.points[countBefore(data.points.length, (index) => (data.points[index]?.at ?? 0) <= at) - 1];
  if (point === undefined || at - point.at > Math.max(data.unbrokenMs, data.stepMs)) return null;
  return holeAt(data, at) !== null || Object.keys(point.values).length === 0 ? null : point;
}

/** The least and the most that a line or its band reaches; null where it has no point. */
export function reachOf({ points }: ChartData, reading: ChartReading): readonly [least: number, most: number] | null {
  let least = Number.POSITIVE_INFINITY;
  let most = Number.NEGATIVE_INFINITY;
  for (const { values, bands } of points) {
    const value = values[reading] ?? null;
    const [low, high] = bands[reading] ?? [value, value];
    if (low !== null) least = Math.min(least, low);
    if (high !== null) most = Math.max(most, high);
  }
  return most === Number.NEGATIVE_INFINITY ? null : [least, most];
}

/** The same chart at a later time: what was a day ago, drawn where today is. */
export function laterBy(data: ChartData, ms: number): ChartData {
  if (ms === 0) return data;
  return {
    ...data,
    points: data.points.map((point) => ({ ...point, at: point.at + ms })),
    holes: data.holes.map((hole) => ({ ...hole, from: hole.from + ms, to: hole.to + ms })),
  };
}

export function holeAt(data: ChartData, at: number): Hole | null {
  return data.holes.find((hole) => at >= hole.from && at < hole.to) ?? null;
}

const tickSteps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400];

/**
 * About `count` instants at round local times, and how far apart they are.
 * @param roomMs so close to the span's end a label would be cut: there is none
 */
export function timeTicks(
  span: Span,
  count: number,
  zoneMinutes: number,
  roomMs = 0,
): { ticks: number[]; stepMs: number } {
  const wanted = (span.to - span.from) / Math.max(1, count) / 1000;
  const days = Math.max(1, Math.ceil(wanted / 86_400));
  const stepMs = (tickSteps.find((step) => step >= wanted) ?? days * 86_400) * 1000;
  const zone = zoneMinutes * 60_000;
  const ticks: number[] = [];
  for (let at = Math.ceil((span.from + zone) / stepMs) * stepMs - zone; at <= span.to - roomMs; at += stepMs) {
    ticks.push(at);
  }
  return { ticks, stepMs };
}

/** The top of an axis that begins at zero: the least round number above all values. */
export function niceTop(most: number, least = 1): number {
  const value = Math.max(most, least);
  const unit = 10 ** Math.floor(Math.log10(value));
  const factor = [1, 1.5, 2, 3, 4, 5, 6, 8, 10].find((step) => step * unit >= value) ?? 10;
  return factor * unit;
}
