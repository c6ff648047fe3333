import { expect, test } from 'vitest';
import { record, run } from './round-fixture.ts';
import { wallClock } from './wall-clock.ts';

/** The record ended at 1,000 s by the console's clock, and took 30 ms. */
const said = (text: string) => record(text, { endedAt: 1_000_000, durationMs: 30 });

test.each([
  ['1000.480000000\n', 0.5, 0.27],
  ['999.980000000\n', 0, 0.27],
  // A busybox of each kind, and BSD.
  ['940\n', -59.48, 0.77],
  ['940.%N\n', -59.48, 0.77],
  ['940.N\n', -59.48, 0.77],
])('%j is off by %d s, give or take %d s', (text, offset_seconds, uncertainty_seconds) => {
  expect(run(wallClock, { 'wallclock.date': said(text) })).toEqual({
    status: 'ok',
    value: { offset_seconds, uncertainty_seconds },
  });
});

test('what came late is no offset: neither within a round, nor in all of one', () => {
  const at = (endedAt: number) => record('1000.480000000\n', { endedAt: 1000 * endedAt, durationMs: 30 });
  const value = (offset_seconds: number, uncertainty_seconds: number, state: number) => {
    return { status: 'ok', value: { offset_seconds, uncertainty_seconds }, state };
  };
  // The host's clock is right. The console read its answer in time; 3 s late, but for the beginning; 3 s late, as all of it.
  const [inTime, partly, whole] = [
    run(wallClock, { 'wallclock.date': at(1000.5) }, { arrivals: [900.01, 900.02] }),
    run(wallClock, { 'wallclock.date': at(1003.5) }, { arrivals: [900.01, 903.01] }),
    run(wallClock, { 'wallclock.date': at(1003.5) }, { arrivals: [903.01, 903.02], previous: 900.01 }),
  ];
  expect([inTime, partly, whole]).toEqual([
    value(0.005, 0.275, 900.01),
    value(-1.5, 1.77, 900.01),
    value(-1.495, 1.775, 903.01),
  ]);
});

test.each([
  ['absent', {}],
  ['failed', { 'wallclock.date': '' }],
  ['failed', { 'wallclock.date': 'date: not found' }],
  ['failed', { 'wallclock.date': record('1', { timedOut: true, exit: null }) }],
  ['failed', { 'wallclock.date': record('', { error: 'An earlier run of it has not ended.', exit: null }) }],
])('%s: %j', (status, texts) => {
  expect(run(wallClock, texts).status).toBe(status);
});
