import {
  type Loose,
  looseCount,
  looseFlag,
  looseNumber,
  looseObject,
  looseObjects,
  looseText,
} from '../loose-values.ts';
import { knownDisk, maxHistory, maxName, type Told, tagsOf, tellGuest, tellNode, tellStorage } from './told.ts';

const maxRows = 8192;

/**
 * What the interface answers, by whatever path: `/cluster/resources`, `/cluster/status`, `/nodes` and what lies below
 * a node; bare as pvesh prints it, or in its envelope `data`: https://pve.proxmox.com/pve-docs/api-viewer/
 */
export function readApi(told: Told, json: unknown): void {
  const answer = looseObject(json);
  const data = answer !== null && 'data' in answer ? answer.data : json;
  const one = looseObject(data);
  const rows = one === null ? looseObjects(data, maxRows) : [one];
  if (Array.isArray(data) && data.length === 0) told.understood = true;
  for (const row of rows) if (readRow(told, row)) told.understood = true;
}

/** Rows of what there is in a cluster and of which nothing is told here. */
const silent = new Set<unknown>(['pool', 'sdn', 'network']);

function readRow(told: Told, row: Loose): boolean {
  const type = row.type;
  // Jobs, what they did and what they wrote name guests and storages too, and tell nothing of them.
  if (type === 'vzdump' || row.upid !== undefined || row.volid !== undefined) return false;
  if (readHa(told, row)) return true;
  if (type === 'cluster' && 'quorate' in row) {
    const known = { name: text(row.name), quorate: looseFlag(row.quorate), nodes: looseCount(row.nodes) };
    told.cluster = known;
  } else if (type === 'node' || (row.node !== undefined && row.status === 'online')) readNode(told, row);
  else if (row.vmid !== undefined) readGuest(told, row);
  else if (row.storage !== undefined) readStorage(told, row);
  else if (looseObject(row.memory) !== null || typeof row.pveversion === 'string') readNodeStatus(told, row);
  else if (row.time !== undefined && Object.values(row).every(isNumber)) readHistory(told, row);
  else if (typeof row.version === 'string' && row.release !== undefined) told.version = versionOf(row.version);
  else return silent.has(type);
  return true;
}

/** Of `rrddata` alone: rows of logs have a time too. */
function isNumber(value: unknown): boolean {
  return value === null || looseNumber(value) !== null;
}

/** `/cluster/ha/status/current`: quorum, the node's managers, and what each service is kept in. */
function readHa(told: Told, row: Loose): boolean {
  const sid = /^(vm|ct):(\d{1,9})$/.exec(text(row.sid) ?? '');
  if (row.type === 'quorum') {
    told.cluster = { name: null, nodes: null, ...told.cluster, quorate: looseFlag(row.quorate) };
  } else if (row.type === 'service' && sid !== null) {
    const type = sid[1] === 'ct' ? 'lxc' : 'qemu';
    tellGuest(told, Number(sid[2]), { type, node: text(row.node), ha_state: text(row.state) });
  } else if (row.type === 'lrm') tellNode(told, text(row.node), {});
  else return row.type === 'master';
  return true;
}

function readNode(told: Told, row: Loose): void {
  // Of one that has reported nothing yet, the status is `unknown`.
  const online = looseFlag(row.online) ?? (row.status === 'online' ? true : row.status === 'offline' ? false : null);
  const local = looseFlag(row.local);
  const name = text(row.node) ?? text(row.name);
  if (name === null) return;
  if (local === true) told.localNode = name;
  tellNode(told, name, {
    ...{ online, local, cpu_percent: percent(row.cpu), cpus: looseNumber(row.maxcpu) },
    ...{ memory_bytes: looseNumber(row.mem), memory_total_bytes: looseNumber(row.maxmem) },
    ...{ disk_bytes: looseNumber(row.disk), disk_total_bytes: looseNumber(row.maxdisk) },
    uptime_seconds: looseNumber(row.uptime),
  });
}

/** `/nodes/NODE/status` is about one node and does not name it. */
function readNodeStatus(told: Told, row: Loose): void {
  const part = (name: string): Loose => looseObject(row[name]) ?? {};
  const [one, five, fifteen] = Array.isArray(row.loadavg) ? row.loadavg.map(looseNumber) : [];
  told.version ??= versionOf(row.pveversion);
  tellNode(told, null, {
    ...{ online: true, local: null, cpu_percent: percent(row.cpu), cpus: looseNumber(part('cpuinfo').cpus) },
    ...{ memory_bytes: looseNumber(part('memory').used), memory_total_bytes: looseNumber(part('memory').total) },
    ...{ disk_bytes: looseNumber(part('rootfs').used), disk_total_bytes: looseNumber(part('rootfs').total) },
    ...{ uptime_seconds: looseNumber(row.uptime) },
    ...{ load_one: one ?? null, load_five: five ?? null, load_fifteen: fifteen ?? null },
  });
}

