import { describe, expect, test } from 'vitest';
import type { Gap, Series } from '../../main/contract/history.ts';
import {
  type ChartData,
  holeAt,
  laterBy,
  niceTop,
  type Point,
  pointAt,
  reachOf,
  shapeChart,
  timeTicks,
} from './chart-data.ts';

const second = 1000;
const span = { from: 0, to: 1000 * second };

function series(times: number[], stepMs: number, gaps: Gap[] = []): Series {
  const mean = times.map((at) => at / second);
  return {
    stepMs,
    times,
    gaps,
    readings: { 'cpu.busy': { mean, min: mean.map((v) => v - 1), max: mean.map((v) => v + 1) } },
  };
}

function live(at: number): Point {
  return { at, values: { 'cpu.busy': 1 }, bands: {} };
}

function outline({ points, holes }: ChartData) {
  return {
    points: points.map(({ at, values }) => (Object.keys(values).length === 0 ? `break ${at / second}` : at / second)),
    holes: holes.map(({ from, to, gap }) => [from / second, to / second, gap?.cause ?? null]),
  };
}

describe('shapeChart', () => {
  test('history and the live samples after it are one line', () => {
    const data = shapeChart(series([0, 30 * second], 30 * second), [live(30 * second), live(50 * second)], {
      from: 0,
      to: 60 * second,
    });
    expect(outline(data)).toEqual({ points: [0, 30, 50], holes: [] });
    expect(data.points[0]?.bands).toEqual({ 'cpu.busy': [-1, 1] });
  });

  test('what comes with slower rounds is one line at their pace', () => {
    const slow = series([0, 300 * second, 1000 * second], second);
    const fast = shapeChart(slow, [], span);
    const medium = shapeChart(slow, [], span, 905 * second);
    expect([fast, medium].map((data) => data.holes.length)).toEqual([2, 0]);
    expect([fast, medium].map((data) => pointAt(data, 290 * second)?.at ?? null)).toEqual([null, 0]);
  });

  test('a gap breaks the line and keeps its cause', () => {
    const gap: Gap = { from: 100 * second, to: 300 * second, cause: 'asleep', detail: 'The lid was closed.' };
    const data = shapeChart(
      series(
        [60, 90, 300, 330].map((s) => s * second),
        10 * second,
        [gap],
      ),
      [],
      {
        from: 0,
        to: 340 * second,
      },
    );
    expect(outline(data)).toEqual({ points: [60, 90, 'break 200', 300, 330], holes: [[100, 300, 'asleep']] });
    expect([holeAt(data, 150 * second)?.gap?.detail, holeAt(data, 310 * second)]).toEqual([
      'The lid was closed.',
      null,
    ]);
  });

  test('a distance that no pace explains is a hole without a cause', () => {
    const data = shapeChart(
      series(
        [200, 210, 500].map((s) => s * second),
        10 * second,
      ),
      [],
      span,
    );
    expect(outline(data)).toEqual({
      points: [200, 210, 'break 360', 500],
      holes: [
        [0, 200, null],
        [220, 500, null],
        [510, 1000, null],
      ],
    });
  });

  test('the changed pace of a host that is no longer looked at is not a hole', () => {
    const data = shapeChart(
      series(
        [0, 2, 4, 34, 64].map((s) => s * second),
        2 * second,
      ),
      [],
      {
        from: 0,
        to: 70 * second,
      },
    );
    expect(outline(data)).toEqual({ points: [0, 2, 4, 34, 64], holes: [] });
  });

  test('nothing at all is one hole', () => {
    expect(outline(shapeChart(null, [], span))).toEqual({ points: [], holes: [[0, 1000, null]] });
  });

  test('a gap that has not ended reaches the edge', () => {
    const gap: Gap = { from: 110 * second, to: 900 * second, cause: 'unreachable', detail: '' };
    expect(outline(shapeChart(series([100 * second], 10 * second, [gap]), [], span)).holes).toEqual([
      [0, 100, null],
      [110, 900, 'unreachable'],
    ]);
  });
});

test('the value under the cursor is the last before it, and none inside a hole', () => {
  const data = shapeChart(
    series(
      [0, 30, 400].map((s) => s * second),
      10 * second,
    ),
    [],
    { from: 0, to: 410 * second },
  );
  const at = (s: number) => pointAt(data, s * second)?.at ?? null;
  expect([at(-1), at(0), at(29), at(35), at(200), at(405)]).toEqual([null, 0, 0, 30_000, null, 400_000]);
});

test('ticks stand at round local times', () => {
  const hour = 3600 * second;
  expect([
    timeTicks({ from: 0, to: 15 * 60 * second }, 5, 0),
    timeTicks({ from: 0, to: 24 * hour }, 4, 330),
    timeTicks({ from: 0, to: 30 * 24 * hour }, 5, 0).stepMs / hour,
  ]).toEqual([
    { ticks: [0, 300, 600, 900].map((s) => s * second), stepMs: 300 * second },
    { ticks: [0.5, 6.5, 12.5, 18.5].map((h) => h * hour), stepMs: 6 * hour },
    144,
  ]);
});

test('a time whose label would be cut at the end of the axis is not told', () => {
  const span15 = { from: 0, to: 15 * 60 * second };
  expect([0, 1, 301].map((room) => timeTicks(span15, 5, 0, room * second).ticks.length)).toEqual([4, 3, 2]);
});

test('the top of an axis is round', () => {
  expect([0, 0.4, 1, 1.2, 3.7, 95, 101].map((most) => niceTop(most))).toEqual([1, 1, 1, 1.5, 4, 100, 150]);
});

test('an earlier period is drawn where today is, its holes too', () => {
  const data = shapeChart(series([10 * second, 500 * second], 10 * second), [], { from: 0, to: 500 * second });
  const moved = laterBy(data, 60 * second);
  expect([outline(moved), moved.points[0]?.values, laterBy(data, 0) === data]).toEqual([
    { points: [70, 'break 320', 560], holes: [[80, 560, null]] },
    { 'cpu.busy': 10 },
    true,
  ]);
});

test('a line reaches as far as its band', () => {
  const data = shapeChart(series([10 * second, 20 * second], 10 * second), [], { from: 0, to: 20 * second });
  expect([reachOf(data, 'cpu.busy'), reachOf(data, 'cpu.steal')]).toEqual([[9, 21], null]);
});
