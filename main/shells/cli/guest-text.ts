import type { Sample } from '../../contract/samples.ts';
import {
  formatAge,
  formatBytes,
  formatCount,
  formatDuration,
  formatPercent,
  unknown,
} from '../../domain/present/units.ts';
import { visible } from '../../domain/present/words.ts';
import { rowsTable, yesOrNo } from './table.ts';

const maxUnits = 50;

/** Tables of what runs on a host: Proxmox VE and its backups, containers, units and timers, where there are any. */
export function guestTables(sample: Sample): string[] {
  const tables = [nodeTable, guestTable, storageTable, backupTable, containerTable, unitTable, timerTable];
  return tables.map((table) => table(sample)).filter((table) => table !== null);
}

function nodeTable({ data }: Sample): string | null {
  const rows = (data.proxmox?.nodes ?? []).map((node) => [
    visible(node.name ?? unknown, 32),
    yesOrNo(node.online),
    formatPercent(node.cpu_percent),
    share(node.memory_bytes, node.memory_total_bytes),
    share(node.disk_bytes, node.disk_total_bytes),
    formatDuration(node.uptime_seconds),
  ]);
  return rowsTable(['NODE', 'ONLINE', 'CPU', 'MEMORY', 'ROOT', 'UP'], rows, [2, 3, 4]);
}

function guestTable({ data }: Sample): string | null {
  const rows = (data.proxmox?.guests ?? []).map((guest) => [
    String(guest.vmid),
    visible(guest.name ?? unknown, 32),
    guest.type,
    visible(guest.node ?? unknown, 24),
    visible([guest.template ? 'template' : guest.state, guest.lock ?? ''].join(' ').trim(), 32),
    formatPercent(guest.cpu_percent),
    share(guest.memory_bytes, guest.memory_total_bytes),
  ]);
  return rowsTable(['GUEST', 'NAME', 'TYPE', 'NODE', 'STATE', 'CPU', 'MEMORY'], rows, [0, 5, 6]);
}

function storageTable({ data }: Sample): string | null {
  const rows = (data.proxmox?.storages ?? []).map((one) => [
    visible(one.name, 32),
    visible(one.node ?? unknown, 24),
    visible(one.type ?? unknown, 16),
    yesOrNo(one.active),
    formatBytes(one.total_bytes),
    formatPercent(one.used_percent),
  ]);
  return rowsTable(['STORAGE', 'NODE', 'TYPE', 'ACTIVE', 'SIZE', 'USED'], rows, [4, 5]);
}

function backupTable({ data }: Sample): string | null {
  const rows = (data.backups?.list ?? []).map((one) => [
    String(one.vmid),
    visible(one.storage, 40),
    formatAge(one.age_seconds),
    formatBytes(one.size_bytes),
    formatCount(one.count),
  ]);
  const missing = (data.backups?.missing ?? []).map((vmid) => [String(vmid), 'none', '', '', '0']);
  return rowsTable(['BACKUP OF', 'ON', 'MADE', 'SIZE', 'COUNT'], [...missing, ...rows], [0, 3, 4]);
}

function containerTable({ data }: Sample): string | null {
  const rows = (data.containers?.list ?? []).map((one) => [
    visible(one.name, 40),
    visible(one.image ?? unknown, 40),
    visible([one.state, one.health ?? '', one.oom_killed ? 'out of memory' : ''].filter(Boolean).join(', '), 40),
    formatCount(one.restarts),
    formatPercent(one.cpu_percent),
    formatBytes(one.memory_bytes),
  ]);
  return rowsTable(['CONTAINER', 'IMAGE', 'STATE', 'RESTARTS', 'CPU % OF A CORE', 'MEMORY'], rows, [3, 4, 5]);
}

/** Those that failed; the others are counted. */
function unitTable({ data }: Sample): string | null {
  if (data.units == null) return null;
  const { counts, failed, state } = data.units;
  const rows = failed
    .slice(0, maxUnits)
    .map((one) => [visible(one.name, 60), visible(one.sub, 16), visible(one.description ?? '', 60)]);
  const all = `${formatCount(counts.active)} of ${formatCount(counts.total)} units are active`;
  return rowsTable(
    ['UNIT', 'STATE', ''],
    [...rows, ['all', visible(state ?? unknown, 16), `${all}, ${formatCount(counts.failed)} failed`]],
  );
}

function timerTable({ data }: Sample): string | null {
  const at = (seconds: number | null) =>
    seconds === null || seconds > 1e11 ? unknown : new Date(seconds * 1000).toISOString().slice(0, 19);
  const rows = (data.timers?.list ?? []).map((one) => [
    visible(one.name, 60),
    at(one.next_epoch_seconds),
    at(one.last_epoch_seconds),
    visible(one.activates ?? unknown, 60),
  ]);
  return rowsTable(['TIMER', 'NEXT, UTC', 'LAST, UTC', 'STARTS'], rows);
}

function share(part: number | null, whole: number | null): string {
  return whole === null ? formatBytes(part) : `${formatBytes(part)} of ${formatBytes(whole)}`;
}
