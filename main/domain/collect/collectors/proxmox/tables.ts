import type { Guest } from '../../../../contract/guests.ts';
import { looseCount, looseNumber, looseText } from '../loose-values.ts';
import { maxName, type Told, tellGuest, tellNode, tellStorage } from './told.ts';

const maxLine = 1024;
const kibibyte = 1024;
const mebibyte = 1024 * 1024;
const gibibyte = 1024 * mebibyte;

/**
 * The tables that Proxmox's own tools print for people: qm(1), pct(1), pvesm(1) and ha-manager(1), after whatever
 * warnings came first: https://pve.proxmox.com/pve-docs/
 */
export function readTables(told: Told, text: string): void {
  let read: ((told: Told, line: string) => void) | null = null;
  for (const whole of text.split('\n')) {
    const line = whole.slice(0, maxLine).trimEnd();
    const table = tableOf(line);
    if (table !== null) {
      read = table;
      told.understood = true;
    } else if (readHaLine(told, line) || readQuorumLine(told, line)) told.understood = true;
    else if (line !== '') read?.(told, line);
  }
}

function tableOf(header: string): ((told: Told, line: string) => void) | null {
  if (/^\s*VMID\s+NAME\s+STATUS\s+MEM/.test(header)) return readQmRow;
  if (/^VMID\s+Status\s+Lock\s+Name$/.test(header)) {
    const [lockAt, nameAt] = [header.indexOf('Lock'), header.indexOf('Name')];
    return (told, line) => readPctRow(told, line, lockAt, nameAt);
  }
  if (/^\s*Nodeid\s+Votes\s+(?:Qdevice\s+)?Name$/.test(header)) return readMemberRow;
  return /^Name\s+Type\s+Status\s+Total/.test(header) ? readStorageRow : null;
}

/** A name may hold spaces; behind it stand four columns without any. */
function readQmRow(told: Told, line: string): void {
  const words = line.trim().split(/\s+/);
  const [state, memory, disk, pid] = words.slice(-4) as [string, string, string, string];
  if (words.length < 5 || looseCount(pid) === null) return;
  tellGuest(told, looseCount(words[0]), {
    ...{ type: 'qemu', name: looseText(words.slice(1, -4).join(' '), maxName), state: cut(state) },
    ...{ memory_total_bytes: times(memory, mebibyte), disk_total_bytes: times(disk, gibibyte) },
  });
}

/** The lock is blank in most rows, so where a word stands says what it is. */
function readPctRow(told: Told, line: string, lockAt: number, nameAt: number): void {
  const [vmid, state = ''] = line.split(/\s+/);
  const isAligned = line[nameAt - 1] === ' ' && line[lockAt - 1] === ' ';
  const rest = line.split(/\s+/).slice(2);
  const [lock, name] = isAligned
    ? [line.slice(lockAt, nameAt).trim(), line.slice(nameAt).trim()]
    : [rest.length > 1 ? (rest[0] as string) : '', rest.slice(rest.length > 1 ? 1 : 0).join(' ')];
  const known: Partial<Guest> = { type: 'lxc', state: cut(state), lock: looseText(lock, maxName) };
  tellGuest(told, looseCount(vmid), { ...known, name: looseText(name, maxName) });
}

/** `pvecm nodes` names nodes by numbers; where it counts in hexadecimal (`pvecm status`), they are addresses. */
function readMemberRow(told: Told, line: string): void {
  const [, member, local] = /^\s*\d{1,9}\s+\d{1,3}\s+(?:[\w,]+\s+)?([\w.-]+)( \(local\))?$/.exec(line) ?? [];
  if (member === undefined) return;
  if (local !== undefined) told.localNode = cut(member);
  tellNode(told, cut(member), { online: true });
}

/** KiB, whatever the header says of them; a storage that is not active has noughts, and they mean nothing. */
function readStorageRow(told: Told, line: string): void {
  const words = line.trim().split(/\s+/);
  const [name = '', type = '', state = '', total, used, available] = words;
  if (!/^(?:active|inactive|disabled|unknown)$/.test(state)) return;
  const isActive = state === 'active';
  const bytes = (word: string | undefined) => (isActive && words.length >= 6 ? times(word, kibibyte) : null);
  tellStorage(told, null, cut(name), {
    ...{ type: cut(type), active: state === 'unknown' ? null : isActive, enabled: state !== 'disabled' },
    ...{ total_bytes: bytes(total), used_bytes: bytes(used), available_bytes: bytes(available) },
  });
}

/** `quorum OK`, `lrm NODE (idle, …)`, `service vm:100 (NODE, started)`. */
function readHaLine(told: Told, line: string): boolean {
  const quorum = /^quorum (.+)$/.exec(line)?.[1];
  if (quorum !== undefined) {
    told.cluster = { name: null, nodes: null, ...told.cluster, quorate: quorum === 'OK' };
    return true;
  }
  const node = /^lrm (\S+) \(/.exec(line)?.[1];
  if (node !== undefined) tellNode(told, cut(node), {});
  const service = /^service (vm|ct):(\d{1,9}) \((\S+), ([^)]+)\)/.exec(line);
  if (service === null) return node !== undefined;
  const [, kind, vmid, place, state] = service as unknown as [string, string, string, string, string];
  tellGuest(told, Number(vmid), { type: kind === 'ct' ? 'lxc' : 'qemu', node: cut(place), ha_state: cut(state) });
  return true;
}

/** `Name: lab`, `Nodes: 3`, `Quorate: Yes` of `pvecm status`. */
function readQuorumLine(told: Told, line: string): boolean {
  const [, key, value = ''] = /^(Name|Nodes|Quorate): {2,}(\S.*)$/.exec(line) ?? [];
  const cluster = { name: null, nodes: null, quorate: null, ...told.cluster };
  if (key === 'Name') told.cluster = { ...cluster, name: cut(value) };
  if (key === 'Nodes') told.cluster = { ...cluster, nodes: looseCount(value) };
  if (key === 'Quorate') told.cluster = { ...cluster, quorate: value === 'Yes' };
  return key !== undefined;
}

function times(word: string | undefined, unit: number): number | null {
  const number = looseNumber(word);
  return number === null ? null : Math.round(number * unit);
}

function cut(text: string): string {
  return looseText(text, maxName) ?? '';
}
