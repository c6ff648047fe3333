import { expect, test } from 'vitest';
import type { Disk, NetworkInterface, Temperature, Traffic } from '../../contract/devices.ts';
import {
  busiestDisk,
  chartedTemperatures,
  hottest,
  linkUsePercent,
  stalledPercent,
  temperatureLevel,
  temperatureWord,
  trafficFaults,
} from './devices.ts';

function temperature(chip: string, celsius: number | null, more: Partial<Temperature> = {}): Temperature {
  return { id: `${chip}/${celsius}`, chip, label: chip, celsius, high_celsius: null, critical_celsius: null, ...more };
}

function disk(name: string, busy_percent: number | null): Disk {
  const unknown = { read_latency_ms: null, write_latency_ms: null, queue_depth: null };
  const rates = { read_bytes_per_second: 0, write_bytes_per_second: 0, reads_per_second: 0, writes_per_second: 0 };
  return { name, ...rates, busy_percent, ...unknown };
}

const noTraffic: Traffic = {
  rx_bytes_per_second: null,
  tx_bytes_per_second: null,
  rx_packets_per_second: null,
  tx_packets_per_second: null,
  rx_errors_per_second: null,
  tx_errors_per_second: null,
  rx_drops_per_second: null,
  tx_drops_per_second: null,
};

test('pressure is that of the last round, and in a first sample what the kernel averages', () => {
  const stall = { avg10_percent: 7, avg60_percent: 1, avg300_percent: 0 };
  const pressure = {
    cpu: { some: { ...stall, stalled_percent: 3 }, full: null },
    memory: { some: { ...stall, stalled_percent: null }, full: null },
    io: null,
    irq: { some: null, full: { ...stall, stalled_percent: 0 } },
  };
  expect((['cpu', 'memory', 'io', 'irq'] as const).map((resource) => stalledPercent(pressure, resource))).toEqual([
    3,
    7,
    null,
    0,
  ]);
  expect(stalledPercent(null, 'cpu')).toBe(null);
});

test('a sensor is judged by its own limits, and by ours where it has none', () => {
  const rows: [number | null, number | null, number | null, string][] = [
    [80, null, null, 'hot'],
    [95, null, null, 'critical'],
    [80, 84, 100, 'normal'],
    [84, 84, 100, 'hot'],
    [100, 84, 100, 'critical'],
    [99, null, 100, 'normal'],
    [null, 84, 100, 'unknown'],
  ];
  expect(
    rows.map(([celsius, high, critical]) => {
      const limits = { high_celsius: high, critical_celsius: critical };
      return [celsius, high, critical, temperatureWord(temperature('x', celsius, limits))];
    }),
  ).toEqual(rows);
  expect(temperatureLevel(temperature('x', null))).toBe(null);
});

test('what asks for attention stands out, and the unknown never does', () => {
  const near = temperature('nvme', 71, { high_celsius: 70 });
  expect([
    hottest([temperature('cpu', 74), near, temperature('pch', null)])?.chip,
    hottest([temperature('pch', null)]),
    busiestDisk([disk('sda', null), disk('sdb', 3), disk('sdc', 97)])?.name,
    busiestDisk([disk('sda', null)]),
  ]).toEqual(['nvme', null, 'sdc', null]);
});

test('a link is as busy as its busier direction', () => {
  const link = (more: Partial<NetworkInterface>): NetworkInterface => {
    return {
      ...noTraffic,
      name: 'eth0',
      kind: 'physical',
      counted: true,
      up: true,
      speed_bits_per_second: 1e9,
      ...more,
    };
  };
  const rates = { rx_bytes_per_second: 1e6, tx_bytes_per_second: 62.5e6 };
  expect([
    linkUsePercent(link(rates)),
    linkUsePercent(link({ ...rates, speed_bits_per_second: null })),
    linkUsePercent(link({})),
    trafficFaults(noTraffic),
    trafficFaults({ ...noTraffic, rx_drops_per_second: 2, tx_errors_per_second: 0.5 }),
  ]).toEqual([50, null, null, null, 2.5]);
});

test('a chart of temperatures has every chip before it has a second sensor of one', () => {
  const list = ['coretemp', 'coretemp', 'coretemp', 'nvme', 'pch'].map((chip, at) => temperature(chip, 40 + at));
  expect([2, 3, 4].map((most) => chartedTemperatures(list, most).map(({ celsius }) => celsius))).toEqual([
    [40, 43],
    [40, 43, 44],
    [40, 41, 43, 44],
  ]);
});
