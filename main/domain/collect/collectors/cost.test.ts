import { expect, test } from 'vitest';
import { cost } from './cost.ts';
import { run } from './round-fixture.ts';

const stat = (pid: number, ticks: number, childTicks: number) =>
  `${pid} (sh) S 1 1 1 0 -1 0 0 0 0 0 ${ticks} 0 ${childTicks} 0 20 0 1 0 50 1000 10 0 0\n`;
const round = { roundSeconds: 0.02, roundBytes: 9876 };
const value = (cpu_ms: number | null) => ({ status: 'ok', value: { cpu_ms, round_ms: 20, bytes: 9876 } });

test.each([
  ['in nanoseconds, and of children in ticks', '2000000 5 1\n', '5500000 9 2\n', 23.5],
  ['in ticks where the kernel has no more', '', '', 30],
  ['in ticks where it keeps no account', '0 0 0\n', '0 0 0\n', 30],
])('the CPU of the program is counted %s', (_, before, after, ms) => {
  const first = run(cost, { 'cost.self': stat(7, 1, 3) + before + stat(8, 0, 0) + before }, round);
  expect(first).toMatchObject(value(null));
  const texts = { 'cost.self': stat(7, 2, 4) + after + stat(8, 0, 1) + before };
  expect(run(cost, texts, { ...round, previous: first.state, elapsed: 2 })).toMatchObject(value(ms));
});

test('of another program, or of none, it is unknown; time and bytes of the round are not', () => {
  const { state } = run(cost, { 'cost.self': stat(7, 1, 3) });
  for (const texts of [{ 'cost.self': stat(9, 5, 5) }, { 'cost.self': '7 (sh' }, {}]) {
    expect(run(cost, texts, { ...round, previous: state, elapsed: 2 })).toMatchObject(value(null));
  }
  expect(run(cost, {})).toMatchObject({ value: { cpu_ms: null, round_ms: null, bytes: 0 } });
});
