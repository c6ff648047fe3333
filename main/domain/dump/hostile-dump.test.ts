import { expect, test } from 'vitest';
import { scanEntries } from './scan-entries.ts';

let passed = 0;

/** Bytes that count how many of them were searched: work that does not depend on the machine. */
class CountedBytes extends Uint8Array<ArrayBuffer> {
  override indexOf(byte: number, from = 0): number {
    const found = super.indexOf(byte, from);
    passed += (found < 0 ? this.length : found) - from + 1;
    return found;
  }
}

/** How many bytes were searched and how many were asked for, in a scan of that file. */
function workOf(text: string, windowBytes = 1 << 20) {
  const file = new CountedBytes(new TextEncoder().encode(text).buffer);
  passed = 0;
  let read = 0;
  let entries = 0;
  const scan = scanEntries({ fileSize: file.length, trustSizes: true, windowBytes, commandIdOf: () => 0 });
  for (let step = scan.next(new Uint8Array(0)); !step.done; ) {
    const { value } = step;
    if (value.type === 'entry') entries += 1;
    else read += value.length;
    step = scan.next(value.type === 'entry' ? file : file.subarray(value.offset, value.offset + value.length));
  }
  return { passed, read, entries, length: file.length };
}

const time = '2026-04-22T20:13:19Z';

test.each([
  { name: 'a head that never ends, in the middle of a line', unit: `x===== ${time} =====\n$ \nex\nex\nex\n` },
  { name: 'a head that never ends, at the start of a line', unit: `===== ${time} =====\n$ a\nex\n` },
  { name: 'a result that is cut', unit: `x===== ${time} =====\n$ a\nexit=0  duration=1ms  size=1` },
  { name: 'an error that is cut', unit: `x===== ${time} =====\n$ a\nerror=x  duration=1  duration=1` },
  { name: 'separators of nothing', unit: '===== ' },
  { name: 'equal signs', unit: '=====' },
])('a file full of $name is read in time that grows with its size', ({ unit }) => {
  for (const windowBytes of [1 << 20, 100_000]) {
    const work = workOf(unit.repeat(Math.ceil(500_000 / unit.length)), windowBytes);
    expect(work.entries).toBe(0);
    expect(work.passed).toBeLessThan(work.length * 8);
    expect(work.read).toBeLessThan(work.length * 8);
  }
});

test('sizes that point far ahead cost no more reading than the file is long', () => {
  const unit = `===== ${time} =====\n$ a\nexit=0  duration=1ms  size=300000\n\nab`;
  const work = workOf(unit.repeat(2000) + ' '.repeat(500_000), 200_000);
  expect(work.entries).toBe(2000);
  expect(work.read).toBeLessThan(work.length * 3);
});

test.each(['1e300', 'NaN', 'Infinity', '99999999999999999999', '+012345-01-01T00:00:00Z', '2026-02-30T00:00:00Z'])(
  'an entry at the time %s is none',
  (at) => {
    expect(workOf(`===== ${at} =====\n$ a\nexit=0  duration=1ms  size=0\n\n\n\n`).entries).toBe(0);
  },
);
