import { expect, test, vi } from 'vitest';
import { openOutput, type ReadOutput } from './output.ts';

/** An output of numbered lines, and how much of it was read. */
function numbered(lines: number) {
  const bytes = new TextEncoder().encode(Array.from({ length: lines }, (_, line) => `line ${line + 1}\n`).join(''));
  let read = 0;
  const source: ReadOutput = async function* (start, length) {
    for (let from = start; from < start + length; from += 65_536) {
      const chunk = bytes.subarray(from, Math.min(from + 65_536, start + length));
      read += chunk.length;
      yield chunk;
    }
  };
  return { bytes, source, read: () => read };
}

function textOf(row: { bytes: Uint8Array | null } | undefined): string | null {
  return row?.bytes == null ? null : new TextDecoder().decode(row.bytes);
}

test('rows anywhere in an output of megabytes, of which a few windows are kept', async () => {
  const lines = 300_000;
  const { bytes, source } = numbered(lines);
  const onFault = vi.fn();
  const output = openOutput(bytes.length, { maxBytes: 80, breakAt: bytes.length }, source, () => {}, onFault);
  await vi.waitFor(() => expect(output.done).toBe(true), { interval: 5 });
  expect([output.rowCount, output.lineCount]).toEqual([lines, lines]);
  for (const row of [0, 255, 256, 31_000, 150_000, lines - 1]) {
    await vi.waitFor(() => expect(textOf(output.rows(row, row + 1)[0])).toBe(`line ${row + 1}\n`), { interval: 1 });
  }
  const place = bytes.length - 5;
  await vi.waitFor(() => expect(output.rowOf(place)).toBe(lines - 1), { interval: 1 });
  expect(output.rows(lines - 2, lines + 50).map(textOf)).toEqual([`line ${lines - 1}\n`, `line ${lines}\n`]);
  expect(onFault.mock.calls).toEqual([]);
});

test('a small output is read once', async () => {
  const { bytes, source, read } = numbered(100);
  const output = openOutput(
    bytes.length,
    { maxBytes: 80, breakAt: bytes.length },
    source,
    () => {},
    () => {},
  );
  await vi.waitFor(() => expect(output.done).toBe(true), { interval: 1 });
  expect(output.rows(0, 100).map(textOf).join('')).toBe(new TextDecoder().decode(bytes));
  expect([read(), output.bytes(5, 9)]).toEqual([bytes.length, bytes.subarray(5, 9)]);
});

test('nothing printed is no row, and a read that fails is told', async () => {
  const onFault = vi.fn();
  const empty = openOutput(0, { maxBytes: 80, breakAt: 0 }, numbered(0).source, () => {}, onFault);
  await vi.waitFor(() => expect(empty.done).toBe(true), { interval: 1 });
  expect([empty.rowCount, empty.lineCount, empty.rows(0, 9)]).toEqual([0, 0, []]);
  // biome-ignore lint/correctness/useYield: it fails before it has anything
  const failing: ReadOutput = async function* () {
    throw new Error('gone');
  };
  openOutput(10, { maxBytes: 80, breakAt: 10 }, failing, () => {}, onFault);
  await vi.waitFor(() => expect(onFault).toHaveBeenCalledTimes(1), { interval: 1 });
});
