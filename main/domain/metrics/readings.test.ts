import { expect, test } from 'vitest';
import type { Sample } from '../../contract/samples.ts';
import { readingInfo, readingsOf } from './readings.ts';

test('every reading that a sample may carry is known by its name, others are not', () => {
  const sample: Sample = {
    kind: 'fast',
    collected_at: '2026-04-22T12:00:00.000Z',
    data: {
      clock: { boot_id: null, uptime_seconds: null },
      cpu: { total: null, cores: [{ id: 7, share: null }] },
      memory: null,
      load: null,
      processes: null,
      filesystems: {
        list: [
          {
            ...{ device: 'tank', type: 'zfs', mount: '/srv.used_bytes', size_bytes: 1 },
            ...{ used_bytes: 1, available_bytes: 0, used_percent: 100 },
          },
        ],
      },
      problems: {},
    },
  };
  const bytes = { unit: 'bytes', scale: 1 / 1024 };
  const percent = { unit: 'percent', scale: 100 };
  const load = { unit: 'load', scale: 100 };
  expect(Object.fromEntries([...readingsOf(sample).keys()].map((name) => [name, readingInfo(name)]))).toEqual({
    'clock.uptime': { unit: 'seconds', scale: 100 },
    ...{ 'cpu.busy': percent, 'cpu.user': percent, 'cpu.system': percent, 'cpu.iowait': percent },
    ...{ 'cpu.steal': percent, 'cpu.core.7.busy': percent },
    ...{ 'memory.used': bytes, 'memory.available': bytes, 'memory.cached': bytes, 'memory.total': bytes },
    ...{ 'memory.arc': bytes, 'swap.used': bytes, 'swap.total': bytes },
    ...{ 'load.1': load, 'load.5': load, 'load.15': load },
    'processes.count': { unit: 'count', scale: 1 },
    ...{ 'fs:/srv.used_bytes.used_percent': percent, 'fs:/srv.used_bytes.used_bytes': bytes },
    'fs:/srv.used_bytes.size_bytes': bytes,
  });
  const others = [
    '',
    '__proto__',
    'cpu',
    'cpu.core.x.busy',
    'cpu.busy ',
    'load.2',
    'memory.used.x',
    'fs:/',
    'fs:/.free',
  ];
  expect(others.map(readingInfo)).toEqual(others.map(() => null));
});
