import { expect, test } from 'vitest';
import type { Sample } from '../../contract/samples.ts';
import { readingInfo } from './reading-units.ts';
import { readingsOf } from './readings.ts';

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
    'net:eth0',
    'disk:sda.queue',
    'constructor:x',
    'pressure.cpu.full',
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

const traffic = {
  ...{ rx_bytes_per_second: 16, tx_bytes_per_second: 32, rx_packets_per_second: 1, tx_packets_per_second: 1 },
  ...{ rx_errors_per_second: 0.5, tx_errors_per_second: 0, rx_drops_per_second: 2, tx_drops_per_second: 0 },
};
const stall = (stalled_percent: number) => ({
  stalled_percent,
  ...{ avg10_percent: 0, avg60_percent: 0, avg300_percent: 0 },
});
const eth0 = {
  name: 'eth0',
  kind: 'physical',
  counted: true,
  up: true,
  speed_bits_per_second: null,
  ...traffic,
} as const;
const sda = {
  ...{ name: 'sda', read_bytes_per_second: 64, write_bytes_per_second: 0, reads_per_second: 1, writes_per_second: 0 },
  ...{ busy_percent: 12.5, read_latency_ms: 0.25, write_latency_ms: null, queue_depth: 0 },
};
const devices: Sample = {
  kind: 'fast',
  collected_at: '2026-04-22T12:00:00.000Z',
  data: {
    clock: { boot_id: null, uptime_seconds: 1 },
    pressure: {
      cpu: { some: stall(1), full: stall(9) },
      memory: { some: stall(2), full: stall(3) },
      io: null,
      irq: null,
    },
    network: { total: traffic, interfaces: [eth0, { ...eth0, name: 'veth1', kind: 'virtual', counted: false }] },
    disks: { total: { read_bytes_per_second: 64, write_bytes_per_second: 0 }, list: [sda] },
    sensors: {
      temperatures: [
        {
          id: 'nvme/0000:01:00.0/temp1',
          chip: 'nvme',
          label: 'Composite',
          celsius: 41.5,
          high_celsius: null,
          critical_celsius: 80,
        },
      ],
      fans: [{ id: 'nct6775/fan1', chip: 'nct6775', label: 'fan1', rpm: 812 }],
    },
    cost: { cpu_ms: 5.25, round_ms: 10, bytes: 9876 },
    wall_clock: { offset_seconds: -1.5, uncertainty_seconds: 0.3 },
    problems: {},
  },
};

test('devices have readings of all of them together, and of each', () => {
  const rate = { unit: 'bytes_per_second', scale: 1 / 16 };
  const percent = { unit: 'percent', scale: 100 };
  const ms = { unit: 'milliseconds', scale: 100 };
  expect([...readingsOf(devices)].map(([name, value]) => [name, value, readingInfo(name)])).toEqual([
    ['clock.uptime', 1, { unit: 'seconds', scale: 100 }],
    ['pressure.cpu.some', 1, percent],
    ['pressure.memory.some', 2, percent],
    ['pressure.memory.full', 3, percent],
    ['pressure.io.some', null, percent],
    ['pressure.io.full', null, percent],
    ['net.rx', 16, rate],
    ['net.tx', 32, rate],
    ['net.errors', 2.5, { unit: 'per_second', scale: 100 }],
    ['disk.read', 64, rate],
    ['disk.write', 0, rate],
    ['cost.cpu', 5.25, ms],
    ['cost.bytes', 9876, { unit: 'bytes', scale: 1 }],
    ['clock.offset', -1.5, { unit: 'seconds', scale: 100 }],
    ['net:eth0.rx', 16, rate],
    ['net:eth0.tx', 32, rate],
    ['disk:sda.read', 64, rate],
    ['disk:sda.write', 0, rate],
    ['disk:sda.busy', 12.5, percent],
    ['disk:sda.read_latency', 0.25, ms],
    ['disk:sda.write_latency', null, ms],
    ['temp:nvme/0000:01:00.0/temp1', 41.5, { unit: 'celsius', scale: 10 }],
    ['fan:nct6775/fan1', 812, { unit: 'rpm', scale: 1 }],
  ]);
});

test('errors of which a part is unknown are unknown, and names that cannot be asked for are left out', () => {
  const total = { ...traffic, tx_drops_per_second: null };
  const interfaces = [
    { ...eth0, name: 'x'.repeat(193) },
    { ...eth0, name: 'x'.repeat(194) },
  ];
  const readings = readingsOf({ ...devices, data: { ...devices.data, network: { total, interfaces } } });
  expect(readings.get('net.errors')).toBeNull();
  expect([...readings.keys()].filter((name) => name.startsWith('net:')).map((name) => name.length)).toEqual([200, 200]);
});
