import type { BtrfsDevice, RaidArray } from '../../contract/storage.ts';
import type { Level } from './levels.ts';
import { formatPercent } from './units.ts';

/** At most so many devices are named in a line. */
const maxNamed = 4;

/** What is wrong with an array of md: `degraded: 1 of 2 disks, sdb1 failed`; null where it is whole, or not known not to be. */
export function raidTrouble(array: RaidArray): string | null {
  const { level, state, degraded, disks, active_disks: active, members } = array;
  const failed = members.filter((member) => member.state === 'failed').map(({ name }) => name);
  const names = failed.slice(0, maxNamed).join(', ');
  const lost = failed.length === 0 ? '' : `, ${names} failed`;
  if (degraded === true) {
    return `degraded${active === null || disks === null ? '' : `: ${active} of ${disks} disks`}${lost}`;
  }
  // A container only holds what others are made of.
  if (state.startsWith('inactive') && level !== 'container') return `inactive${lost}`;
  return failed.length === 0 ? null : `not whole: ${names} failed`;
}

/** How far what an array does goes: `recovery 34.0 %`; null where it does nothing. */
export function raidSyncWords({ sync }: RaidArray): string | null {
  if (sync === null) return null;
  if (sync.waiting) return `${sync.action} waits`;
  return sync.progress_percent === null
    ? `${sync.action} under way`
    : `${sync.action} ${formatPercent(sync.progress_percent, 1)}`;
}

/** Whether what an array does puts it right again; a check or a reshape does not. */
export function isRebuilding({ sync }: RaidArray): boolean {
  return sync !== null && (sync.action === 'recovery' || sync.action === 'resync');
}

export const btrfsCounters = [
  ['write_errors', 'write'],
  ['read_errors', 'read'],
  ['flush_errors', 'flush'],
  ['corruption_errors', 'corruption'],
  ['generation_errors', 'generation'],
] as const;

/** What is wrong with a device of btrfs, and which of its readings says so first; null where nothing is. */
export function btrfsTrouble(
  device: BtrfsDevice,
): { readonly key: keyof BtrfsDevice; readonly level: Exclude<Level, 'ok'>; readonly words: string } | null {
  if (device.missing) return { key: 'missing', level: 'bad', words: 'missing' };
  const some = btrfsCounters.filter(([key]) => (device[key] ?? 0) > 0);
  const [first] = some;
  if (first === undefined) return null;
  const words = some.map(([key, word]) => `${device[key]} ${word} ${device[key] === 1 ? 'error' : 'errors'}`);
  return { key: first[0], level: 'warn', words: words.join(', ') };
}
