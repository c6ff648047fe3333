import { expect, test } from 'vitest';
import type { FleetChange, Glance } from '../../contract/hosts.ts';
import { packGlance, unpackGlances } from './packed-glance.ts';

const glance: Glance = {
  ...{ at: 1_000_000, cpu_percent: 12.35, memory_percent: null, load: 0.25, uptime_seconds: 100 },
  problems: {},
};
const failed: Glance = { ...glance, problems: { memory: { status: 'absent', reason: 'no such file' } } };

test('glances come back whole, each to the host of its place', () => {
  const packed = [packGlance(1, glance, 1_000_350), packGlance(0, failed, 1_000_350), packGlance(2, glance, 1_000_350)];
  const hosts = [{ id: 'a', cadenceSeconds: 2 }];
  const change: FleetChange = { now: 1_000_350, order: null, hosts, glances: packed, warnings: null };
  const { problems } = failed;
  expect({
    packed,
    // A place beyond the hosts is nobody's.
    kept: unpackGlances(change, ['a', 'b']),
    reordered: unpackGlances({ ...change, order: ['c', 'b', 'a'] }, ['a', 'b']).hosts.map(({ id }) => id),
  }).toEqual({
    packed: [
      [1, 350, 12.35, null, 0.25, 100],
      [0, 350, 12.35, null, 0.25, 100, problems],
      [2, 350, 12.35, null, 0.25, 100],
    ],
    kept: {
      now: 1_000_350,
      order: null,
      hosts: [...hosts, { id: 'b', glance }, { id: 'a', glance: failed }],
      warnings: null,
    },
    reordered: ['a', 'b', 'c', 'a'],
  });
});