function readGuest(told: Told, row: Loose): void {
  const vmid = looseCount(row.vmid);
  const isContainer = row.type === 'lxc' || row.type === 'openvz' || /^lxc\//.test(text(row.id) ?? '');
  const type = isContainer ? 'lxc' : 'qemu';
  const uptime = looseNumber(row.uptime);
  tellGuest(told, vmid, {
    ...{ type, name: text(row.name), node: text(row.node), state: text(row.status) ?? 'unknown' },
    ...{ template: looseFlag(row.template) ?? false },
    ...{ cpu_percent: percent(row.cpu), cpus: looseNumber(row.maxcpu) ?? looseNumber(row.cpus) },
    ...{ memory_bytes: looseNumber(row.mem), memory_total_bytes: looseNumber(row.maxmem) },
    ...{ disk_bytes: knownDisk(type, looseNumber(row.disk)), disk_total_bytes: looseNumber(row.maxdisk) },
    ...{
      uptime_seconds: uptime,
      tags: tagsOf(row.tags),
      lock: text(row.lock),
      ha_state: text(row.hastate) ?? text(looseObject(row.ha)?.state),
    },
  });
  if (vmid === null || !told.guests.has(vmid)) return;
  told.counters.set(vmid, {
    ...{ at: null, uptime, rx: looseNumber(row.netin), tx: looseNumber(row.netout) },
    ...{ read: looseNumber(row.diskread), write: looseNumber(row.diskwrite) },
  });
}

/** Rows of `/cluster/resources` say `disk` of `maxdisk`, those of `/nodes/NODE/storage` `used` of `total`. */
function readStorage(told: Told, row: Loose): void {
  const total = looseNumber(row.total) ?? looseNumber(row.maxdisk);
  const used = looseNumber(row.used) ?? looseNumber(row.disk);
  const known = total !== null && total > 0;
  tellStorage(told, text(row.node), text(row.storage), {
    type: text(row.plugintype) ?? (row.type === 'storage' ? null : text(row.type)),
    active: looseFlag(row.active) ?? (row.status === 'available' ? true : null),
    // Its configuration says only that it is switched off.
    enabled: looseFlag(row.enabled) ?? (looseFlag(row.disable) === true ? false : null),
    shared: looseFlag(row.shared),
    ...{ total_bytes: known ? total : null, used_bytes: known ? used : null },
    available_bytes: known ? (looseNumber(row.avail) ?? rest(total, used)) : null,
  });
}

/** A row of `rrddata`: averages over its step, so its counters are rates already; what was not measured is left out. */
function readHistory(told: Told, row: Loose): void {
  const at = looseNumber(row.time);
  if (at === null || told.history.length >= maxHistory) return;
  told.history.push({
    ...{ epoch_seconds: at, cpu_percent: percent(row.cpu), cpus: looseNumber(row.maxcpu) },
    memory_bytes: looseNumber(row.mem) ?? looseNumber(row.memused),
    memory_total_bytes: looseNumber(row.maxmem) ?? looseNumber(row.memtotal),
    ...{ memory_available_bytes: looseNumber(row.memavailable), arc_bytes: looseNumber(row.arcsize) },
    ...{ rx_bytes_per_second: looseNumber(row.netin), tx_bytes_per_second: looseNumber(row.netout) },
    ...{ read_bytes_per_second: looseNumber(row.diskread), write_bytes_per_second: looseNumber(row.diskwrite) },
  });
}

/** `8.1.4` out of `pve-manager/8.1.4/ec5affc9e41f1d79 (running kernel: …)`, of dpkg's answer, or of itself. */
export function versionOf(value: unknown): string | null {
  const found = /^\s*(?:pve-manager(?:[/\t]|: ))?(\d{1,3}(?:\.\d{1,3}){1,2}(?:[-~+][\w.]{1,20})?)(?:[/\s(]|$)/.exec(
    text(value) ?? '',
  );
  return found?.[1] ?? null;
}

/** A share of all CPUs from 0 to 1; a guest can be a little above. */
function percent(value: unknown): number | null {
  const share = looseNumber(value);
  return share === null ? null : 100 * share;
}

function rest(total: number | null, used: number | null): number | null {
  return total === null || used === null ? null : Math.max(0, total - used);
}

function text(value: unknown): string | null {
  return looseText(value, maxName);
}
