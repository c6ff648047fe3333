import { expect, test } from 'vitest';
import { parseCommandLine } from './texts.ts';

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
