import { expect, test } from 'vitest';
import { chartTable } from './chart-table.ts';

test('points become rows, the oldest first; unknown stays unknown, and a point of a hole is none', () => {
  const points = [
    { at: 1000, values: { 'cpu.busy': 5, 'load.1': null }, bands: { 'cpu.busy': [1, 9], 'load.1': null } },
    { at: 2000, values: { 'cpu.busy': null, 'load.1': null }, bands: {} },
    { at: 3000, values: { 'cpu.busy': 7, 'load.1': 0 }, bands: {} },
  ] as const;
  const data = { points, holes: [], stepMs: 0, unbrokenMs: 0 };
  const unitOf = (reading: string) => (reading === 'cpu.busy' ? 'percent' : null);
  expect(chartTable(data, ['cpu.busy', 'load.1'], unitOf)).toEqual({
    columns: [
      ...['time', 'cpu.busy mean (percent)', 'cpu.busy min (percent)', 'cpu.busy max (percent)'],
      ...['load.1 mean', 'load.1 min', 'load.1 max'],
    ],
    rows: [
      ['1970-01-01T00:00:01.000Z', 5, 1, 9, null, null, null],
      ['1970-01-01T00:00:03.000Z', 7, 7, 7, 0, 0, 0],
    ],
  });
  expect(chartTable({ ...data, points: [] }, [], unitOf)).toEqual({ columns: ['time'], rows: [] });
});
