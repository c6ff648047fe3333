import { describe, expect, test } from 'vitest';
import { pressure } from './pressure.ts';
import { record, run } from './round-fixture.ts';

const line = (name: string, total: number | string) => `${name} avg10=1.50 avg60=0.25 avg300=0.00 total=${total}\n`;
const averages = { avg10_percent: 1.5, avg60_percent: 0.25, avg300_percent: 0 };
const first = {
  'pressure.cpu': line('some', 1_000_000),
  'pressure.memory': line('some', 500) + line('full', 400),
  'pressure.io': line('some', 0) + line('full', 0),
};

describe('pressure', () => {
  const outcome = run(pressure, first);

  test('of a first sample has the averages; old kernels have no full for the CPU, and no irq', () => {
    const stall = { stalled_percent: null, ...averages };
    const both = { some: stall, full: stall };
    expect(outcome).toMatchObject({
      status: 'ok',
      value: { cpu: { some: stall, full: null }, memory: both, io: both, irq: null },
    });
  });

  test('is the growth of the total over host time; a total that went backwards is unknown, and no share is above 100', () => {
    const second = {
      'pressure.cpu': line('some', 1_500_000) + line('full', 0),
      'pressure.memory': line('some', 499) + line('full', 400),
      'pressure.io': line('some', 2_000_100) + line('full', '9'.repeat(20)),
      'pressure.irq': line('full', 7),
    };
    const stall = (stalled_percent: number | null) => ({ stalled_percent, ...averages });
    expect(run(pressure, second, { previous: outcome.state, elapsed: 2 })).toMatchObject({
      value: {
        cpu: { some: stall(25), full: stall(null) },
        memory: { some: stall(null), full: stall(0) },
        io: { some: stall(100), full: stall(100) },
        irq: { some: null, full: stall(null) },
      },
    });
  });

  test.each([
    ['absent', {}],
    ['absent', { 'pressure.cpu': record('', { exit: 1 }) }],
    ['failed', { 'pressure.cpu': record('', { exit: null, error: 'It hung.' }) }],
    ['failed', { 'pressure.io': 'some avg10=1.50 avg60=0.2' }],
    ['failed', { 'pressure.cpu': 'some avg10=nan avg60=0.25 avg300=0.00 total=1\n' }],
  ])('%s: %j', (status, texts) => {
    expect(run(pressure, texts).status).toBe(status);
  });
});
