import type { SampleData } from '../../../contract/samples.ts';
import { formatBytes, formatCount, formatPercent } from '../../present/units.ts';
import type { Asked, Check, Found } from '../found.ts';

/** Full from the day on which they were made. */
const sealed = new Set(['squashfs', 'iso9660', 'erofs', 'cramfs', 'udf']);

/** For how long pools have to be unread before their file systems are told one by one. */
const unreadMs = 1_800_000;

/** File systems by bytes and by inodes, thin pools of LVM by data and by metadata. */
export const checkSpace: Check = (data, asked) => [...filesystems(data, asked), ...thinPools(data, asked)];

function filesystems({ filesystems: reading, zfs, problems }: SampleData, asked: Asked): Found[] {
  const pools = new Set(zfs?.pools.map(({ name }) => name));
  const isUnread = problems.zfs?.status === 'failed';
  return (reading?.list ?? []).flatMap((row, at): Found[] => {
    if (row.type !== null && sealed.has(row.type)) return [];
    const path = ['filesystems', 'list', at];
    const found: Found[] = [];
    const [byBytes, byInodes] = [`filesystem/${row.mount}`, `inodes/${row.mount}`];
    // All datasets of a pool share its room, of which the pool tells.
    const pooled = row.type === 'zfs' && pools.has(row.device.split('/', 1)[0] ?? '');
    const full = pooled ? null : asked.level(byBytes, 'filesystem', row.used_percent);
    if (full !== null) {
      const text = `${row.mount} ${formatPercent(row.used_percent, 0)} full, ${formatBytes(row.available_bytes)} left`;
      const place = [...path, 'used_percent'];
      // A pool that is not told once will be told again.
      const wait = row.type === 'zfs' && isUnread ? { holdMs: unreadMs, peak: true } : {};
      found.push({ id: byBytes, severity: full, text, collector: 'filesystems', path: place, ...wait });
    }
    const inodes = asked.level(byInodes, 'inodes', row.inodes_used_percent);
    if (inodes !== null) {
      const left = row.inodes == null || row.inodes_used == null ? null : row.inodes - row.inodes_used;
      const rest = left === null ? '' : `, ${formatCount(left)} left`;
      const text = `${row.mount} ${formatPercent(row.inodes_used_percent ?? null, 0)} of its inodes used${rest}`;
      const place = [...path, 'inodes_used_percent'];
      found.push({ id: byInodes, severity: inodes, text, collector: 'filesystems', path: place });
    }
    return found;
  });
}

function thinPools({ lvm }: SampleData, asked: Asked): Found[] {
  const groups = (lvm?.groups ?? []).flatMap(({ name, missing_disks: missing }, at): Found[] => {
    if (missing === null) asked.unknown(`lvm/${name}/missing`);
    if (missing === null || missing === 0) return [];
    const text = `volume group ${name} misses ${missing} ${missing === 1 ? 'disk' : 'disks'}`;
    const path = ['lvm', 'groups', at, 'missing_disks'];
    return [{ id: `lvm/${name}/missing`, severity: 'bad', text, collector: 'lvm', path }];
  });
  const pools = (lvm?.thin_pools ?? []).flatMap((pool, at): Found[] => {
    const name = `${pool.group}/${pool.name}`;
    const path = ['lvm', 'thin_pools', at];
    const found: Found[] = [];
    for (const part of ['data', 'metadata'] as const) {
      const id = `lvm/${name}/${part}`;
      const percent = pool[`${part}_percent`];
      const severity = asked.level(id, 'thin', percent);
      if (severity === null) continue;
      const text = `thin pool ${name}: ${part} ${formatPercent(percent, 0)} full`;
      found.push({ id, severity, text, collector: 'lvm', path: [...path, `${part}_percent`] });
    }
    if (pool.health !== null) {
      const text = `thin pool ${name}: ${pool.health}`;
      found.push({ id: `lvm/${name}/health`, severity: 'bad', text, collector: 'lvm', path: [...path, 'health'] });
    }
    return found;
  });
  return [...groups, ...pools];
}
