import { looseCount, looseFlag, looseNumber, looseObject, looseText, parseJson } from '../loose-values.ts';
import { knownDisk, maxName, type Told, tagsOf, tellGuest, tellNode, tellStorage } from './told.ts';

/**
 * The files that the cluster's file system makes up from what the nodes report to one another, which is what
 * `/cluster/resources` is put together from: https://pve.proxmox.com/pve-docs/pmxcfs.8.html
 * @param text lines of the guests' configurations as `grep -r` prints them, then the files as `tail -v` does
 */
export function readClusterFiles(told: Told, text: string): void {
  const parts = text.split(/^==> (\/etc\/pve\/[^\n]{1,200}) <==$/m);
  const files = new Map<string, string>();
  for (let index = 1; index < parts.length; index += 2) {
    files.set(parts[index] as string, parts[index + 1] as string);
  }
  const file = (name: string) => files.get(`/etc/pve/${name}`) ?? '';
  readMembers(told, file('.members'));
  readGuestList(told, file('.vmlist'));
  readReports(told, file('.rrd'));
  readStorageConfig(told, file('storage.cfg'));
  readHaManager(told, file('ha/manager_status'));
  readGuestConfigs(told, text);
}

/** `.members`: this node's name, and where there is a cluster its quorum and nodes. */
export function readMembers(told: Told, text: string): boolean {
  const members = looseObject(parseJson(text));
  if (members === null || typeof members.nodename !== 'string') return false;
  told.understood = true;
  told.localNode = name(members.nodename);
  const cluster = looseObject(members.cluster);
  if (cluster !== null) {
    const { quorate, nodes } = cluster;
    told.cluster = { name: name(cluster.name), quorate: looseFlag(quorate), nodes: looseCount(nodes) };
  }
  for (const [node, about] of Object.entries(looseObject(members.nodelist) ?? {})) {
    tellNode(told, name(node), { online: looseFlag(looseObject(about)?.online) });
  }
  return true;
}

/** `.vmlist`: every guest of the cluster and the node that it is on. */
export function readGuestList(told: Told, text: string): boolean {
  const ids = looseObject(looseObject(parseJson(text))?.ids);
  if (ids === null) return false;
  told.understood = true;
  for (const [vmid, about] of Object.entries(ids)) {
    const { node, type } = looseObject(about) ?? {};
    tellGuest(told, looseCount(vmid), { node: name(node), type: type === 'lxc' ? 'lxc' : 'qemu' });
  }
  return true;
}

/** `.rrd`: the last report of each node, guest and storage; PVE 9 has other keys, and more columns behind. */
export function readReports(told: Told, text: string): boolean {
  let found = false;
  for (const line of text.split('\n')) {
    const match = /^pve(?:2|2\.3)?-(node|vm|storage)(?:-\d{1,2}\.\d)?\/([^:\n]{1,200}):(.*)$/.exec(line.slice(0, 2048));
    if (match === null) continue;
    found = true;
    const [, kind, key, columns] = match as unknown as [string, string, string, string];
    const values = columns.replace(/\0/g, '').split(':');
    if (kind === 'node') readNodeReport(told, key, values);
    else if (kind === 'vm') readGuestReport(told, key, values);
    else readStorageReport(told, key, values);
  }
  if (found) told.understood = true;
  return found;
}

function readNodeReport(told: Told, node: string, values: readonly string[]): void {
  const at = (column: number) => looseNumber(values[column]);
  const cpu = at(5);
  tellNode(told, name(node), {
    ...{ uptime_seconds: at(0), load_one: at(3), cpus: at(4), cpu_percent: cpu === null ? null : 100 * cpu },
    ...{ memory_total_bytes: at(7), memory_bytes: at(8), disk_total_bytes: at(11), disk_bytes: at(12) },
  });
}

