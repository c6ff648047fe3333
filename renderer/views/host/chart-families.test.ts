import { expect, test } from 'vitest';
import type { Sample, SampleData } from '../../../main/contract/samples.ts';
import { livePoint } from '../../state/live-point.ts';
import { axisTop, chartFamilies, shapeOf } from './chart-families.ts';

const clock = { boot_id: null, uptime_seconds: 1 };

function sample(kind: Sample['kind'], data: Partial<SampleData>): Sample {
  return { kind, collected_at: '2026-11-28T00:00:00.000Z', data: { clock, problems: {}, ...data } };
}

const fan = (id: string, chip: string, label: string, rpm: number | null) => ({ id, chip, label, rpm });

test('a host has the charts that it tells of, each with its readings', () => {
  const fans = [fan('a/fan1', 'nct6775', 'fan1', 1200), fan('b/fan1', 'amdgpu', 'fan1', null)];
  const fast = sample('fast', { pressure: null, sensors: { temperatures: [], fans } });
  const medium = sample('medium', { wall_clock: { offset_seconds: -3, uncertainty_seconds: 0.3 } });
  const all = chartFamilies(shapeOf(fast, fast, medium));
  expect(all.map(({ id, lines }) => [id, ...lines.map(({ reading, name }) => `${reading} ${name}`)])).toEqual([
    ['cpu', 'cpu.busy busy', 'cpu.iowait iowait', 'cpu.steal steal'],
    ['memory', 'memory.used used', 'swap.used swap'],
    ['load', 'load.1 1 min'],
    ['fans', 'fan:a/fan1 nct6775 fan1', 'fan:b/fan1 amdgpu fan1'],
    ['clock', 'clock.offset offset'],
  ]);
  const bare = chartFamilies(shapeOf(fast, null, sample('medium', { wall_clock: null })));
  expect(bare.map(({ id }) => id)).toEqual(['cpu', 'memory', 'load']);
  const { values } = livePoint(fast);
  expect([values['fan:a/fan1'], values['fan:b/fan1']]).toEqual([1200, null]);
});

test('an axis of bytes ends at a round number of them, whose half is another', () => {
  const data = (bytes: number) => ({
    ...{ holes: [], stepMs: 0, unbrokenMs: 0, points: [{ at: 0, values: { read: bytes }, bands: {} }] },
  });
  const lines = [{ reading: 'read', name: 'read', tone: 'busy' as const }];
  const tops = [0, 1.5, 700, 3000].map((bytes) => axisTop({ top: 'bytes', lines }, [data(bytes)], null));
  expect(tops).toEqual([2, 2, 800, 3072]);
});

test('an axis that has a sign reaches as far below zero as above it', () => {
  const shape = shapeOf(null, null, sample('medium', { wall_clock: { offset_seconds: 0, uncertainty_seconds: 0 } }));
  const family = chartFamilies(shape).find(({ id }) => id === 'clock');
  const data = (...offsets: (number | null)[]) => ({
    ...{ holes: [], stepMs: 0, unbrokenMs: 0 },
    points: offsets.map((offset, at) => ({ at, values: { 'clock.offset': offset }, bands: {} })),
  });
  const tops = [[data(-190, 2)], [data(0.02)], [data(2), data(-7.2)], [data(null)], []].map(
    (shown) => family && axisTop(family, shown, null),
  );
  expect(tops).toEqual([200, 1, 8, null, null]);
});
