import { expect, test } from 'vitest';
import type { Process } from '../../main/contract/samples.ts';
import { groupRows, type ProcessGrouping, sortInGroups, topInGroups } from './process-groups.ts';
import type { ProcessColumn } from './process-table.ts';

function process(pid: number, name: string, more: Partial<Process> = {}): Process {
  return {
    ...{ pid, start_ticks: 1, started_seconds: null, parent_pid: null, name, command: null, user: null },
    ...{ state: 'S', cpu_percent: null, cpu_host_percent: null, memory_bytes: null, threads: null },
    ...more,
  };
}

const list = [
  process(1, 'db', { user: 'pg', service: 'pg.service', cpu_percent: 5, memory_bytes: 100, threads: 2, nice: 0 }),
  process(2, 'web', { user: 'www', service: null, cpu_percent: 8, memory_bytes: 10, write_bytes_per_second: 3 }),
  process(3, 'db', { user: 'pg', service: 'pg.service', cpu_percent: 4, read_bytes_per_second: 7, nice: 10 }),
  process(4, '__proto__', { service: 'pg.service', container: '101', cpu_host_percent: 0 }),
];

test('what is known is summed, and of how many it is known; what has left the list is in no sum', () => {
  const rows = list.map((one) => ({ process: one, gone: one.pid === 1 }));
  const none = { value: null, known: 0 };
  const unknown = { cpu: none, host: none, memory: none, read: none, write: none, disk: none, threads: none };
  const seven = { value: 7, known: 1 };
  expect(groupRows(rows, 'service')).toEqual([
    {
      name: 'pg.service',
      rows: [rows[0], rows[2], rows[3]],
      listed: 2,
      sums: { ...unknown, cpu: { value: 4, known: 1 }, host: { value: 0, known: 1 }, read: seven, disk: seven },
    },
    {
      name: null,
      rows: [rows[1]],
      listed: 1,
      sums: {
        ...unknown,
        ...{ cpu: { value: 8, known: 1 }, memory: { value: 10, known: 1 } },
        ...{ write: { value: 3, known: 1 }, disk: { value: 3, known: 1 } },
      },
    },
  ]);
  const [db] = groupRows(
    list.map((one) => ({ process: one, gone: false })),
    'name',
  );
  expect(db?.sums).toEqual({
    ...unknown,
    ...{ cpu: { value: 9, known: 2 }, memory: { value: 100, known: 1 }, threads: { value: 2, known: 1 } },
    ...{ read: seven, disk: seven },
  });
});

test.each<[ProcessGrouping, (string | null | undefined)[]]>([
  ['name', ['db', 'web', '__proto__']],
  ['user', ['pg', 'www', null]],
  ['service', ['pg.service', null]],
  ['container', [undefined, '101']],
])('by %s, a hidden one, none and one that was not kept are groups of their own', (by, names) => {
  const rows = list.map((one) => ({ process: one, gone: false }));
  expect(groupRows(rows, by).map(({ name }) => name)).toEqual(names);
});

test.each<[ProcessColumn, boolean, ProcessGrouping, string]>([
  ['cpu', true, 'name', '1324'],
  ['cpu', false, 'name', '2314'],
  ['memory', true, 'name', '1324'],
  ['disk', true, 'service', '3142'],
  ['name', false, 'name', '4132'],
  ['name', true, 'user', '2134'],
  ['pid', true, 'name', '4312'],
  ['nice', true, 'name', '3124'],
])('groups stand by %s, descending %s, by %s', (column, descending, by, pids) => {
  const sorted = sortInGroups(list, by, { column, descending });
  expect(sorted.map(({ pid }) => pid).join('')).toBe(pids);
});

test('the ten groups with the most, however many processes are in them', () => {
  const many = Array.from({ length: 24 }, (_, index) => process(index, `p${index % 12}`, { cpu_percent: index }));
  const names = topInGroups(many, 'name', 'cpu').map(({ name }) => name);
  expect([names.length, names.slice(0, 4), new Set(names).has('p1')]).toEqual([
    20,
    ['p11', 'p11', 'p10', 'p10'],
    false,
  ]);
});
