import { expect, test } from 'vitest';
import type { Fault } from '../../contract/faults.ts';
import { gapOf, isSilence, type Silence } from './gap-cause.ts';

const refused: Fault = { code: 'auth_failed', step: 'authentication', message: 'The server refused the key.' };
const silent: Fault = { code: 'timeout', step: 'tcp', message: 'No answer within 10 s.' };
const away: Fault = { code: 'unreachable', step: 'dns', message: 'No such host.' };
const base: Silence = { from: 1, to: 2, slept: false, rebooted: false, fault: null, watched: true };

test.each<[string, Partial<Silence>, { cause: string; detail: string }]>([
  [
    'not watched beats all',
    { watched: false, rebooted: true, slept: true },
    { cause: 'not_watched', detail: 'Rackside was not collecting from this host.' },
  ],
  [
    'a reboot explains a lost link',
    { rebooted: true, fault: away },
    { cause: 'rebooted', detail: 'The host was restarted: its boot id changed.' },
  ],
  [
    'sleep explains a lost link',
    { slept: true, fault: away },
    { cause: 'asleep', detail: 'This computer was asleep.' },
  ],
  ['a refusal', { fault: refused }, { cause: 'auth_failed', detail: 'The server refused the key.' }],
  ['a deadline', { fault: silent }, { cause: 'timed_out', detail: 'No answer within 10 s.' }],
  ['any other failure', { fault: away }, { cause: 'unreachable', detail: 'No such host.' }],
  ['nothing known', {}, { cause: 'timed_out', detail: 'The host did not answer in time.' }],
])('%s', (_name, silence, expected) => {
  expect(gapOf({ ...base, ...silence })).toEqual({ from: 1, to: 2, ...expected });
});

test.each([
  [2, 9_000, false],
  [2, 10_001, true],
  [30, 89_000, false],
  [30, 91_000, true],
])('at %i s between samples, %i ms apart is a silence: %s', (cadence, apart, expected) => {
  expect(isSilence(0, apart, cadence)).toBe(expected);
});
