import { expect, test } from 'vitest';
import type { CommandRecord } from '../collect/record.ts';
import { PackedRecords, unpackRecords } from './packed-records.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const record = (command: string, stdout: string, stderr = ''): CommandRecord => ({
  ...{ command, endedAt: 1.5, exit: 0, error: null, durationMs: 2.25, truncated: false, timedOut: false },
  ...{ stdout: bytes(stdout), stderr: bytes(stderr) },
});
const records = [
  record('cat /proc/loadavg', '0.10 0.20 0.30 1/2 3\n'),
  { ...record('zpool status', '', 'cannot open\n'), exit: null, error: '{:enoent, "zpool"}', truncated: true },
  { ...record('df -P', 'Filesystem\n', 'df: /mnt: timed out\n'), timedOut: true },
  record('true', ''),
];

test('records come back as they were, each by its place and all in their order', () => {
  const packed = PackedRecords.of(records);
  expect([packed.all(), unpackRecords(packed.bytes())]).toEqual([records, records]);
  expect(records.map((_, place) => packed.recordAt(place))).toEqual(records);
  expect(records.map((_, place) => packed.commandAt(place))).toEqual(records.map(({ command }) => command));
  expect(() => packed.recordAt(packed.length)).toThrow(RangeError);
});

test('they keep what was printed, whatever becomes of the memory that it came in', () => {
  const chunk = bytes('0.10 0.20 0.30 1/2 3\n');
  const packed = PackedRecords.of([{ ...record('cat /proc/loadavg', ''), stdout: chunk.subarray(5) }]);
  chunk.fill(0);
  expect(packed.all()).toEqual([record('cat /proc/loadavg', '0.20 0.30 1/2 3\n')]);
});
