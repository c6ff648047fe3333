import type { SampleData } from '../../../contract/samples.ts';
import { type Level, levelOf } from '../levels.ts';
import { formatCelsius, formatPercent } from '../units.ts';
import { upsLevel, upsTroubles, upsWords } from '../ups.ts';
import { counted, type Judge, troubleOf } from './condition.ts';

type Trouble = { readonly level: Level; readonly words: string };

export const systemCondition: Judge = ({ system }) => {
  if (system == null) return null;
  return { level: 'ok', count: null, words: system.os ?? system.kernel ?? 'system unknown' };
};

export const updatesCondition: Judge = ({ updates }) => {
  if (updates == null) return null;
  const { pending, security, reboot_required: reboot } = updates;
  const safety: Trouble[] =
    security !== null && security > 0 ? [{ level: 'warn', words: `${security} of security` }] : [];
  const start: Trouble[] = reboot === true ? [{ level: 'warn', words: 'reboot required' }] : [];
  const [first, second] = [...start, ...safety];
  if (first !== undefined) {
    return {
      level: 'warn',
      count: pending,
      words: second === undefined ? first.words : `${first.words}, ${second.words}`,
    };
  }
  if (pending === null) return { level: null, count: null, words: 'not known' };
  return { level: 'ok', count: pending, words: pending === 0 ? 'up to date' : 'none of security' };
};

export const upsCondition: Judge = ({ ups }) => {
  if (ups == null) return null;
  const troubles = ups.list.flatMap((one) =>
    upsTroubles(one).map(({ level, words }): Trouble => ({ level, words: `${one.name} ${words}` })),
  );
  const [first] = ups.list;
  const battery = first?.battery_percent == null ? '' : `, ${formatPercent(first.battery_percent, 0)}`;
  const level = first === undefined ? 'ok' : upsLevel(first);
  const words = first === undefined ? 'none' : `${upsWords(first)}${battery}`;
  return troubleOf(troubles, ups.list.length) ?? { level, count: ups.list.length, words };
};

export const gpusCondition: Judge = ({ gpus }) => {
  if (gpus == null) return null;
  const troubles = gpus.list.flatMap((gpu): Trouble[] => {
    const level = levelOf('gpu', gpu.temperature_celsius);
    if (level === null || level === 'ok') return [];
    return [{ level, words: `${gpu.name ?? gpu.id} at ${formatCelsius(gpu.temperature_celsius)}` }];
  });
  const busy = gpus.list.flatMap(({ busy_percent: percent }) => percent ?? []);
  const words = busy.length === 0 ? 'use unknown' : `${formatPercent(Math.max(...busy), 0)} busy`;
  return troubleOf(troubles, gpus.list.length) ?? { level: 'ok', count: gpus.list.length, words };
};

/** The address that others reach it by: the first that is global. */
export const addressesCondition: Judge = ({ addresses }) => {
  if (addresses == null) return null;
  const all = addresses.interfaces.flatMap(({ addresses: list }) => list);
  const first = all.find(({ scope }) => scope === 'global') ?? all.find(({ address }) => !isLoopback(address));
  return { level: 'ok', count: addresses.interfaces.length, words: first?.address ?? 'loopback only' };
};

function isLoopback(address: string): boolean {
  return address === '::1' || address.startsWith('127.');
}

export const listenersCondition: Judge = ({ listeners }) => {
  if (listeners == null) return null;
  const open = listeners.list.filter(({ local }) => !local).length;
  return { level: 'ok', count: listeners.count, words: `${open} open to others` };
};

/** Who is signed in; where that is not told, who may. */
export const peopleCondition: Judge = ({ sessions, accounts }: SampleData) => {
  if (sessions != null) {
    const users = [...new Set(sessions.list.map(({ user }) => user))];
    const words = users.length === 0 ? 'nobody signed in' : users.join(', ');
    return { level: 'ok', count: sessions.list.length, words };
  }
  if (accounts == null) return null;
  const able = accounts.list.filter(({ can_sign_in: can }) => can).length;
  return { level: 'ok', count: null, words: `${counted(able, 'account')} may sign in` };
};
