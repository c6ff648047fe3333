import { PassThrough } from 'node:stream';
import { afterEach, expect, test, vi } from 'vitest';
import type { SshSettings } from '../../domain/ssh/settings.ts';
import { keepAlive } from './keepalive.ts';
import { sshLimits } from './limits.ts';

afterEach(() => {
  vi.useRealTimers();
});

/** When the host was asked within a minute, in seconds, if it says something at these instants. */
function askedAt(interval: number, saysAt: readonly number[]): number[] {
  vi.useFakeTimers();
  const stream = new PassThrough();
  const begun = performance.now();
  const asked: number[] = [];
  const settings = { serverAlive: { interval, countMax: 3 } } as SshSettings;
  const probe = async () => void asked.push(Math.round((performance.now() - begun) / 1000));
  keepAlive(stream, settings, sshLimits, { probe });
  for (let second = 1; second <= 60; second++) {
    vi.advanceTimersByTime(1000);
    if (saysAt.includes(second)) stream.emit('data', Buffer.from('x'));
  }
  stream.emit('close');
  expect(vi.getTimerCount()).toBe(0);
  return asked;
}

test('who speaks every five seconds is not asked whether it lives; who falls silent is, until the link is given up', () => {
  const everyFive = Array.from({ length: 12 }, (_, index) => 5 * (index + 1));
  expect(askedAt(0, everyFive)).toEqual([]);
  expect(askedAt(0, [5, 10])).toEqual([16, 22, 28, 34, 40, 46, 52, 58]);
});

test('a configuration that asks more often is followed, one that asks less often is not', () => {
  expect(askedAt(30, [])).toEqual([6, 12, 18, 24, 30, 36, 42, 48, 54, 60]);
  expect(
    askedAt(
      2,
      Array.from({ length: 40 }, (_, index) => index + 1),
    ),
  ).toEqual(Array.from({ length: 10 }, (_, index) => 42 + 2 * index));
});
