import { expect, test } from 'vitest';
import type { ProcessHistory } from '../../main/contract/history.ts';
import type { Process, Sample } from '../../main/contract/samples.ts';
import { type Followed, shapeTrail, trailPoint } from './process-trail.ts';

const second = 1000;

const process: Process = {
  ...{ pid: 7, start_ticks: 50, started_seconds: 0.5, parent_pid: 1, name: 'sh', command: null, user: null },
  ...{ state: 'S', cpu_percent: 12, cpu_host_percent: 3, memory_bytes: 4096, threads: 1 },
  read_bytes_per_second: 512,
};
const followed: Followed = { process, at: 0, clock: { boot_id: 'one', uptime_seconds: 10 } };

function sample(at: number, list: readonly Process[] | null, boot = 'one'): Sample {
  const processes = list === null ? null : { count: 1, window_seconds: 2, list: [...list] };
  const clock = { boot_id: boot, uptime_seconds: 1 };
  return { kind: 'fast', collected_at: new Date(at).toISOString(), data: { clock, processes, problems: {} } };
}

test('a live list has the process, or has it not, or is not known', () => {
  const other = { ...process, start_ticks: 51 };
  const lists = [sample(0, [process]), sample(0, [other]), sample(0, [process], 'two'), sample(0, null)];
  const names = ['process.cpu', 'process.memory', 'process.read', 'process.write'];
  const values = (...known: (number | null)[]) =>
    Object.fromEntries(names.map((name, at) => [name, known[at] ?? null]));
  const unlisted = { at: 0, listed: false, values: values(), bands: {} };
  expect(lists.map((one) => trailPoint(one, followed))).toEqual([
    { at: 0, listed: true, values: values(12, 4096, 512), bands: {} },
    unlisted,
    unlisted,
    null,
  ]);
});

test('where lists have not the process there is a hole that says so, up to the next that has; elsewhere holes stay', () => {
  const known = [1, 2, null, null, 5, null];
  const column = { mean: known, min: known, max: known };
  const history: ProcessHistory = {
    stepMs: 2 * second,
    times: [0, 2, 4, 6, 8, 310].map((at) => at * second),
    listed: known.map((value) => value !== null),
    readings: { 'process.cpu': column, 'process.memory': column },
    gaps: [{ from: 10 * second, to: 310 * second, cause: 'asleep', detail: '' }],
    lastSeen: 8 * second,
    ended: null,
  };
  const tail = [sample(312 * second, []), sample(314 * second, [process])].map((one) => trailPoint(one, followed));
  const { holes } = shapeTrail(
    history,
    tail.filter((point) => point !== null),
    { from: 0, to: 320 * second },
  );
  expect(holes.map(({ from, to, gap, unlisted }) => [from / second, to / second, gap?.cause ?? unlisted])).toEqual([
    [4, 8, true],
    [10, 310, 'asleep'],
    [310, 314, true],
  ]);
});

test('a hole is cut where it started and where it was known to have ended', () => {
  const column = { mean: [null, 7, null], min: [null, 7, null], max: [null, 7, null] };
  const history: ProcessHistory = {
    stepMs: 10 * second,
    times: [0, 10, 20].map((at) => at * second),
    listed: [false, true, false],
    readings: { 'process.cpu': column },
    gaps: [],
    lastSeen: 12 * second,
    ended: { by: 26 * second, evidence: 'pid_reused' },
  };
  const { holes } = shapeTrail(history, [], { from: 0, to: 30 * second }, 4 * second);
  expect(holes.map(({ from, to, life }) => [from / second, to / second, life ?? 'lived'])).toEqual([
    [0, 4, 'before'],
    [4, 10, 'lived'],
    [20, 26, 'lived'],
    [26, 30, 'after'],
  ]);
});
