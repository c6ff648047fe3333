import { expect, test } from 'vitest';
import { isStale, type Level, levelOf, levelWord, type Measure } from './levels.ts';

test('each measure changes its level at its own thresholds', () => {
  const rows: [Measure, number | null, Level | null, string][] = [
    ['process', 19.99, 'ok', 'low'],
    ['process', 20, 'warn', 'busy'],
    ['process', 49.99, 'warn', 'busy'],
    ['process', 50, 'bad', 'heavy'],
    ['process', 400, 'bad', 'heavy'],
    ['process', null, null, 'unknown'],
    ['cpu', 60, 'ok', 'normal'],
    ['cpu', 70, 'warn', 'busy'],
    ['cpu', 90, 'bad', 'saturated'],
    ['memory', 92, 'bad', 'nearly full'],
    ['swap', 25, 'warn', 'in use'],
    ['load', 0.79, 'ok', 'normal'],
    ['load', 1.5, 'bad', 'overloaded'],
    ['filesystem', 80, 'warn', 'filling'],
    ['pressure', 9.9, 'ok', 'normal'],
    ['pressure', 40, 'bad', 'stalling'],
    ['disk', 70, 'warn', 'busy'],
    ['link', 90, 'bad', 'saturated'],
    ['faults', 0, 'ok', 'none'],
    ['faults', 0.5, 'warn', 'some'],
    ['temperature', 75, 'warn', 'hot'],
    ['offset', 1.9, 'ok', 'in step'],
    ['cpu', Number.NaN, null, 'unknown'],
  ];
  expect(rows.map(([measure, value]) => [measure, value, levelOf(measure, value), levelWord(measure, value)])).toEqual(
    rows,
  );
});

test('data is stale after more than three intervals', () => {
  expect([isStale(90, 30), isStale(90.1, 30), isStale(6, 2), isStale(7, 2)]).toEqual([false, true, false, true]);
});
