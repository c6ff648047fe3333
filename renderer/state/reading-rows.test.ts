import { expect, test } from 'vitest';
import { arrangedRows, nextSort, placed } from './reading-rows.ts';

const units = [
  { name: 'ssh.service', memory: 3 },
  { name: 'Cron.service', memory: null },
  { name: 'nginx.service', memory: 9 },
];
const nameOf = ({ name }: (typeof units)[number]) => name;

test.each([
  ['', null, ['0 ssh.service', '1 Cron.service', '2 nginx.service']],
  ['CRON', null, ['1 Cron.service']],
  ['service  s.', null, []],
  ['service ssh', null, ['0 ssh.service']],
  ['', { column: 'memory', descending: true }, ['2 nginx.service', '0 ssh.service', '1 Cron.service']],
  ['', { column: 'memory', descending: false }, ['0 ssh.service', '2 nginx.service', '1 Cron.service']],
])('%j sorted by %j keeps each row beside its place', (filter, sort, expected) => {
  const rows = arrangedRows(placed(units), filter, nameOf, sort, ({ memory }) => memory);
  expect(rows.map(({ row, at }) => `${at} ${row.name}`)).toEqual(expected);
});

test('only some rows are wanted, and a column turns round when it is chosen again', () => {
  expect(placed(units, ({ memory }) => memory === 9)).toEqual([{ row: units[2], at: 2 }]);
  const first = nextSort(null, 'memory', true);
  expect([first, nextSort(first, 'memory', true), nextSort(first, 'name', false)]).toEqual([
    { column: 'memory', descending: true },
    { column: 'memory', descending: false },
    { column: 'name', descending: false },
  ]);
});
