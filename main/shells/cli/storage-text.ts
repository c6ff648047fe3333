import type { Sample } from '../../contract/samples.ts';
import { poolFindings } from '../../domain/present/pools.ts';
import { formatBytes, formatPercent, unknown } from '../../domain/present/units.ts';
import { visible } from '../../domain/present/words.ts';
import { formatTable } from './table.ts';

/** Tables of pools and the like, where there are any. */
export function storageTables(sample: Sample): string[] {
  return [poolTable(sample)].filter((table) => table !== null);
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
