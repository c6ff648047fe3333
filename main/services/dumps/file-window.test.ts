import { expect, test } from 'vitest';
import { createFileWindow } from './file-window.ts';

const file = Buffer.from(Uint8Array.from({ length: 3 << 20 }, (_, at) => (at * 31) ^ (at >> 8)));

/** A file in memory that notes how much of it is asked for at a time. */
function windowOf() {
  const asked: number[] = [];
  const read = async (buffer: Buffer, offset: number, length: number, position: number) => {
    asked.push(length);
    return { bytesRead: file.subarray(position, position + length).copy(buffer, offset) };
  };
  return { window: createFileWindow({ read }), asked };
}

test('reads little here and there, and more each time it goes on', async () => {
  const { window, asked } = windowOf();
  for (const at of [2_000_000, 100, 1_000_000]) {
    expect(Buffer.from(await window.read(at, 200)).equals(file.subarray(at, at + 200))).toBe(true);
  }
  expect(asked.splice(0)).toEqual([8192, 8192, 8192]);
  for (let at = 1_000_000; at < 2_500_000; at += 4000) {
    expect(Buffer.from(await window.read(at, 4000)).equals(file.subarray(at, at + 4000))).toBe(true);
  }
  expect(asked.length).toBeLessThan(10);
  expect(Math.max(...asked)).toBe(512 << 10);
});

test.each([
  { name: 'more than a first window', at: 5000, length: 100_000 },
  { name: 'more than any window', at: 5000, length: 2_000_000 },
  { name: 'what the end of the file cuts', at: file.length - 10, length: 100 },
  { name: 'what is behind its end', at: file.length + 10, length: 100 },
])('gives $name', async ({ at, length }) => {
  const { window } = windowOf();
  expect(Buffer.from(await window.read(at, length)).equals(file.subarray(at, at + length))).toBe(true);
});
