import { expect, test } from 'vitest';
import { ioRates, parseIo } from './io.ts';

const read = '/proc/7/io:read_bytes: 0\n';
const write = '/proc/7/io:write_bytes: 0\n';
const cancelled = (bytes: string) => `/proc/7/io:cancelled_write_bytes: ${bytes}\n`;

test.each([
  ['', false, 100],
  ['/proc/8/io:read_bytes: 0\n', false, 100],
  [cancelled('150'), false, 25],
  [cancelled('1\ufffd50'), false, null],
  ['what nobody knows\n', false, null],
  ['', true, null],
  ['/proc/8/io:read_bytes: 0\n', true, 100],
])(
  'cancelled bytes that an output with %j at its end may have told are unknown, and no growth from zero',
  (end, isCut, rate) => {
    const before = parseIo(read + write + end, isCut).get(7) ?? null;
    const now = parseIo(read + write + cancelled('200')).get(7) ?? null;
    expect(ioRates(before, now, 2)).toEqual({
      read_bytes_per_second: 0,
      write_bytes_per_second: 0,
      cancelled_write_bytes_per_second: rate,
    });
  },
);
