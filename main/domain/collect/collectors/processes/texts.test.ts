import { expect, test } from 'vitest';
import { parseCommandLine, parseStatus } from './texts.ts';

test.each([
  ['sh\0-c\0x y\0', 'sh -c x y'],
  ['', null],
  ['\0\0', null],
  ['x'.repeat(5000), 'x'.repeat(4096)],
  // Cut first: what is behind the limit is not even looked at.
  [`${'\0'.repeat(5000)}x`, null],
  [`${'x'.repeat(4095)}\ud83d\ude00`, `${'x'.repeat(4095)}\ufffd`],
])('a command line: %#', (raw, expected) => {
  expect(parseCommandLine(raw)).toBe(expected);
});

test.each([
  ['Uid:\t0\t1000\t0\t0', { uid: '1000', rssBytes: null }],
  ['VmRSS:\t    1122 kB', { uid: null, rssBytes: 1122 * 1024 }],
  ['VmRSS:\t    11\ufffd22 kB', undefined],
  ['VmRSS:\t    1122\ufffd0 kB', undefined],
  ['VmRSS:\t    1122', undefined],
  ['Uid:\t0\t10\ufffd00\t0\t0', undefined],
])('a status line is read to the letter or not at all: %j', (line, expected) => {
  expect(parseStatus(`/proc/7/status:${line}\n`).get(7)).toEqual(expected);
});
