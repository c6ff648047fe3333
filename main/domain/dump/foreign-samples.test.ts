import { describe, expect, test } from 'vitest';
import { sampleSchema } from '../../contract/samples.ts';
import { fromForeign } from './foreign-samples.ts';

const writtenAt = Date.UTC(2026, 3, 22, 20, 13, 20);
const dataOf = (data: unknown, kind = 'fast') =>
  fromForeign(kind, { collected_at: '2026-04-22T20:13:19.123456Z', data }, writtenAt)?.data ?? null;

const unknownShares = {
  ...{ user_percent: null, nice_percent: null, system_percent: null, irq_percent: null, softirq_percent: null },
  ...{ steal_percent: null, iowait_percent: null, idle_percent: null },
};
const notSaid = { status: 'absent', reason: 'The other product’s sample does not say it.' };

test('a sample of another product becomes one of ours, with what both say alike', () => {
  const sample = fromForeign(
    'fast',
    {
      collected_at: '2026-04-22T22:13:19.123456+02:00',
      data: {
        host: { cpu_percent: 12.5, load: [0.5, 0.25, 0.125], uptime_seconds: 86_400 },
        memory: { total_bytes: 1000, available_bytes: 400, used_bytes: 700 },
        swap: { total_bytes: 50, used_bytes: 5 },
        pools: [{ name: 'tank' }],
      },
    },
    writtenAt,
  );
  expect(sample).toEqual({
    kind: 'fast',
    collected_at: '2026-04-22T20:13:19.123Z',
    data: {
      clock: { boot_id: null, uptime_seconds: 86_400 },
      cpu: { total: { busy_percent: 12.5, ...unknownShares }, cores: [] },
      load: { one: 0.5, five: 0.25, fifteen: 0.125, running: null, tasks: null },
      memory: {
        ...{ total_bytes: 1000, used_bytes: 600, available_bytes: 400, free_bytes: null, available_estimated: false },
        ...{ buffers_bytes: null, cached_bytes: null, shared_bytes: null, arc: null, scope: 'host' },
        swap: { total_bytes: 50, used_bytes: 5 },
      },
      problems: {},
    },
  });
  expect(sampleSchema.parse(sample)).toEqual(sample);
});

describe('names', () => {
  test.each([
    { data: { load: { '1': 3, '5': 2, '15': 1 } } },
    { data: { load1: 3, load5: 2, load15: 1 } },
    { data: { system: { load_average: { one: 3, five: 2, fifteen: 1 } } } },
    { data: { loadavg: [3, 2, 1] } },
    { data: { load: { avg1: 3, avg5: 2, avg15: 1 } } },
  ])('of the load: $data', ({ data }) => {
    expect(dataOf(data)?.load).toEqual({ one: 3, five: 2, fifteen: 1, running: null, tasks: null });
  });

  test.each([
    { cpu: { usage_percent: 40 } },
    { cpu_percent: 40 },
    { system: { cpu: { percent: 40 } } },
    { host: { cpu_usage_percent: 40 } },
  ])('of the CPU: %j', (data) => {
    expect(dataOf(data)?.cpu?.total?.busy_percent).toBe(40);
  });

  test('memory that only says what is used is an estimate', () => {
    expect(dataOf({ mem: { total_bytes: 10, used_bytes: 4 } })?.memory).toMatchObject({
      ...{ used_bytes: 4, available_bytes: 6, available_estimated: true, swap: null },
    });
  });
});

describe('what is not guessed', () => {
  test.each([
    { name: 'a share or a percentage', data: { cpu: 0.4 } },
    { name: 'bytes or KiB', data: { memory: { total: 1000, used: 10 } } },
    { name: 'a number in a text', data: { cpu_percent: '40' } },
    { name: 'more than there can be', data: { cpu_percent: 140, memory: { total_bytes: 1, available_bytes: 2 } } },
    { name: 'less than nothing', data: { cpu_percent: -1, load: [-1, -1, -1] } },
    { name: 'only two of the three averages', data: { load1: 1, load5: 2 } },
    { name: 'what every object has', data: { load: { constructor: 1 }, __proto__: 1 } },
    { name: 'no data', data: [] },
    { name: 'nothing', data: null },
  ])('$name', ({ data }) => {
    expect(dataOf(data)).toBeNull();
  });

  test('what the sample lacks is unknown, and says so where its gauge would stand', () => {
    expect(dataOf({ cpu_percent: 0 })).toEqual({
      clock: { boot_id: null, uptime_seconds: null },
      ...{ cpu: { total: { busy_percent: 0, ...unknownShares }, cores: [] }, load: null, memory: null },
      problems: { load: notSaid, memory: notSaid },
    });
    expect(dataOf({ uptime_seconds: 5 }, 'slow')).toEqual({
      clock: { boot_id: null, uptime_seconds: 5 },
      problems: {},
    });
    expect(dataOf({ cpu_percent: 1 }, 'hourly')).toBeNull();
  });

  test.each(['yesterday', '2026-04-22 20:13:19', 1_776_888_799, null, '2026-99-22T20:13:19Z'])(
    'a time like %j: then that of the separator counts',
    (collected_at) => {
      const sample = fromForeign('fast', { collected_at, data: { cpu_percent: 1 } }, writtenAt);
      expect(sample?.collected_at).toBe('2026-04-22T20:13:20.000Z');
    },
  );
});
