import { describe, expect, test } from 'vitest';
import {
  formatAge,
  formatBytes,
  formatCelsius,
  formatCount,
  formatDateTime,
  formatDuration,
  formatExactDateTime,
  formatExactTime,
  formatFrequency,
  formatLinkSpeed,
  formatLoad,
  formatMemory,
  formatMilliseconds,
  formatOffset,
  formatPercent,
  formatRate,
  formatTick,
  formatTime,
} from './units.ts';

const table = <In, Out>(format: (value: In) => Out, rows: readonly (readonly [In, Out])[]) =>
  expect(rows.map(([value]) => [value, format(value)])).toEqual(rows);

describe('numbers keep their width and their unit', () => {
  test('bytes', () =>
    table(formatBytes, [
      [null, '—'],
      [Number.NaN, '—'],
      [0, '0 B'],
      [999, '999 B'],
      [1000, '0.98 KB'],
      [1536, '1.50 KB'],
      [10 * 1024, '10.0 KB'],
      [10_230, '9.99 KB'],
      [10_239, '10.0 KB'],
      [99.96 * 1024, '100 KB'],
      [16 * 1024 ** 3, '16.0 GB'],
      [-1536, '-1.50 KB'],
      [2 ** 70, '1024 EB'],
    ]));

  test('memory of a process', () =>
    table(formatMemory, [
      [null, '—'],
      [0, '0.0 MB'],
      [400 * 1024, '0.4 MB'],
      [812 * 1024 ** 2, '812.0 MB'],
      [1000 * 1024 ** 2, '0.98 GB'],
      [3.2 * 1024 ** 3, '3.20 GB'],
    ]));

  test('percent', () => {
    table(formatPercent, [
      [null, '—'],
      [0, '0.0 %'],
      [9.94, '9.9 %'],
      [9.96, '10 %'],
      [250.4, '250 %'],
    ]);
    expect(formatPercent(12.345, 1)).toBe('12.3 %');
  });

  test('load and counts', () => {
    table(formatLoad, [
      [null, '—'],
      [0.5, '0.50'],
    ]);
    table(formatCount, [
      [null, '—'],
      [7, '7'],
      [1024, '1\u202f024'],
      [1234567, '1\u202f234\u202f567'],
    ]);
  });
});

test('what devices say', () => {
  table(formatRate, [
    [null, '—'],
    [1536 * 1024, '1.50 MB/s'],
  ]);
  table(formatLinkSpeed, [
    [null, '—'],
    [1e8, '100 Mbit/s'],
    [2.5e9, '2.5 Gbit/s'],
  ]);
  table(formatFrequency, [
    [null, '—'],
    [0, '0/s'],
    [0.25, '0.3/s'],
    [1234, '1\u202f234/s'],
  ]);
  table(formatMilliseconds, [
    [null, '—'],
    [0.417, '0.42 ms'],
    [1200, '1.20 s'],
  ]);
  table(formatCelsius, [
    [null, '—'],
    [54, '54.0 °C'],
  ]);
  table(formatOffset, [
    [null, '—'],
    [0.004, '+0.00 s'],
    [-200, '-3 min 20 s'],
  ]);
});

describe('time', () => {
  test('durations have two units at most', () =>
    table(formatDuration, [
      [null, '—'],
      [0, '0 s'],
      [59.9, '59 s'],
      [60, '1 min'],
      [723, '12 min 3 s'],
      [3600, '1 h'],
      [3605, '1 h'],
      [41 * 86_400 + 6 * 3600 + 59, '41 d 6 h'],
    ]));

  test('ages have one', () =>
    table(formatAge, [
      [null, '—'],
      [-3, 'now'],
      [0.9, 'now'],
      [4.2, '4 s ago'],
      [119, '1 min ago'],
      [200_000, '2 d ago'],
    ]));

  test('instants are shown in the zone that the caller tells', () => {
    const at = Date.UTC(2026, 10, 21, 23, 3, 22);
    expect([
      formatTime(at, 0),
      formatDateTime(at, 60),
      formatExactTime(at + 45, 0),
      formatExactDateTime(at + 45, 60),
      formatTick(at, 1000, 0),
      formatTick(at, 60_000, 0),
      formatTick(at, 86_400_000, 60),
      formatTick(Date.UTC(2026, 10, 22), 3_600_000, 0),
      formatTick(at, 30 * 86_400_000, 0),
    ]).toEqual([
      '23:03:22',
      '2026-11-22 00:03:22',
      '23:03:22.045',
      '2026-11-22 00:03:22.045',
      '23:03:22',
      '23:03',
      '11-22',
      '11-22',
      '2026-11-21',
    ]);
  });
});
