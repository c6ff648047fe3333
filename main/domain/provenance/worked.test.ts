import { expect, test } from 'vitest';
import { type Input, workedOf } from './worked.ts';

const input = (round: Input['round'], text: string, line = text): Input => ({ round, isClock: false, text, line });
const clock = (round: Input['round'], text: string): Input => ({ ...input(round, text), isClock: true });
const before = (...texts: string[]) => texts.map((text) => input('before', text));
const now = (...texts: string[]) => texts.map((text) => input('this', text));
const clocks = [clock('before', '100.5'), clock('this', '102.5')];
const ticks = [
  input('before', '100', 'cpu0 100 0 5 900 0 0 0 0 0 0'),
  input('this', '150', 'cpu0 150 0 15 940 0 0 0 0 0 0'),
];

test.each<[string, unknown, Input[], string | null]>([
  ['memory.total_bytes', 8_192_000, now('8000'), '8000 × 1024 = 8192000'],
  ['memory.used_bytes', 5_120_000, now('8000', '3000'), '(8000 − 3000) × 1024 = 5120000'],
  ['memory.cached_bytes', 30_720, now('20', '10'), '(20 + 10) × 1024 = 30720'],
  ['filesystems.list[].used_percent', 40, now('400', '600'), '100 × 400 ÷ (400 + 600) = 40'],
  ['filesystems.list[].inodes_used_percent', 25, now('400', '100'), '100 × 100 ÷ 400 = 25'],
  ['sensors.temperatures[].celsius', 54.5, now('54500'), '54500 ÷ 1000 = 54.5'],
  ['cpu.cores[].share.busy_percent', 60, ticks, '100 × (50 + 0 + 10 + 0 + 0) ÷ 100 ticks = 60'],
  ['cpu.cores[].share.idle_percent', 40, ticks, '100 × 40 ÷ 100 ticks = 40'],
  ['load.one', 0.25, now('0.25'), '0.25 = 0.25'],
  [
    'disks.list[].read_bytes_per_second',
    1_024_000,
    [...before('1000'), ...now('5000'), ...clocks],
    '(5000 − 1000) ÷ (102.5 − 100.5 s) × 512 = 1024000',
  ],
  [
    'network.total.rx_bytes_per_second',
    150,
    [...before('100', '50'), ...now('300', '150'), ...clocks],
    '(300 + 150 − (100 + 50)) ÷ (102.5 − 100.5 s) = 150',
  ],
  ['processes.list[].cpu_percent', 42.5, [...now('69', '16'), ...clocks], '(69 + 16) ÷ (102.5 − 100.5 s) = 42.5'],
  [
    'disks.list[].read_latency_ms',
    2.5,
    [...before('100', '50'), ...now('120', '100')],
    '(100 − 50) ÷ (120 − 100) = 2.5',
  ],
  [
    'cost.cpu_ms',
    3,
    [...before('1000000', '5'), ...now('4000000', '5')],
    '(4000000 + 5 − (1000000 + 5)) ÷ 1000000 = 3',
  ],
  // In no known way: nothing is claimed but what went in.
  ['x', 1.2345, [...before('3'), ...now('7'), ...clocks], 'before 3 100.5; now 7 102.5 = 1.2345'],
  ['filesystems.list[].device', '/dev/sda1', now('dev/sda1'), 'dev/sda1 = /dev/sda1'],
  ['load.one', 0, [], null],
  ['units.counts.failed', 2, now('failed', 'failed'), '2 marked words'],
  ['units.counts.active', 2, now('loaded', 'active', 'loaded', 'active'), null],
])('%s', (kind, value, inputs, worked) => {
  expect(workedOf(kind, value, inputs)).toBe(worked);
});
