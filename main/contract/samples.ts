import { z } from 'zod';
import { costSchema, disksSchema, networkSchema, pressureSchema, sensorsSchema, wallClockSchema } from './devices.ts';
import { backupsSchema, containersSchema, proxmoxSchema, timersSchema, unitsSchema } from './guests.ts';
import { kinds } from './kinds.ts';
import {
  accountsSchema,
  addressesSchema,
  gpusSchema,
  listenersSchema,
  loginsSchema,
  memoryModulesSchema,
  sessionsSchema,
  systemSchema,
  updatesSchema,
} from './machine.ts';
import { btrfsSchema, datasetsSchema, lvmSchema, raidsSchema, smartSchema, upsSchema, zfsSchema } from './storage.ts';

/**
 * What a sample holds, as it crosses the wire and as it stands in `samples.log`: snake_case, units in the names.
 * `null` means unknown, never zero. A reading that is absent on this host or that failed is null in `data`, and
 * `data.problems` says why.
 */

export const kindSchema = z.enum(kinds);
export type Kind = z.infer<typeof kindSchema>;

const number = z.number();
const unknownable = z.number().nullable();

/**
 * Shares of one CPU's time, or of all of them, between two reads of `/proc/stat`: they add up to 100. Another product's
 * sample may know what is busy and no more.
 */
export const cpuShareSchema = z.object({
  /** Everything but idle and iowait; steal is in neither and is not in here. */
  busy_percent: number,
  user_percent: unknownable,
  nice_percent: unknownable,
  system_percent: unknownable,
  irq_percent: unknownable,
  softirq_percent: unknownable,
  steal_percent: unknownable,
  iowait_percent: unknownable,
  idle_percent: unknownable,
});
export type CpuShare = z.infer<typeof cpuShareSchema>;

export const cpuSchema = z.object({
  /** Null in a first sample, and where a counter went backwards. */
  total: cpuShareSchema.nullable(),
  /** Online CPUs, by the number in their name; one that has just appeared has no share yet. */
  cores: z.array(z.object({ id: z.int(), share: cpuShareSchema.nullable() })),
});

export const memorySchema = z.object({
  total_bytes: number,
  /** total − available; what the ZFS ARC holds is inside it, see `arc`. */
  used_bytes: number,
  available_bytes: number,
  /** True where the kernel (before 3.14) does not tell and the value is computed from its parts. */
  available_estimated: z.boolean(),
  free_bytes: unknownable,
  buffers_bytes: unknownable,
  cached_bytes: unknownable,
  shared_bytes: unknownable,
  /** Null where the host has no swap. */
  swap: z.object({ total_bytes: number, used_bytes: number }).nullable(),
  /** Null where there is no ZFS, or where it belongs to the host outside this container. */
  arc: z.object({ size_bytes: number, reclaimable_bytes: number }).nullable(),
  /** `container` where `/proc/meminfo` is lxcfs's. */
  scope: z.enum(['host', 'container']),
});

export const loadSchema = z.object({
  one: number,
  five: number,
  fifteen: number,
  running: z.int().nullable(),
  /** Threads, as the kernel counts them in `/proc/loadavg`. */
  tasks: z.int().nullable(),
});

export const processSchema = z.object({
  pid: z.int(),
  /** `starttime` of `/proc/PID/stat`: with the PID it names one process; a PID alone may be used again. */
  start_ticks: z.int(),
  /** Seconds of the host's uptime at which it began; null where a sample was kept before this was. */
  started_seconds: unknownable,
  /** The PID that began it, or that it was given to when that one ended; null as above. */
  parent_pid: z.int().nullable(),
  /** The kernel's name, at most 15 bytes. */
  name: z.string(),
  /** The command line with its arguments parted by spaces; null for a kernel thread, or where it is hidden. */
  command: z.string().nullable(),
  /** A name, or the number where no name is known; null where it is hidden. */
  user: z.string().nullable(),
  state: z.string(),
  /** Of one core, so up to 100 for every thread; null without an earlier read of the same process. */
  cpu_percent: unknownable,
  /** Of all cores together: at most 100. */
  cpu_host_percent: unknownable,
  memory_bytes: unknownable,
  threads: z.int().nullable(),
  /** -20 to 19; null or missing where a sample was kept before this was. */
  nice: z.int().nullish(),
  /**
   * What it had disks do, or will: what is written counts when it is handed over. Null without an earlier read, where
   * only root may know, and where a child ended in the window, whose counters the kernel adds to its own.
   */
  read_bytes_per_second: unknownable.optional(),
  write_bytes_per_second: unknownable.optional(),
  /** Written and then truncated or deleted before it came to the disk: a part of what was written, by whomever. */
  cancelled_write_bytes_per_second: unknownable.optional(),
  /** The unit of systemd it runs in, `nginx.service` or `session-3.scope`; null where it is in none. */
  service: z.string().nullish(),
  /** The first 12 digits of an engine's id, or the name or number of an LXC or nspawn container; null outside. */
  container: z.string().nullish(),
});
export type Process = z.infer<typeof processSchema>;

