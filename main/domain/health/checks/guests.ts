import type { Guest } from '../../../contract/guests.ts';
import type { SampleData } from '../../../contract/samples.ts';
import { formatDuration, formatPercent } from '../../present/units.ts';
import type { Asked, Check, Found } from '../found.ts';

const daySeconds = 86_400;
/** A backup or a migration of a large guest takes its time, and is planned. */
const lockMs = 4 * 3_600_000;
/** In a state that a person chose. */
const restingLocks = new Set(['suspended']);
const maxNamed = 6;

/** Proxmox VE: its quorum, nodes, storages and guests. What other nodes hold is told by them. */
export const checkGuests: Check = (data, asked) => [
  ...cluster(data, asked),
  ...storages(data, asked),
  ...guests(data, asked),
  ...backups(data, asked),
];

function isLocal({ proxmox }: SampleData, node: string | null): boolean {
  const own = proxmox?.nodes.find(({ local }) => local === true)?.name ?? null;
  return own === null || node === null || node === own;
}

function cluster({ proxmox }: SampleData, asked: Asked): Found[] {
  const found: Found[] = [];
  if (proxmox?.cluster?.quorate === null) asked.unknown('cluster/quorum');
  if (proxmox?.cluster?.quorate === false) {
    const text = `cluster ${proxmox.cluster.name ?? ''} lost its quorum`.replace('  ', ' ');
    const path = ['proxmox', 'cluster', 'quorate'];
    found.push({ id: 'cluster/quorum', severity: 'bad', text, collector: 'proxmox', path });
  }
  for (const [at, { name, online, local }] of (proxmox?.nodes ?? []).entries()) {
    if (online === null) asked.unknown(`node/${name}`);
    if (online !== false || local === true) continue;
    const path = ['proxmox', 'nodes', at, 'online'];
    found.push({ id: `node/${name}`, severity: 'warn', text: `node ${name} offline`, collector: 'proxmox', path });
  }
  return found;
}

function storages(data: SampleData, asked: Asked): Found[] {
  return (data.proxmox?.storages ?? []).flatMap((storage, at): Found[] => {
    const { name, node, active, enabled, used_percent: used } = storage;
    if (enabled === false || !isLocal(data, node)) return [];
    const path = ['proxmox', 'storages', at];
    if (active === false) {
      asked.unknown(`storage/${name}/space`);
      const text = `storage ${name} not active`;
      return [{ id: `storage/${name}/active`, severity: 'bad', text, collector: 'proxmox', path: [...path, 'active'] }];
    }
    if (active === null) asked.unknown(`storage/${name}/active`);
    const id = `storage/${name}/space`;
    const severity = asked.level(id, 'filesystem', used);
    if (severity === null) return [];
    const text = `storage ${name} ${formatPercent(used, 0)} full`;
    return [{ id, severity, text, collector: 'proxmox', path: [...path, 'used_percent'] }];
  });
}

function guests(data: SampleData, asked: Asked): Found[] {
  return (data.proxmox?.guests ?? []).flatMap((guest, at): Found[] => {
    if (guest.template || !isLocal(data, guest.node)) return [];
    const path = ['proxmox', 'guests', at];
    const name = nameOf(guest);
    const found: Found[] = [];
    if (guest.lock !== null && !restingLocks.has(guest.lock)) {
      const place = { path: [...path, 'lock'], holdMs: lockMs, peak: true };
      const text = `${name} locked for ${guest.lock}`;
      found.push({ id: `guest/${guest.vmid}/lock`, severity: 'warn', text, collector: 'proxmox', ...place });
    }
    if (guest.ha_state === 'error') {
      const place = [...path, 'ha_state'];
      const text = `${name} in error for high availability`;
      found.push({ id: `guest/${guest.vmid}/ha`, severity: 'bad', text, collector: 'proxmox', path: place });
    }
    const id = `guest/${guest.vmid}/disk`;
    const { disk_bytes: used, disk_total_bytes: total } = guest;
    const percent = used === null || total === null || total <= 0 ? null : (100 * used) / total;
    // How full the disk of one is that does not run, nobody tells.
    const severity = asked.level(id, 'filesystem', guest.type === 'lxc' && guest.state === 'running' ? percent : null);
    if (severity !== null) {
      const text = `${name}: disk ${formatPercent(percent, 0)} full`;
      found.push({ id, severity, text, collector: 'proxmox', path: [...path, 'disk_bytes'] });
    }
    return found;
  });
}

function nameOf({ type, vmid, name }: Guest): string {
  return `${type === 'lxc' ? 'CT' : 'VM'} ${vmid}${name === null ? '' : ` ${name}`}`;
}

/** Of a guest that is backed up at all; that none is may be meant so. */
function backups({ backups: reading }: SampleData, asked: Asked): Found[] {
  const newest = new Map<number, { age: number; at: number }>();
  for (const [at, { vmid, age_seconds: age }] of (reading?.list ?? []).entries()) {
    if (age === null) asked.unknown(`backup/${vmid}`);
    if (age !== null && age < (newest.get(vmid)?.age ?? Number.POSITIVE_INFINITY)) newest.set(vmid, { age, at });
  }
  const found = [...newest].flatMap(([vmid, { age, at }]): Found[] => {
    const id = `backup/${vmid}`;
    const severity = asked.level(id, 'backup', age / daySeconds);
    if (severity === null) return [];
    const text = `guest ${vmid}: no backup since ${formatDuration(age)}`;
    return [{ id, severity, text, collector: 'backups', path: ['backups', 'list', at, 'age_seconds'] }];
  });
  const missing = reading?.missing ?? [];
  // Where all are gone at once, rather their storage is.
  if (newest.size === 0) asked.unknown(...missing.map((vmid) => `backup/${vmid}`));
  if (newest.size === 0 || reading?.missing === null) asked.unknown('backup/missing');
  if (missing.length === 0 || newest.size === 0) return found;
  const more = missing.length > maxNamed ? ` and ${missing.length - maxNamed} more` : '';
  const text = `no backup of ${missing.length === 1 ? 'guest' : 'guests'} ${missing.slice(0, maxNamed).join(', ')}${more}`;
  return [
    ...found,
    { id: 'backup/missing', severity: 'warn', text, collector: 'backups', path: ['backups', 'missing'] },
  ];
}
