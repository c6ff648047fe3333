import type { Guest } from '../../../../contract/guests.ts';
import type { SampleData } from '../../../../contract/samples.ts';
import { cutText } from '../../cut-text.ts';
import { looseText } from '../loose-values.ts';

export type Proxmox = NonNullable<SampleData['proxmox']>;
export type PveNode = Proxmox['nodes'][number];
export type PveStorage = Proxmox['storages'][number];
export type PveHistory = NonNullable<Proxmox['history']>[number];

/** Bytes since a guest began, and by which clock they were read. */
export interface Counters {
  /** Epoch seconds of the node that reported them; null where it is not told. */
  readonly at: number | null;
  readonly uptime: number | null;
  readonly rx: number | null;
  readonly tx: number | null;
  readonly read: number | null;
  readonly write: number | null;
}

/** What all records of a round told together: one may know what another does not. */
export interface Told {
  version: string | null;
  cluster: Proxmox['cluster'];
  localNode: string | null;
  readonly nodes: Map<string, PveNode>;
  readonly guests: Map<number, Guest>;
  readonly counters: Map<number, Counters>;
  readonly storages: Map<string, PveStorage>;
  history: PveHistory[];
  /** Whether any form was recognised, be it one that lists nothing. */
  understood: boolean;
}

export const maxGuests = 1024;
export const maxNodes = 64;
export const maxStorages = 512;
export const maxHistory = 2048;
export const maxName = 128;
const maxTags = 32;

export function newTold(): Told {
  return {
    ...{ version: null, cluster: null, localNode: null, history: [], understood: false },
    ...{ nodes: new Map(), guests: new Map(), counters: new Map(), storages: new Map() },
  };
}

/** The guest of that number, with what becomes known of it now; one too many is not kept. */
export function tellGuest(told: Told, vmid: number | null, known: Partial<Guest>): void {
  if (vmid === null || vmid < 1 || vmid > 999_999_999) return;
  const before = told.guests.get(vmid);
  if (before === undefined && told.guests.size >= maxGuests) return;
  told.guests.set(vmid, { ...(before ?? unknownGuest(vmid)), ...withoutNull(known) });
}

/** The node of that name; null is the one that a report is about without naming it. */
export function tellNode(told: Told, name: string | null, known: Partial<PveNode>): void {
  const key = name ?? '';
  const before = told.nodes.get(key);
  if (before === undefined && told.nodes.size >= maxNodes) return;
  told.nodes.set(key, { ...(before ?? unknownNode(name)), ...withoutNull(known) });
}

/** The storage of that name on that node; a shared one is told by each node. */
export function tellStorage(told: Told, node: string | null, name: string | null, known: Partial<PveStorage>): void {
  if (name === null) return;
  const key = `${node ?? ''}/${name}`;
  const before = told.storages.get(key);
  if (before === undefined && told.storages.size >= maxStorages) return;
  const storage = { ...(before ?? unknownStorage(name, node)), ...withoutNull(known) };
  const { used_bytes: used, total_bytes: total } = storage;
  const percent = used !== null && total !== null && total > 0 ? (100 * used) / total : null;
  told.storages.set(key, { ...storage, used_percent: percent });
}

/** Tags as Proxmox writes them: parted by semicolons; older interfaces took commas and spaces. */
export function tagsOf(value: unknown): string[] {
  const text = looseText(value, 4096) ?? '';
  return text
    .split(/[;, ]+/)
    .filter((tag) => tag !== '')
    .slice(0, maxTags)
    .map((tag) => cutText(tag, maxName));
}

/** A VM's disk is 0 in every report, as is that of a container which does not run: Proxmox does not know it. */
export function knownDisk(type: Guest['type'], bytes: number | null): number | null {
  return type === 'qemu' || bytes === 0 ? null : bytes;
}

function withoutNull<T extends object>(known: T): T {
  return Object.fromEntries(Object.entries(known).filter(([, value]) => value !== null && value !== undefined)) as T;
}

function unknownGuest(vmid: number): Guest {
  return {
    ...{ vmid, name: null, node: null, type: 'qemu', state: 'unknown', template: false },
    ...{ cpu_percent: null, cpus: null, memory_bytes: null, memory_total_bytes: null },
    ...{ disk_bytes: null, disk_total_bytes: null, uptime_seconds: null },
    ...{ rx_bytes_per_second: null, tx_bytes_per_second: null },
    ...{ read_bytes_per_second: null, write_bytes_per_second: null },
    ...{ tags: [], lock: null, ha_state: null },
  };
}

function unknownNode(name: string | null): PveNode {
  return {
    ...{ name, online: null, local: null, cpu_percent: null, cpus: null, memory_bytes: null, memory_total_bytes: null },
    ...{ disk_bytes: null, disk_total_bytes: null, uptime_seconds: null },
    ...{ load_one: null, load_five: null, load_fifteen: null },
  };
}

function unknownStorage(name: string, node: string | null): PveStorage {
  return {
    ...{ name, node, type: null, active: null, enabled: null, shared: null },
    ...{ total_bytes: null, used_bytes: null, available_bytes: null, used_percent: null },
  };
}
