import type { Sample } from '../../contract/samples.ts';
import { poolFindings } from '../../domain/present/pools.ts';
import { formatBytes, formatCount, formatPercent, unknown } from '../../domain/present/units.ts';
import { visible } from '../../domain/present/words.ts';
import { rowsTable } from './table.ts';

const maxRows = 50;

/** Tables of pools and the like, where there are any. */
export function storageTables(sample: Sample): string[] {
  return [poolTable, datasetTable, raidTable, groupTable, thinPoolTable, btrfsTable]
    .map((table) => table(sample))
    .filter((table) => table !== null);
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
  return rowsTable(['POOL', 'STATE', 'SIZE', 'USED', ''], rows, [2, 3]);
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
  return rowsTable(['RAID', 'LEVEL', 'STATE', 'SIZE', 'DISKS', ''], rows, [3, 4]);
}

function datasetTable({ data }: Sample): string | null {
  const rows = (data.datasets?.list ?? [])
    .slice(0, maxRows)
    .map((one) => [
      visible(one.name, 60),
      one.type,
      formatBytes(one.used_bytes),
      formatBytes(one.available_bytes),
      formatBytes(one.snapshots_bytes),
      formatCount(one.snapshots),
    ]);
  return rowsTable(['DATASET', 'TYPE', 'USED', 'FREE', 'IN SNAPSHOTS', 'SNAPSHOTS'], rows, [2, 3, 4, 5]);
}

function groupTable({ data }: Sample): string | null {
  const rows = (data.lvm?.groups ?? []).map((one) => [
    visible(one.name, 32),
    formatBytes(one.size_bytes),
    formatBytes(one.free_bytes),
    formatCount(one.missing_disks),
  ]);
  return rowsTable(['VOLUME GROUP', 'SIZE', 'FREE', 'MISSING DISKS'], rows, [1, 2, 3]);
}

function thinPoolTable({ data }: Sample): string | null {
  const rows = (data.lvm?.thin_pools ?? []).map((one) => [
    visible(`${one.group}/${one.name}`, 64),
    formatBytes(one.size_bytes),
    formatPercent(one.data_percent),
    formatPercent(one.metadata_percent),
    visible(one.health ?? '', 32),
  ]);
  return rowsTable(['THIN POOL', 'SIZE', 'DATA', 'METADATA', ''], rows, [1, 2, 3]);
}

/** A row for each device. */
function btrfsTable({ data }: Sample): string | null {
  const rows = (data.btrfs?.list ?? []).flatMap((one) =>
    one.devices.map((device) => {
      const counters = [
        ...[device.write_errors, device.read_errors, device.flush_errors],
        ...[device.corruption_errors, device.generation_errors],
      ];
      const known = counters.filter((counter) => counter !== null);
      const errors = known.length === 0 ? null : known.reduce((sum, counter) => sum + counter, 0);
      return [
        visible(one.label ?? one.uuid ?? unknown, 40),
        visible(one.data_profile ?? unknown, 24),
        `${formatBytes(one.data_used_bytes)} of ${formatBytes(one.data_total_bytes)}`,
        visible(device.path ?? `device ${device.id ?? unknown}`, 40),
        device.missing ? 'missing' : `${formatCount(errors)} errors`,
      ];
    }),
  );
  return rowsTable(['BTRFS', 'DATA', 'USED OF CHUNKS', 'DEVICE', ''], rows, [2]);
}
