import { expect, test } from 'vitest';
import type { Process } from '../../contract/samples.ts';
import { processAge, processStateWords } from './process-words.ts';

const process: Process = {
  ...{ pid: 7, start_ticks: 4000, started_seconds: 40, parent_pid: 1, name: 'sh', command: null, user: null },
  ...{ state: 'S', cpu_percent: null, cpu_host_percent: null, memory_bytes: null, threads: null },
};

test('states have words, and what is none stays what it is', () => {
  expect(['R', 'D', 'I', '?', 'toString'].map(processStateWords)).toEqual([
    'R (running)',
    'D (waiting for a device)',
    'I (idle)',
    '?',
    'toString',
  ]);
});

test('the age of a process is unknown where its start is, the uptime is, or they do not fit', () => {
  const at = (uptime_seconds: number | null, started_seconds: number | null = 40) =>
    processAge({ ...process, started_seconds }, { boot_id: null, uptime_seconds });
  expect([at(100.5), at(39.99), at(38), at(null), at(100, null)]).toEqual([60.5, 0, null, null, null]);
});
