import type { Kind } from '../../contract/samples.ts';

/** Seconds between rounds of one kind when nobody looks at the host. */
export const defaultSeconds: Readonly<Record<Kind, number>> = {
  fast: 30,
  medium: 300,
  slow: 1800,
  daily: 86_400,
};

/** Seconds between fast rounds of a host that somebody looks at. */
export const watchedSeconds = 2;

/** Seconds between rounds by kind, and between fast ones of a host that is watched. */
export type Cadence = Readonly<Record<Kind | 'watched', number>>;

export const defaultCadence: Cadence = { ...defaultSeconds, watched: watchedSeconds };

/**
 * The next instant of a fixed grid after `now`, in milliseconds: rounds that came late or were left out move none of
 * those that follow, so nothing drifts.
 */
export function nextOnGrid(origin: number, periodMs: number, now: number): number {
  return origin + (Math.floor((now - origin) / periodMs) + 1) * periodMs;
}

/**
 * Rounds begin at common instants so far apart: the answers of some hosts come together, and only the first of them
 * meets cold code and caches. It takes a quarter off what a sample costs a console of 200 hosts (docs/benchmarks.md).
 */
const slotMs = 250;

/**
 * Where a host's grid begins, in milliseconds of the clock that `now` is of: within a period from now, so that hosts
 * that were added together do not run together, and on a slot. `random`: 0 to 1.
 */
export function gridOrigin(now: number, periodMs: number, random: number): number {
  return Math.ceil((now + periodMs * random) / slotMs) * slotMs;
}

const costly = 0.25;
const cheap = 0.05;
const maxSlowdown = 16;

/**
 * How many times slower than asked a host runs, from 1 to 16: twice as slow after a round that took more than a
 * quarter of the time between two rounds as they run now, twice as fast again after one that took less than a
 * twentieth of it. The distance between the two keeps it from swinging.
 */
export function nextSlowdown(slowdown: number, roundMs: number, askedPeriodMs: number): number {
  const share = roundMs / (askedPeriodMs * slowdown);
  if (share > costly) return Math.min(maxSlowdown, slowdown * 2);
  if (share < cheap) return Math.max(1, slowdown / 2);
  return slowdown;
}
