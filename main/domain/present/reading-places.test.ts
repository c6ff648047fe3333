import { expect, test } from 'vitest';
import type { SampleData } from '../../contract/samples.ts';
import { readingsOf } from '../metrics/readings.ts';
import { valueAt } from '../provenance/reading-path.ts';
import { placeOfReading } from './reading-places.ts';

/** As much of a sample as charts draw, each value another one. */
const data = {
  clock: { boot_id: null, uptime_seconds: 1 },
  cpu: {
    total: { busy_percent: 2, iowait_percent: 3, steal_percent: 4 },
    cores: [{ id: 7, share: { busy_percent: 25 } }],
  },
  memory: { used_bytes: 5, swap: { used_bytes: 6 } },
  load: { one: 7 },
  pressure: Object.fromEntries(['cpu', 'memory', 'io'].map((id, at) => [id, { some: { stalled_percent: 8 + at } }])),
  network: { total: { rx_bytes_per_second: 11, tx_bytes_per_second: 12 }, interfaces: [] },
  disks: {
    total: { read_bytes_per_second: 13, write_bytes_per_second: 14 },
    list: [
      { name: 'sda', busy_percent: 15 },
      { name: 'sd.busy', busy_percent: 16 },
    ],
  },
  sensors: { temperatures: [{ id: 'a:b', celsius: 17 }], fans: [{ id: 'f', rpm: 18 }] },
  cost: { cpu_ms: 19 },
  wall_clock: { offset_seconds: 20 },
  zfs: { pools: [{ name: 'rpool' }, { name: 'tank', used_percent: 21 }] },
  proxmox: { guests: [{ vmid: 100, cpu_percent: 22, memory_bytes: 23 }] },
  gpus: { list: [{ id: '0000:01:00.0', busy_percent: 24 }] },
  problems: {},
} as unknown as SampleData;

test('a reading that charts draw stands where its place says', () => {
  const readings = readingsOf({ kind: 'fast', collected_at: '', data });
  const placed = [...readings].flatMap(([name, value]) => {
    const path = placeOfReading(name, data);
    return path === null || value === null ? [] : [[name, value, valueAt(data, path)] as const];
  });
  expect(placed.map(([, value]) => value).sort((a, b) => a - b)).toEqual(Array.from({ length: 24 }, (_, at) => at + 2));
  expect(placed.filter(([, value, found]) => value !== found)).toEqual([]);
});

test.each(['cpu.core.0.busy', 'disk:sdb.busy', 'pool:tank', 'constructor', 'constructor:x', 'fs:/.used_percent', ''])(
  '%j has none',
  (name) => {
    expect(placeOfReading(name, data)).toBeNull();
  },
);
