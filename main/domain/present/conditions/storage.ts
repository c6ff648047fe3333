import type { Pool } from '../../../contract/storage.ts';
import { btrfsTrouble, isRebuilding, raidSyncWords, raidTrouble } from '../arrays.ts';
import { diskTroubles } from '../disk-verdict.ts';
import { type Level, levelOf } from '../levels.ts';
import { poolFindings } from '../pools.ts';
import { formatPercent } from '../units.ts';
import { counted, type Judge, troubleOf } from './condition.ts';

type Trouble = { readonly level: Level; readonly words: string };

export const poolsCondition: Judge = ({ zfs }, now) => {
  if (zfs == null) return null;
  const { pools } = zfs;
  const troubles = pools.flatMap((pool) =>
    poolFindings(pool, now).map(({ level, text }): Trouble => ({ level, words: `${pool.name} ${text}` })),
  );
  const wrong = troubleOf(troubles, pools.length);
  if (wrong !== null) return wrong;
  const known = pools.some(({ state }) => state !== null);
  const parts = [known ? 'healthy' : 'state unknown', ...scanWords(pools), ...fullest(pools.map(usedOf))];
  if (pools.length === 0) return { level: 'ok', count: 0, words: 'none' };
  return { level: known ? 'ok' : null, count: pools.length, words: parts.join(', ') };
};

function usedOf({ used_percent }: { readonly used_percent: number | null }): number | null {
  return used_percent;
}

function fullest(percents: readonly (number | null)[]): string[] {
  const known = percents.filter((percent) => percent !== null);
  return known.length === 0 ? [] : [`${formatPercent(Math.max(...known), 0)} full`];
}

function scanWords(pools: readonly Pool[]): string[] {
  const running = pools.find(({ scan }) => scan?.state === 'running')?.scan;
  if (running == null) return [];
  return [`${running.function} ${formatPercent(running.progress_percent, 0)}`];
}

export const datasetsCondition: Judge = ({ datasets }) => {
  if (datasets == null) return null;
  const { list, snapshots } = datasets;
  const words = snapshots === null ? 'snapshots not counted' : counted(snapshots, 'snapshot');
  return { level: 'ok', count: list.length, words };
};

export const raidsCondition: Judge = ({ raids }) => {
  if (raids == null) return null;
  const troubles = raids.list.flatMap((array): Trouble[] => {
    const trouble = raidTrouble(array);
    const sync = isRebuilding(array) ? raidSyncWords(array) : null;
    return [
      ...(trouble === null ? [] : [{ level: 'bad' as const, words: `${array.name} ${trouble}` }]),
      ...(sync === null ? [] : [{ level: 'warn' as const, words: `${array.name} ${sync}` }]),
    ];
  });
  const unknown = raids.list.length > 0 && raids.list.every(({ degraded }) => degraded === null);
  const syncing = raids.list.flatMap((array) => raidSyncWords(array) ?? []);
  const state = raids.list.length === 0 ? 'none' : unknown ? 'wholeness unknown' : 'whole';
  const words = [state, ...syncing.slice(0, 1)].join(', ');
  return troubleOf(troubles, raids.list.length) ?? { level: unknown ? null : 'ok', count: raids.list.length, words };
};

export const btrfsCondition: Judge = ({ btrfs }) => {
  if (btrfs == null) return null;
  const troubles = btrfs.list.flatMap(({ devices }) =>
    devices.flatMap((device): Trouble[] => {
      const trouble = btrfsTrouble(device);
      if (trouble === null) return [];
      return [{ level: trouble.level, words: `${device.path ?? `device ${device.id}`} ${trouble.words}` }];
    }),
  );
  return troubleOf(troubles, btrfs.list.length) ?? { level: 'ok', count: btrfs.list.length, words: 'no errors' };
};

export const lvmCondition: Judge = ({ lvm }) => {
  if (lvm == null) return null;
  const { groups, thin_pools: thin } = lvm;
  const missing = groups.flatMap(({ name, missing_disks: disks }): Trouble[] =>
    disks === null || disks === 0 ? [] : [{ level: 'bad', words: `${name} misses ${counted(disks, 'disk')}` }],
  );
  const full = thin.flatMap((pool): Trouble[] => {
    const name = `${pool.group}/${pool.name}`;
    if (pool.health !== null) return [{ level: 'bad', words: `${name} ${pool.health.replaceAll('_', ' ')}` }];
    const most = mostOf(pool.data_percent, pool.metadata_percent);
    const level = levelOf('thin', most);
    return level === null || level === 'ok' ? [] : [{ level, words: `${name} ${formatPercent(most, 0)} full` }];
  });
  const count = groups.length;
  const room = fullest(thin.map(({ data_percent: data }) => data));
  return troubleOf([...missing, ...full], count) ?? { level: 'ok', count, words: room[0] ?? 'no thin pool' };
};

/** Data or metadata of a thin pool: whichever is full first stops it. */
export function mostOf(...percents: (number | null)[]): number | null {
  const known = percents.filter((percent) => percent !== null);
  return known.length === 0 ? null : Math.max(...known);
}

export const smartCondition: Judge = ({ smart }) => {
  if (smart == null) return null;
  const { disks } = smart;
  const troubles = disks.flatMap((disk): Trouble[] => {
    const [worst] = diskTroubles(disk);
    if (worst === undefined) return [];
    return [{ level: worst.level, words: `${disk.device.replace(/^\/dev\//, '')} ${worst.words}` }];
  });
  const asleep = disks.filter(({ standby }) => standby).length;
  const judged = disks.some(({ verdict }) => verdict !== null);
  const words = [judged ? 'well' : 'nothing told', ...(asleep === 0 ? [] : [`${asleep} asleep`])].join(', ');
  return troubleOf(troubles, disks.length) ?? { level: judged ? 'ok' : null, count: disks.length, words };
};

export const filesystemsCondition: Judge = ({ filesystems }) => {
  if (filesystems == null) return null;
  const { list } = filesystems;
  const troubles = list.flatMap((one): Trouble[] =>
    (
      [
        ['filesystem', one.used_percent, 'full'],
        ['inodes', one.inodes_used_percent ?? null, 'of its inodes used'],
      ] as const
    ).flatMap(([measure, percent, what]) => {
      const level = levelOf(measure, percent);
      if (level === null || level === 'ok') return [];
      return [{ level, words: `${one.mount} ${formatPercent(percent, 0)} ${what}` }];
    }),
  );
  const used = fullest(list.map(usedOf))[0];
  const words = used === undefined ? 'room unknown' : `${used} at most`;
  return troubleOf(troubles, list.length) ?? { level: used === undefined ? null : 'ok', count: list.length, words };
};