export const processesSchema = z.object({
  /** All processes on the host; the list holds the top ones by CPU, by memory and by what they have disks do. */
  count: z.int().nullable(),
  /** Host seconds between the two reads that CPU shares come from; null in a first sample. */
  window_seconds: unknownable,
  list: z.array(processSchema),
});

export const filesystemSchema = z.object({
  device: z.string(),
  type: z.string().nullable(),
  mount: z.string(),
  size_bytes: number,
  used_bytes: number,
  available_bytes: number,
  /** used / (used + available), as df shows it but not rounded; null where both are zero. */
  used_percent: unknownable,
  /** Null where it is not told, and where the file system makes inodes as it needs them. */
  inodes: z.int().nullish(),
  inodes_used: z.int().nullish(),
  inodes_used_percent: unknownable.optional(),
});

export const filesystemsSchema = z.object({ list: z.array(filesystemSchema) });

/** Time on the host: boot id and uptime. Its wall clock is shown elsewhere and never trusted. */
export const clockSchema = z.object({
  boot_id: z.string().nullable(),
  uptime_seconds: unknownable,
});
export type HostClock = z.infer<typeof clockSchema>;

export const problemSchema = z.object({
  status: z.enum(['absent', 'failed']),
  reason: z.string(),
  /** A line to copy into the host's sudoers: the privilege that would bring it. */
  remedy: z.string().optional(),
});
export type Problem = z.infer<typeof problemSchema>;

/** One key per collector; a kind's sample has the keys of that kind's collectors only. */
export const sampleDataSchema = z.object({
  clock: clockSchema,
  cpu: cpuSchema.nullish(),
  memory: memorySchema.nullish(),
  load: loadSchema.nullish(),
  processes: processesSchema.nullish(),
  pressure: pressureSchema.nullish(),
  network: networkSchema.nullish(),
  disks: disksSchema.nullish(),
  sensors: sensorsSchema.nullish(),
  cost: costSchema.nullish(),
  filesystems: filesystemsSchema.nullish(),
  wall_clock: wallClockSchema.nullish(),
  zfs: zfsSchema.nullish(),
  datasets: datasetsSchema.nullish(),
  raids: raidsSchema.nullish(),
  btrfs: btrfsSchema.nullish(),
  lvm: lvmSchema.nullish(),
  smart: smartSchema.nullish(),
  ups: upsSchema.nullish(),
  gpus: gpusSchema.nullish(),
  proxmox: proxmoxSchema.nullish(),
  backups: backupsSchema.nullish(),
  containers: containersSchema.nullish(),
  units: unitsSchema.nullish(),
  timers: timersSchema.nullish(),
  system: systemSchema.nullish(),
  memory_modules: memoryModulesSchema.nullish(),
  updates: updatesSchema.nullish(),
  sessions: sessionsSchema.nullish(),
  logins: loginsSchema.nullish(),
  accounts: accountsSchema.nullish(),
  addresses: addressesSchema.nullish(),
  listeners: listenersSchema.nullish(),
  /** By the collector's name: why its reading is null. */
  problems: z.record(z.string(), problemSchema),
});
export type SampleData = z.infer<typeof sampleDataSchema>;

export const sampleSchema = z.object({
  kind: kindSchema,
  /** The console's clock when the round's first record arrived, ISO 8601 in UTC. */
  collected_at: z.string(),
  data: sampleDataSchema,
});
export type Sample = z.infer<typeof sampleSchema>;
