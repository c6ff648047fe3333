import { expect, test } from 'vitest';
import { parseStatLines } from './stat-line.ts';

const line = (pid: number | string, name: string, ticks: number | string = 1): string =>
  `${pid} (${name}) S 1 1 1 0 -1 0 0 0 0 0 ${ticks} 0 0 0 20 0 3 0 50 1000 10 18446744073709551615 0\n`;
const seen = (text: string): [number, string][] => parseStatLines(text).map(({ pid, name }) => [pid, name]);

test.each(['sh', 'a\n812 (sshd', 'a\n812 (b\nc', ') S 1\n7 (x) R 2', '\n'.repeat(15), '1 (\n2 (\n3 (\n4'])(
  'a name is only a name: %j',
  (name) => {
    expect(seen(line(5000, name) + line(9, 'next'))).toEqual([
      [5000, name],
      [9, 'next'],
    ]);
  },
);

test.each([
  ['a record that is cut', '7 (cut) S 1 2\n'],
  ['a name that no kernel has', line(8, '\n'.repeat(16))],
  ['a longer one', line(8, 'x'.repeat(65))],
  ['a pid beyond all numbers', line('9'.repeat(20), 'x')],
  ['ticks beyond all numbers', line(8, 'x', '9'.repeat(300))],
  ['no records', '1 (\n\n\n2 (\n'.repeat(10)],
])('%s is passed over', (_, text) => {
  expect(seen(`${text}${'\n'.repeat(20)}${line(9, 'next')}`)).toEqual([[9, 'next']]);
});
