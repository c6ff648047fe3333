import { describe, expect, test } from 'vitest';
import { faultCodes } from '../../contract/faults.ts';
import { isRetried, reconnectDelayMs } from './backoff.ts';

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
    expect(reconnectDelayMs(attempt, random)).toBe(expected);
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
