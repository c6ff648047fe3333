import { z } from 'zod';

/** What a sample says of what runs on a host: guests of Proxmox VE, containers, units of systemd. */

const unknownable = z.number().nullable();
const count = z.int().nullable();
const text = z.string();

export const guestSchema = z.object({
  vmid: z.int(),
  name: text.nullable(),
  node: text.nullable(),
  type: z.enum(['qemu', 'lxc']),
  /** running, stopped, paused … */
  state: text,
  template: z.boolean(),
  /** Of the guest's own CPUs. */
  cpu_percent: unknownable,
  cpus: unknownable,
  /** Of a VM without its balloon driver, what the host gave it: near to all. */
  memory_bytes: unknownable,
  memory_total_bytes: unknownable,
  /** Null for a VM: Proxmox does not know it. */
  disk_bytes: unknownable,
  disk_total_bytes: unknownable,
  uptime_seconds: unknownable,
  /** Since the guest began; null in a first sample and where it began anew. */
  rx_bytes_per_second: unknownable,
  tx_bytes_per_second: unknownable,
  read_bytes_per_second: unknownable,
  write_bytes_per_second: unknownable,
  tags: z.array(text),
  /** backup, migrate, snapshot …; null where it is free. */
  lock: text.nullable(),
  /** What the high-availability manager is to keep it in; null where it does not. */
  ha_state: text.nullable(),
});
export type Guest = z.infer<typeof guestSchema>;

export const pveStorageSchema = z.object({
  name: text,
  node: text.nullable(),
  type: text.nullable(),
  active: z.boolean().nullable(),
  enabled: z.boolean().nullable(),
  shared: z.boolean().nullable(),
  total_bytes: unknownable,
  used_bytes: unknownable,
  available_bytes: unknownable,
  used_percent: unknownable,
});
export type PveStorage = z.infer<typeof pveStorageSchema>;

export const pveNodeSchema = z.object({
  /** Null in a report on one node that does not name it. */
  name: text.nullable(),
  online: z.boolean().nullable(),
  /** The host itself. */
  local: z.boolean().nullable(),
  /** Of all its CPUs. */
  cpu_percent: unknownable,
  cpus: unknownable,
  memory_bytes: unknownable,
  memory_total_bytes: unknownable,
  /** Its root file system. */
  disk_bytes: unknownable,
  disk_total_bytes: unknownable,
  uptime_seconds: unknownable,
  load_one: unknownable,
  load_five: unknownable,
  load_fifteen: unknownable,
});
export type PveNode = z.infer<typeof pveNodeSchema>;

/** What a node has kept of itself or of a guest: averages of one step. */
export const pveHistorySchema = z.object({
  epoch_seconds: z.number(),
  cpu_percent: unknownable,
  cpus: unknownable,
  memory_bytes: unknownable,
  memory_total_bytes: unknownable,
  memory_available_bytes: unknownable,
  arc_bytes: unknownable,
  rx_bytes_per_second: unknownable,
  tx_bytes_per_second: unknownable,
  read_bytes_per_second: unknownable,
  write_bytes_per_second: unknownable,
});

/** Proxmox VE. Every number is of the whole cluster's last report, which the node keeps. */
export const proxmoxSchema = z.object({
  version: text.nullable(),
  /** Null on a node that stands alone. */
  cluster: z.object({ name: text.nullable(), quorate: z.boolean().nullable(), nodes: count }).nullable(),
  nodes: z.array(pveNodeSchema),
  /** Templates too, told apart. */
  guests: z.array(guestSchema),
  storages: z.array(pveStorageSchema),
  /** Of captures of `rrddata` only: no round asks for it. */
  history: z.array(pveHistorySchema).optional(),
});

/** The newest backup of each guest on the storages that this node reads. */
export const backupsSchema = z.object({
  list: z.array(
    z.object({
      vmid: z.int(),
      storage: text,
      size_bytes: unknownable,
      /** By the host's clock. */
      made_epoch_seconds: z.number(),
      age_seconds: unknownable,
      /** How many there are of this guest. */
      count: z.int(),
    }),
  ),
  /** Guests, templates aside, of which there is none; null where not every storage and every guest's kind could be read. */
  missing: z.array(z.int()).nullable(),
});

export const containerSchema = z.object({
  engine: z.enum(['docker', 'podman']),
  id: text,
  name: text,
  image: text.nullable(),
  /** created, running, paused, restarting, exited, dead. */
  state: text,
  /** The engine's words: `Up 3 hours (healthy)`. */
  status: text.nullable(),
  health: z.enum(['healthy', 'unhealthy', 'starting']).nullable(),
  exit_code: count,
  restarts: count,
  /** The kernel ended it for want of memory. */
  oom_killed: z.boolean().nullable(),
  /** Host seconds since it began; null where it does not run, or is not told. */
  up_seconds: unknownable,
  /** Of one core; null in a first sample. */
  cpu_percent: unknownable,
  memory_bytes: unknownable,
  memory_limit_bytes: unknownable,
});
export type Container = z.infer<typeof containerSchema>;

export const containersSchema = z.object({
  /** docker, podman: those that answered. */
  engines: z.array(text),
  /** Why another that is there did not. */
  unread: z.array(text),
  list: z.array(containerSchema),
});

export const unitSchema = z.object({
  name: text,
  load: text,
  active: text,
  sub: text,
  description: text.nullable(),
});
export type Unit = z.infer<typeof unitSchema>;

/** systemd; the failed units first. */
export const unitsSchema = z.object({
  /** running, degraded, starting, maintenance: the system as a whole; null where it is not told. */
  state: text.nullable(),
  /** All that are loaded, by what they are. */
  counts: z.object({ total: count, active: count, failed: count }),
  failed: z.array(unitSchema),
  /** Services, sockets, mounts and the like that are loaded. */
  list: z.array(unitSchema),
});

export const timerSchema = z.object({
  name: text,
  activates: text.nullable(),
  /** By the host's clock; null where there is none. */
  next_epoch_seconds: unknownable,
  last_epoch_seconds: unknownable,
});
export type Timer = z.infer<typeof timerSchema>;

export const timersSchema = z.object({ list: z.array(timerSchema) });
