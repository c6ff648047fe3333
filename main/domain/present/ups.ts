import type { Ups } from '../../contract/storage.ts';
import type { Level } from './levels.ts';

/** NUT's words for the state of a UPS: https://networkupstools.org/docs/developer-guide.chunked/new-drivers.html */
const states: Readonly<Record<string, readonly [words: string, level: Level]>> = {
  OL: ['on mains', 'ok'],
  OB: ['on battery', 'warn'],
  LB: ['battery low', 'bad'],
  HB: ['battery too full', 'warn'],
  RB: ['replace the battery', 'warn'],
  CHRG: ['charging', 'ok'],
  DISCHRG: ['discharging', 'ok'],
  BYPASS: ['bypassed: no protection', 'warn'],
  CAL: ['calibrating', 'ok'],
  OFF: ['off', 'bad'],
  OVER: ['overloaded', 'bad'],
  TRIM: ['trimming high mains', 'ok'],
  BOOST: ['boosting low mains', 'ok'],
  FSD: ['shutting down', 'bad'],
  ALARM: ['alarm', 'warn'],
  NOBATT: ['no battery', 'bad'],
  COMMLOST: ['connection lost', 'warn'],
};

const rank: Readonly<Record<Level, number>> = { ok: 0, warn: 1, bad: 2 };

/** Its state in words, and what is wrong with what it tells: `on battery, discharging`. */
export function upsWords({ status, problem }: Ups): string {
  const words = status.map((word) => (Object.hasOwn(states, word) ? states[word]?.[0] : undefined) ?? word);
  const all = problem === null ? words : [...words, problem];
  return all.length === 0 ? 'unknown' : all.join(', ');
}

/** The worst that its state says; null where it says nothing. */
export function upsLevel({ status, problem }: Ups): Level | null {
  const levels = status.flatMap((word) => (Object.hasOwn(states, word) ? [states[word]?.[1] ?? 'ok'] : []));
  if (problem !== null) levels.push('warn');
  return levels.reduce<Level | null>((worst, one) => (worst === null || rank[one] > rank[worst] ? one : worst), null);
}
