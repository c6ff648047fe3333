import type { Sample } from '../../contract/samples.ts';
import { poolFindings } from '../../domain/present/pools.ts';
import { formatBytes, formatCount, formatPercent, unknown } from '../../domain/present/units.ts';
import { visible } from '../../domain/present/words.ts';
import { formatTable } from './table.ts';

/** Tables of pools and the like, where there are any. */
export function storageTables(sample: Sample): string[] {
  return [poolTable(sample), raidTable(sample)].filter((table) => table !== null);
}

function poolTable({ data, collected_at }: Sample): string | null {
  const now = Date.parse(collected_at) / 1000;
  const rows = (data.zfs?.pools ?? []).map((pool) => {
    const words = poolFindings(pool, now).map(({ text }) => text);
    return [
      visible(pool.name, 32),
      visible(pool.state ?? unknown, 16),
      formatBytes(pool.size_bytes),
      formatPercent(pool.used_percent),
      visible(words.join('; '), 120),
    ];
  });
  return rows.length === 0 ? null : formatTable(['POOL', 'STATE', 'SIZE', 'USED', ''], rows, [2, 3]);
}

function raidTable({ data }: Sample): string | null {
  const rows = (data.raids?.list ?? []).map((array) => {
    const { sync, degraded, disks, active_disks: active } = array;
    const progress =
      sync === null ? '' : `${sync.action} ${sync.waiting ? 'waits' : formatPercent(sync.progress_percent, 1)}`;
    const words = [degraded ? 'degraded' : '', progress].filter((word) => word !== '');
    return [
      visible(array.name, 32),
      visible(array.level ?? unknown, 16),
      visible(array.state, 16),
      formatBytes(array.size_bytes),
      `${formatCount(active)} of ${formatCount(disks)}`,
      visible(words.join(', '), 60),
    ];
  });
  return rows.length === 0 ? null : formatTable(['RAID', 'LEVEL', 'STATE', 'SIZE', 'DISKS', ''], rows, [3, 4]);
}
