import { expect, test } from 'vitest';
import { upsLevel, upsWords } from './ups.ts';

const nothing = {
  name: 'a',
  model: null,
  battery_percent: null,
  runtime_seconds: null,
  load_percent: null,
  input_volts: null,
};

test.each([
  [['OL', 'CHRG'], null, 'on mains, charging', 'ok'],
  [['OB', 'DISCHRG', 'LB'], null, 'on battery, discharging, battery low', 'bad'],
  [['OL', 'RB'], null, 'on mains, replace the battery', 'warn'],
  [['ECO'], null, 'ECO', null],
  [[], 'Data stale', 'Data stale', 'warn'],
  [[], null, 'unknown', null],
  [['constructor'], null, 'constructor', null],
])('%j, %s: %s', (status, problem, words, level) => {
  const ups = { ...nothing, status, problem };
  expect([upsWords(ups), upsLevel(ups)]).toEqual([words, level]);
});
