import { expect, test } from 'vitest';
import type { Connection, HostView } from '../../main/contract/hosts.ts';
import type { Process } from '../../main/contract/samples.ts';
import { listHosts } from './fleet-table.ts';
import {
  heldRows,
  matchesProcess,
  type ProcessColumn,
  processColumns,
  sortProcesses,
  topProcesses,
} from './process-table.ts';

function view(id: string, name: string, load: number | null, connection: Connection): HostView {
  const target = {
    transport: 'ssh',
    address: `${name}.lan`,
    port: 22,
    user: 'root',
    identityFiles: [],
    agent: true,
  } as const;
  return {
    host: { id, name, group: null, tags: [], addedAt: 0, target: { ...target, identityFiles: [] } },
    connection,
    recording: null,
    ring: null,
    health: null,
    glance:
      load === null
        ? null
        : { at: 0, cpu_percent: null, memory_percent: null, load, uptime_seconds: null, problems: {} },
    cadenceSeconds: 30,
  };
}

test('the fleet is filtered by words and sorted with the unknown last', () => {
  const live: Connection = { state: 'live', since: 0, by: 'ssh2' };
  const views = {
    a: view('a', 'pve1', 2, live),
    b: view('b', 'nas', null, { state: 'stopped', fault: null, since: 0 }),
    c: view('c', 'Alpha', 5, live),
  };
  const ids = ['a', 'b', 'c'];
  expect([
    listHosts(ids, views, '', null),
    listHosts(ids, views, '', { column: 'load', descending: true }),
    listHosts(ids, views, '', { column: 'load', descending: false }),
    listHosts(ids, views, '', { column: 'name', descending: false }),
    listHosts(ids, views, '', { column: 'state', descending: false }),
    listHosts(ids, views, 'LAN live', null),
    listHosts(ids, views, 'nas', null),
    listHosts([...ids, 'gone'], views, 'zzz', null),
  ]).toEqual([
    ['a', 'b', 'c'],
    ['c', 'a', 'b'],
    ['a', 'c', 'b'],
    ['c', 'b', 'a'],
    ['b', 'a', 'c'],
    ['a', 'c'],
    ['b'],
    [],
  ]);
});

function process(pid: number, cpu: number | null, memory: number | null): Process {
  return {
    pid,
    start_ticks: 1,
    started_seconds: null,
    parent_pid: null,
    name: 'p',
    command: null,
    user: null,
    state: 'S',
    cpu_percent: cpu,
    cpu_host_percent: null,
    memory_bytes: memory,
    threads: null,
  };
}

const disk = (pid: number, read_bytes_per_second: number | null, write_bytes_per_second: number | null): Process => ({
  ...process(pid, null, null),
  read_bytes_per_second,
  write_bytes_per_second,
});

test('the top ten have the unknown last and a steady order', () => {
  const list = [process(3, null, 9), process(2, 5, null), process(1, 5, 7), process(4, 80, 1)];
  const many = Array.from({ length: 14 }, (_, index) => process(index, index, index));
  expect([
    topProcesses(list, 'cpu').map(({ pid }) => pid),
    topProcesses(list, 'memory').map(({ pid }) => pid),
    topProcesses(many, 'cpu').length,
    topProcesses([process(1, 1, 1), disk(2, null, 5), disk(3, 4, 4), disk(4, 0, 0)], 'disk').map(({ pid }) => pid),
  ]).toEqual([[4, 1, 2, 3], [3, 1, 4, 2], 10, [3, 2, 4, 1]]);
});

test('a column sorts both ways with the unknown last, and equals stay in the order of their PIDs', () => {
  const list = [
    { ...process(3, null, 9), name: 'b', user: 'root', threads: 4, state: 'R', nice: 5, read_bytes_per_second: 9 },
    { ...process(2, 5, null), name: 'B', cpu_host_percent: 1 },
    {
      ...process(1, 5, 7),
      name: 'a',
      user: 'Me',
      cpu_host_percent: 2,
      threads: 5,
      nice: -5,
      write_bytes_per_second: 9,
    },
  ];
  const pids = (column: ProcessColumn, descending: boolean) =>
    sortProcesses(list, { column, descending })
      .map(({ pid }) => pid)
      .join('');
  expect(Object.fromEntries(processColumns.map((one) => [one, [pids(one, true), pids(one, false)]]))).toEqual({
    pid: ['321', '123'],
    name: ['231', '123'],
    cpu: ['123', '123'],
    host: ['123', '213'],
    memory: ['312', '132'],
    read: ['312', '312'],
    write: ['123', '123'],
    user: ['312', '132'],
    nice: ['312', '132'],
    threads: ['132', '312'],
    state: ['123', '312'],
  });
});

test('processes are found by words of name, command line and user, and by the whole PID', () => {
  const one = { ...process(812, 0, 0), name: 'sshd', command: '/usr/sbin/sshd -D [listener]', user: 'root' };
  const hidden = { ...one, command: null, user: null };
  const filters = ['', 'SSHD', 'listener root', 'root 812', '81', 'nginx', 'root'];
  expect(filters.map((filter) => [matchesProcess(one, filter), matchesProcess(hidden, filter)])).toEqual([
    [true, true],
    [true, true],
    [true, false],
    [true, false],
    [false, false],
    [false, false],
    [true, false],
  ]);
});

test('rows that are held keep their places and take new values; what is gone is marked, what is new comes below', () => {
  const before = [process(1, 9, 0), process(2, 5, 0), process(3, 1, 0)].map((one) => ({ process: one, gone: false }));
  const list = [process(4, 99, 0), process(3, 50, 0), { ...process(2, 7, 0), start_ticks: 2 }, process(1, 1, 0)];
  const once = heldRows(before, list, list.slice(0, 3));
  expect([once, heldRows(once, list, list)]).toEqual([
    [
      { process: process(1, 1, 0), gone: false },
      { process: process(2, 5, 0), gone: true },
      { process: process(3, 50, 0), gone: false },
      { process: process(4, 99, 0), gone: false },
      { process: list[2], gone: false },
    ],
    once,
  ]);
});
