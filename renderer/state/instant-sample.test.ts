import { expect, test } from 'vitest';
import type { Series } from '../../main/contract/history.ts';
import type { Sample } from '../../main/contract/samples.ts';
import { gaugeReadings, instantSample } from './instant-sample.ts';

const newest: Sample = {
  kind: 'fast',
  collected_at: '2026-01-01T00:10:00.000Z',
  data: {
    clock: { boot_id: 'b', uptime_seconds: 600 },
    load: { one: 9, five: 9, fifteen: 9, running: 1, tasks: 2 },
    sensors: {
      temperatures: [{ id: 't', chip: 'c', label: 'l', celsius: 90, high_celsius: 80, critical_celsius: null }],
      fans: [{ id: 'f', chip: 'c', label: 'l', rpm: 900 }],
    },
    problems: {},
  },
};

const mean = (values: (number | null)[]) => ({ mean: values, min: values, max: values });
const series: Series = {
  stepMs: 1000,
  times: [10_000, 12_000],
  readings: {
    'load.1': mean([1, 2]),
    'load.5': mean([1, 1]),
    'load.15': mean([1, 1]),
    'temp:t': mean([null, 41]),
  },
  gaps: [],
};

function shown(at: number) {
  const { collected_at, data } = instantSample(newest, series, at);
  return [collected_at.slice(17, 23), data.load?.one ?? null, data.sensors?.temperatures[0]?.celsius ?? null];
}

test('gauges of an instant have the values of then, and what was not kept is unknown', () => {
  expect([shown(12_000), shown(11_999), shown(9_000)]).toEqual([
    ['12.999', 2, 41],
    ['10.999', 1, null],
    ['09.999', null, null],
  ]);
  const { data } = instantSample(newest, series, 12_000);
  expect([data.cpu, data.memory, data.sensors?.fans, data.clock]).toEqual([
    null,
    null,
    [],
    { boot_id: 'b', uptime_seconds: null },
  ]);
});

test('no more is asked than one request takes', () => {
  const temperatures = Array.from({ length: 90 }, (_, id) => ({ ...temperature(), id: String(id) }));
  expect([
    gaugeReadings(newest.data).at(-1),
    gaugeReadings({ ...newest.data, sensors: { temperatures, fans: [] } }).length,
  ]).toEqual(['temp:t', 40]);
});

function temperature() {
  return { chip: 'c', label: 'l', celsius: 1, high_celsius: null, critical_celsius: null };
}
