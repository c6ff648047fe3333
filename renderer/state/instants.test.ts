import { expect, test } from 'vitest';
import type { Process } from '../../main/contract/samples.ts';
import { pairProcesses, readingRows, valuesAt } from './instants.ts';

function process(name: string, pid: number, start_ticks: number, cpu_percent: number | null): Process {
  const rest = { ppid: 1, command: null, user: null, uid: null, threads: 1, state: 'S', cpu_host_percent: null };
  return { ...rest, name, pid, start_ticks, cpu_percent, memory_bytes: 1 } as unknown as Process;
}

test('an instant has the values of the newest bucket that had begun, and none before the first', () => {
  const mean = [1, null, 3];
  const series = {
    stepMs: 1000,
    times: [1000, 2000, 3000],
    readings: { 'cpu.busy': { mean, min: mean, max: mean } },
    gaps: [],
  };
  expect([999, 1000, 2500, 9000].map((at) => valuesAt(series, at))).toEqual([
    { 'cpu.busy': null },
    { 'cpu.busy': 1 },
    { 'cpu.busy': null },
    { 'cpu.busy': 3 },
  ]);
});

test('readings stand beside one another with their difference; what neither has is left out', () => {
  const of = (values: Record<string, number | null>) => ({ values, processes: null });
  const ours = of({ 'cpu.busy': 80, 'memory.used': 1024 ** 3, 'load.1': 1, 'net.rx': null });
  const theirs = of({ 'cpu.busy': 20, 'memory.used': 2 * 1024 ** 3, 'load.1': 1, 'net.tx': 5 });
  expect(readingRows(ours, theirs)).toEqual([
    { name: 'CPU busy', ours: '80 %', theirs: '20 %', difference: '+60 %' },
    { name: 'Load', ours: '1.00', theirs: '1.00', difference: 'same' },
    { name: 'Memory used', ours: '1.00 GB', theirs: '2.00 GB', difference: '−1.00 GB' },
    { name: 'Network sent', ours: '—', theirs: '5 B/s', difference: '—' },
  ]);
  expect(readingRows(null, null)).toEqual([]);
});

test('a process is paired by PID and start, else by name, and the busiest of either side stands first', () => {
  const [nginx, restarted] = [process('nginx', 10, 5, 30), process('nginx', 44, 900, 70)];
  const [worker, same] = [process('nginx', 11, 6, 90), process('nginx', 11, 6, 10)];
  const [cron, other] = [process('cron', 12, 7, null), process('backup', 12, 7, 50)];
  const pairs = pairProcesses([nginx, worker, cron], [restarted, same, other], 10);
  expect(pairs.map(({ name, ours, theirs }) => [name, ours, theirs])).toEqual([
    ['nginx', worker, same],
    ['nginx', nginx, restarted],
    ['backup', null, other],
    ['cron', cron, null],
  ]);
  expect(pairProcesses(null, [other], 10)).toEqual([{ key: 'theirs 12:7', name: 'backup', ours: null, theirs: other }]);
  expect(pairProcesses([nginx, worker], null, 1)).toHaveLength(1);
});
