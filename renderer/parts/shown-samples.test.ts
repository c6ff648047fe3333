import { expect, test } from 'vitest';
import type { Sample } from '../../main/contract/samples.ts';
import { sourceOf } from './shown-samples.tsx';

const sample = (kind: Sample['kind'], data: object): Sample => ({
  kind,
  collected_at: '2026-11-29T06:00:00.000Z',
  data: { clock: { boot_id: null, uptime_seconds: null }, problems: {}, ...data },
});

test('what a chart says comes from the sample that carries it; at the cursor of a live host from one of then', () => {
  const fast = sample('fast', { load: { one: 1, five: 1, fifteen: 1, running: null, tasks: null } });
  const medium = sample('medium', { zfs: { pools: [{ name: 'rpool' }, { name: 'tank' }] } });
  const all = [fast, medium, null];
  const then = Date.parse('2026-11-29T05:59:00.000Z');
  expect([
    sourceOf(all, 'load.1', null),
    sourceOf(all, 'pool:tank.used_percent', null),
    sourceOf(all, 'load.1', then),
    sourceOf(all, 'pool:gone.used_percent', null),
    sourceOf(all, 'process.cpu', null),
    sourceOf([], 'load.1', null),
  ]).toEqual([
    { path: ['load', 'one'], sample: { kind: 'fast', collected_at: fast.collected_at } },
    { path: ['zfs', 'pools', 1, 'used_percent'], sample: { kind: 'medium', collected_at: medium.collected_at } },
    { path: ['load', 'one'], sample: { kind: 'fast', collected_at: '2026-11-29T05:59:00.000Z' } },
    null,
    null,
    null,
  ]);
});
