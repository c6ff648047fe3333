import { expect, test } from 'vitest';
import { collectors } from '../collect/collectors/index.ts';
import { record } from '../collect/collectors/round-fixture.ts';
import { beginLine, endLine } from '../collect/round-lines.ts';
import { createRecentRounds } from '../dump/recent-rounds.ts';
import { explainReading, type Source } from './explain-reading.ts';
import type { ReadingPath } from './reading-path.ts';

const boot = '5f0b3f9e-7a5c-4c9e-9a56-0d7c1a2b3c4d';
const diskLine = "grep -E ' (sd[a-z]+|vd[a-z]+) ' /proc/diskstats";

/** Rounds of a host whose disk reads 4,000 sectors in each two seconds. */
function rounds(count: number) {
  const recent = createRecentRounds();
  const leave = recent.attend();
  const line = collectors.flatMap(({ commands }) => commands).find(({ id }) => id === 'disks.diskstats');
  const command = line?.type === 'read' ? `grep -E '${line.keep}' ${line.path}` : diskLine;
  for (let index = 0; index < count; index++) {
    const uptime = `${100 + 2 * index}.50 9.99\n`;
    const endedAt = 1000 * (1 + 2 * index);
    recent.push(record(`${uptime}${boot}\n`, { command: beginLine('fast'), endedAt }));
    const sectors = 1000 + 4000 * index;
    recent.push(
      record(`   8  0 sda 100 0 ${sectors} 50 200 0 4000 80 0 90 130\n`, { command, endedAt, durationMs: 1 }),
    );
    recent.push(record(uptime, { command: endLine('fast'), endedAt }));
  }
  return { recent, leave, command };
}

function explain(sources: readonly Source[], path: ReadingPath) {
  const steps = explainReading(collectors, sources, path);
  let step = steps.next();
  while (!step.done) step = steps.next();
  return step.value;
}

const path = ['disks', 'list', 0, 'read_bytes_per_second'];
const own = { exit: 0, error: null, truncated: false, timed_out: false, offset: 0, stderr: '', used: true };

test('a rate shows both outputs, both clocks and the computation', () => {
  const { recent, command } = rounds(3);
  const told = explain(recent.sourcesOf('fast', 5000) ?? [], path);
  const output = (sectors: number) => `   8  0 sda 100 0 ${sectors} 50 200 0 4000 80 0 90 130\n`;
  const disk = (round: string, ended_at: number, bytes: string, marks: number[][]) => {
    return { ...own, command, round, ended_at, duration_ms: 1, size: bytes.length, bytes, marks };
  };
  const clock = (round: string, ended_at: number, uptime: string) => {
    const bytes = `${uptime} 9.99\n${boot}\n`;
    return {
      ...own,
      command: beginLine('fast'),
      round,
      ended_at,
      duration_ms: 0,
      size: bytes.length,
      bytes,
      marks: [[0, 6]],
    };
  };
  expect(told).toEqual({
    collector: 'disks',
    about: expect.stringContaining('/proc/diskstats'),
    ...{ status: 'ok', reason: null, remedy: null, value: 1_024_000, complete: true },
    formula: 'growth of sectors × 512 ÷ host seconds between the rounds',
    worked: '(9000 − 5000) ÷ (104.5 − 102.5 s) × 512 = 1024000',
    records: [
      clock('before', 3000, '102.50'),
      disk('before', 3000, output(5000), [[18, 22]]),
      clock('this', 5000, '104.50'),
      disk('this', 5000, output(9000), [[18, 22]]),
    ],
  });
});

test('what is absent says why, and shows what was asked', () => {
  const { recent, command } = rounds(1);
  const sources = (recent.sourcesOf('fast', 1000) ?? []).map(({ round, record: one }) => ({
    round,
    record: one.command === command ? { ...one, stdout: new Uint8Array(), exit: 2 } : one,
  }));
  const { status, value, records } = explain(sources, path);
  expect({ status, value, asked: records.map((one) => one.command) }).toEqual({
    ...{ status: 'absent', value: null },
    asked: [command],
  });
});

test('rounds of a host that nobody looks at any more are gone but for the last', () => {
  const { recent, leave } = rounds(40);
  expect([recent.sourcesOf('fast', 79_000) === null, recent.sourcesOf('fast', 1000)]).toEqual([false, null]);
  leave();
  expect([recent.sourcesOf('fast', 79_000)?.length, recent.sourcesOf('fast', 77_000)]).toEqual([3, null]);
  expect(explain([], path)).toMatchObject({ status: 'gone', value: null, records: [] });
});

test('the uptime of the host is of no collector, and is shown where it was read', () => {
  const { recent } = rounds(2);
  const { value, records, status } = explain(recent.sourcesOf('fast', 3000) ?? [], ['clock', 'uptime_seconds']);
  expect({
    value,
    status,
    marked: records.map(({ round, bytes, marks }) => [round, bytes.slice(...(marks[0] ?? []))]),
  }).toEqual({
    ...{ value: 102.5, status: 'ok' },
    marked: [['this', '102.50']],
  });
});
