import { describe, expect, test } from 'vitest';
import { faultCodes } from '../../contract/faults.ts';
import { isRetried, reconnectDelayMs } from './backoff.ts';

const lost = { code: 'disconnected', step: 'key exchange', message: '' } as const;
const refused = { code: 'unreachable', step: 'tcp', message: '' } as const;

describe('reconnectDelayMs', () => {
  test.each([
    [1, 0.5, 1000],
    [2, 0.5, 2000],
    [3, 0.5, 5000],
    [4, 0.5, 10_000],
    [5, 0.5, 20_000],
    [6, 0.5, 30_000],
    [7, 0.5, 60_000],
    [1000, 0.5, 60_000],
    [0, 0.5, 1000],
    [1, 0, 800],
    [1, 1, 1200],
    [9, 0, 48_000],
    [9, 1, 72_000],
  ])('try %d at random %d waits %d ms', (attempt, random, expected) => {
    expect(reconnectDelayMs(attempt, lost, random)).toBe(expected);
  });

  test('a link that is down is looked for every three seconds, for some minutes', () => {
    expect([1, 2, 3, 90, 91].map((attempt) => reconnectDelayMs(attempt, refused, 0.5))).toEqual([
      1000, 2000, 3000, 3000, 60_000,
    ]);
  });

  test('behind a host on the way each try is a sign-in there, and is not made so often', () => {
    expect(reconnectDelayMs(7, { ...refused, hop: 'bastion' }, 0.5)).toBe(60_000);
  });
});

test('what a technician must mend first is not tried again', () => {
  expect(faultCodes.filter((code) => !isRetried(code))).toEqual([
    'auth_failed',
    'host_key_unknown',
    'host_key_changed',
    'cancelled',
    'bad_input',
    'bad_output',
    'not_found',
    'not_permitted',
  ]);
});
