import type { Series } from '../../contract/history.ts';
import type { Sample } from '../../contract/samples.ts';
import { readingInfo } from '../../domain/metrics/reading-units.ts';
import { readingsOf } from '../../domain/metrics/readings.ts';
import { stepFor } from '../../domain/metrics/series-builder.ts';

/** The answer as the contract describes it, from the samples themselves. */
export function naive(
  samples: readonly Sample[],
  request: { readings: string[]; from: number; to: number; points: number },
): Series {
  const stepMs = stepFor(request.from, request.to, request.points);
  const [first, last] = [Math.floor(request.from / stepMs), Math.ceil(request.to / stepMs)];
  const buckets = new Map<number, Map<string, number | null>[]>();
  for (const sample of samples) {
    const bucket = Math.floor(Date.parse(sample.collected_at) / stepMs);
    const readings = readingsOf(sample);
    if (bucket < first || bucket >= last || !request.readings.some((name) => readings.has(name))) continue;
    buckets.set(bucket, [...(buckets.get(bucket) ?? []), readings]);
  }
  const order = [...buckets.keys()].sort((a, b) => a - b);
  const column = (name: string, pick: (values: number[]) => number) =>
    order.map((bucket) => {
      const { scale } = readingInfo(name) ?? { scale: 1 };
      const values = (buckets.get(bucket) ?? []).flatMap((readings) => readings.get(name) ?? []);
      return values.length === 0 ? null : pick(values.map((value) => Math.round(value * scale))) / scale;
    });
  return {
    stepMs,
    times: order.map((bucket) => bucket * stepMs),
    readings: Object.fromEntries(
      request.readings.map((name) => [
        name,
        {
          mean: column(name, (values) => values.reduce((sum, value) => sum + value, 0) / values.length),
          min: column(name, (values) => Math.min(...values)),
          max: column(name, (values) => Math.max(...values)),
        },
      ]),
    ),
    gaps: [],
  };
}

export const readings = ['cpu.busy', 'cpu.core.1.busy', 'memory.used', 'memory.arc', 'clock.uptime'];
