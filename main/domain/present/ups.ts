import type { Ups } from '../../contract/storage.ts';
import type { Level } from './levels.ts';
import { formatDuration, formatPercent } from './units.ts';

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

export const upsTroubleIds = ['battery', 'low', 'replace', 'over'] as const;

/** One thing that is wrong with a UPS; `id` tells it from others of the same. */
export interface UpsTrouble {
  readonly id: (typeof upsTroubleIds)[number];
  readonly level: Exclude<Level, 'ok'>;
  readonly words: string;
}

/** What a technician has to do something about. */
export function upsTroubles({ status, battery_percent: battery, runtime_seconds: rest }: Ups): UpsTrouble[] {
  const found: UpsTrouble[] = [];
  if (status.includes('OB')) {
    const left = [
      ...(battery === null ? [] : [formatPercent(battery, 0)]),
      ...(rest === null ? [] : [`${formatDuration(rest)} left`]),
    ];
    found.push({ id: 'battery', level: 'bad', words: ['on battery', ...left].join(', ') });
  }
  if (status.includes('LB')) found.push({ id: 'low', level: 'bad', words: 'battery low' });
  if (status.includes('RB')) found.push({ id: 'replace', level: 'warn', words: 'wants a new battery' });
  if (status.includes('OVER')) found.push({ id: 'over', level: 'bad', words: 'overloaded' });
  return found;
}