function readGuestReport(told: Told, key: string, values: readonly string[]): void {
  const vmid = looseCount(key);
  const at = (column: number) => looseNumber(values[column]);
  const cpu = at(6);
  const type = told.guests.get(vmid ?? 0)?.type ?? 'qemu';
  tellGuest(told, vmid, {
    ...{
      uptime_seconds: at(0),
      name: name(values[1]),
      state: name(values[2]) ?? 'unknown',
      template: values[3] === '1',
    },
    ...{ cpus: at(5), cpu_percent: cpu === null ? null : 100 * cpu, memory_total_bytes: at(7), memory_bytes: at(8) },
    ...{ disk_total_bytes: at(9), disk_bytes: knownDisk(type, at(10)) },
  });
  if (vmid === null || !told.guests.has(vmid)) return;
  const counters = { rx: at(11), tx: at(12), read: at(13), write: at(14) };
  told.counters.set(vmid, { at: at(4), uptime: at(0), ...counters });
}

function readStorageReport(told: Told, key: string, values: readonly string[]): void {
  const slash = key.indexOf('/');
  const [total, used] = [looseNumber(values[1]), looseNumber(values[2])];
  if (slash < 1) return;
  tellStorage(told, name(key.slice(0, slash)), name(key.slice(slash + 1)), {
    ...{ active: true, enabled: true, total_bytes: total, used_bytes: used },
    available_bytes: total === null || used === null ? null : Math.max(0, total - used),
  });
}

/** Kinds of storage that every node reaches, whether or not their entry says so. */
const sharedTypes = new Set('nfs cifs pbs cephfs rbd iscsi iscsidirect glusterfs zfs esxi'.split(' '));

/** `storage.cfg`: sections `TYPE: NAME` with indented lines: https://pve.proxmox.com/wiki/Storage */
function readStorageConfig(told: Told, text: string): void {
  for (const section of text.split(/^(?=[a-z]+: )/m)) {
    const head = /^([a-z]{1,32}): (\S{1,128})\s*\n/.exec(section);
    if (head === null) continue;
    const [, type, storage] = head as unknown as [string, string, string];
    const option = (key: string) => section.split('\n').some((line) => line.trim().split(/\s+/)[0] === key);
    const known = {
      type,
      enabled: !option('disable'),
      shared: sharedTypes.has(type) || /^\s+shared 1\s*$/m.test(section),
    };
    const nodes = [...told.storages.values()].filter((one) => one.name === storage).map(({ node }) => node);
    for (const node of nodes) tellStorage(told, node, storage, known);
    // No node reports it: it is switched off, or cannot be reached.
    if (nodes.length === 0) tellStorage(told, null, storage, { ...known, active: known.enabled ? null : false });
  }
}

/** `ha/manager_status`: what the manager is to keep each service in. */
function readHaManager(told: Told, text: string): void {
  const services = looseObject(looseObject(parseJson(text))?.service_status) ?? {};
  for (const [service, about] of Object.entries(services)) {
    const vmid = looseCount(/^(?:vm|ct):(\d{1,9})$/.exec(service)?.[1]);
    const state = name(looseObject(about)?.state);
    if (vmid !== null && told.guests.has(vmid)) tellGuest(told, vmid, { ha_state: state });
  }
}

/** Tags and locks; what follows a `[NAME]` in a file is of a snapshot. */
function readGuestConfigs(told: Told, text: string): void {
  const inSnapshot = new Set<string>();
  for (const line of text.split('\n')) {
    const match = /^(\/etc\/pve\/\S{1,100}\/(\d{1,9})\.conf):(.*)$/.exec(line.slice(0, 4096));
    if (match === null) continue;
    const [, path, vmid, said] = match as unknown as [string, string, string, string];
    if (/^\[.*\]\s*$/.test(said)) inSnapshot.add(path);
    if (inSnapshot.has(path) || !told.guests.has(Number(vmid))) continue;
    const [key, value = ''] = said.split(/:\s*/, 2);
    if (key === 'tags') tellGuest(told, Number(vmid), { tags: tagsOf(value.trim()) });
    if (key === 'lock') tellGuest(told, Number(vmid), { lock: name(value.trim()) });
  }
}

function name(value: unknown): string | null {
  return looseText(value, maxName);
}
