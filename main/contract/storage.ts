import { z } from 'zod';

/** What a sample says of pools, arrays and disks: how full, how healthy, what is being repaired. */

const number = z.number();
const unknownable = z.number().nullable();
const count = z.int().nullable();
const text = z.string();

/** One row of a pool's tree, in the order in which `zpool status` prints them. */
export const vdevSchema = z.object({
  name: text,
  /** How deep below the pool: 0 is a top-level vdev. */
  depth: z.int(),
  /** What the top-level vdev that it belongs to is there for. */
  role: z.enum(['data', 'log', 'cache', 'spare', 'special', 'dedup']),
  /** A vdev that others make up: mirror, raidz, replacing. */
  group: z.boolean(),
  /** As ZFS says it: ONLINE, DEGRADED, FAULTED, OFFLINE, UNAVAIL, REMOVED; of spares AVAIL, INUSE. Null where only sizes are told. */
  state: text.nullable(),
  read_errors: count,
  write_errors: count,
  checksum_errors: count,
  slow_ios: count,
  /** What stands behind the row: `(resilvering)`, `too many errors`, `was /dev/sdc1`. */
  note: text.nullable(),
});
export type Vdev = z.infer<typeof vdevSchema>;

/** The scrub, the resilver or the like that runs, or ran last. */
export const poolScanSchema = z.object({
  /** `other`: an expansion or a removal that runs, or a scrub of errors only. */
  function: z.enum(['scrub', 'resilver', 'rebuild', 'other']),
  state: z.enum(['running', 'paused', 'finished', 'cancelled']),
  /** Of what is to be gone through; null where it is not told. */
  progress_percent: unknownable,
  total_bytes: unknownable,
  scanned_bytes: unknownable,
  issued_bytes: unknownable,
  repaired_bytes: unknownable,
  bytes_per_second: unknownable,
  /** As ZFS estimates it; null where it does not. */
  remaining_seconds: unknownable,
  /** How long a finished one took. */
  duration_seconds: unknownable,
  errors: count,
  /** As ZFS prints them, in the host's own time zone; epoch seconds where it tells those. */
  started: text.nullable(),
  ended: text.nullable(),
  started_epoch_seconds: unknownable,
  ended_epoch_seconds: unknownable,
});
export type PoolScan = z.infer<typeof poolScanSchema>;

export const poolSchema = z.object({
  name: text,
  /** The pool's state, SUSPENDED too; null where only sizes are told. Healthy is more than ONLINE: `domain/present/pools.ts` judges. */
  state: text.nullable(),
  /** All of its devices, parity too. */
  size_bytes: unknownable,
  allocated_bytes: unknownable,
  free_bytes: unknownable,
  /** What files can have, parity apart: used and available of the root dataset. */
  used_bytes: unknownable,
  available_bytes: unknownable,
  /** used / (used + available); else allocated / size; null where neither is known. */
  used_percent: unknownable,
  fragmentation_percent: unknownable,
  /** What ZFS says is wrong and what to do, in its own words. */
  status: text.nullable(),
  action: text.nullable(),
  /** Null where none ever was, and where nothing is known of the pool but its state and its sizes: then `vdevs` is empty. */
  scan: poolScanSchema.nullable(),
  /** Of the pool's own row: they may be 0 while those of a disk are not. */
  read_errors: count,
  write_errors: count,
  checksum_errors: count,
  /** Files and objects with permanent errors. */
  data_errors: count,
  /** The first of them: paths, or dataset and object. */
  damaged_files: z.array(text),
  vdevs: z.array(vdevSchema),
});
export type Pool = z.infer<typeof poolSchema>;

export const zfsSchema = z.object({ version: text.nullable(), pools: z.array(poolSchema) });

export const datasetSchema = z.object({
  name: text,
  type: z.enum(['filesystem', 'volume']),
  used_bytes: unknownable,
  available_bytes: unknownable,
  referenced_bytes: unknownable,
  /** What its snapshots alone hold. */
  snapshots_bytes: unknownable,
  snapshots: count,
  mount: text.nullable(),
});

export type Dataset = z.infer<typeof datasetSchema>;

export const datasetsSchema = z.object({
  list: z.array(datasetSchema),
  /** Of all datasets, those too that are not listed. */
  snapshots: count,
});

export const raidMemberSchema = z.object({ name: text, state: z.enum(['active', 'spare', 'failed', 'other']) });

/** Linux md: https://docs.kernel.org/admin-guide/md.html */
export const raidArraySchema = z.object({
  name: text,
  level: text.nullable(),
  /** active, inactive, clean, read-only … */
  state: text,
  size_bytes: unknownable,
  disks: count,
  active_disks: count,
  /** Null where it cannot be told: a NAS makes system arrays with more slots than it has disks. */
  degraded: z.boolean().nullable(),
  sync: z
    .object({
      /** resync, recovery, reshape, check, repair. A check is no rebuild. */
      action: text,
      /** delayed, pending: it waits. */
      waiting: z.boolean(),
      progress_percent: unknownable,
      bytes_per_second: unknownable,
      remaining_seconds: unknownable,
    })
    .nullable(),
  members: z.array(raidMemberSchema),
});
export type RaidArray = z.infer<typeof raidArraySchema>;

export const raidsSchema = z.object({ list: z.array(raidArraySchema) });

export const btrfsDeviceSchema = z.object({
  /** Null in a report that names devices by path alone. */
  id: count,
  /** Null where a file system has several devices and the host does not say which is which. */
  path: text.nullable(),
  missing: z.boolean(),
  write_errors: count,
  read_errors: count,
  flush_errors: count,
  corruption_errors: count,
  generation_errors: count,
});
export type BtrfsDevice = z.infer<typeof btrfsDeviceSchema>;

export const btrfsSchema = z.object({
  list: z.array(
    z.object({
      /** Null in a report that does not name the file system. */
      uuid: text.nullable(),
      label: text.nullable(),
      /** single, DUP, RAID1 … of data and of metadata; several while they are converted, the larger one first. */
      data_profile: text.nullable(),
      metadata_profile: text.nullable(),
      /** Of chunks, as files see them: copies count once. Where data and metadata share chunks, both are told under data. */
      data_total_bytes: unknownable,
      data_used_bytes: unknownable,
      metadata_total_bytes: unknownable,
      metadata_used_bytes: unknownable,
      devices: z.array(btrfsDeviceSchema),
    }),
  ),
});

/** LVM: thin pools that run full stop all that lies on them. */
export const lvmSchema = z.object({
  groups: z.array(z.object({ name: text, size_bytes: unknownable, free_bytes: unknownable, missing_disks: count })),
  thin_pools: z.array(
    z.object({
      name: text,
      group: text,
      size_bytes: unknownable,
      data_percent: unknownable,
      metadata_percent: unknownable,
      /** The health that LVM tells: failed, out_of_data … null where it tells none. */
      health: text.nullable(),
    }),
  ),
});

export const smartDiskSchema = z.object({
  device: text,
  /** What stands behind `-d`: `sat`, `nvme`, `megaraid,14`. */
  type: text.nullable(),
  model: text.nullable(),
  serial: text.nullable(),
  firmware: text.nullable(),
  protocol: z.enum(['ATA', 'NVMe', 'SCSI']).nullable(),
  capacity_bytes: unknownable,
  /** 0 for a solid disk. */
  rotation_rpm: count,
  /** It sleeps, and was left asleep: nothing else is known of it. */
  standby: z.boolean(),
  /** What the disk says of itself; it is not enough. */
  passed: z.boolean().nullable(),
  /** Ours, from all that stands below, by the default thresholds; null where nothing is known. */
  verdict: z.enum(['ok', 'warn', 'bad']).nullable(),
  /** Why it is not ok, worst first: `8 pending sectors`. */
  reasons: z.array(text),
  /** What the disk itself holds against it, whatever thresholds are, worst first. */
  complaints: z.array(z.object({ level: z.enum(['warn', 'bad']), text })),
  temperature_celsius: unknownable,
  /** From which on the disk itself says that it is too hot; null where it says nothing. */
  warm_celsius: unknownable,
  hot_celsius: unknownable,
  power_on_hours: unknownable,
  power_cycles: count,
  /** How much of its life in writes is gone; may exceed 100. */
  worn_percent: unknownable,
  spare_percent: unknownable,
  spare_threshold_percent: unknownable,
  reallocated_sectors: count,
  pending_sectors: count,
  uncorrectable_sectors: count,
  /** Errors on the cable. */
  crc_errors: count,
  /** Reads and writes that the disk had to give up: of SCSI its log's, of ATA what it reported. */
  uncorrected_errors: count,
  /** ATA: commands that took too long. */
  command_timeouts: count,
  media_errors: count,
  /** NVMe: the byte of warnings. */
  critical_warning: count,
  /** SCSI: defects that grew. */
  grown_defects: count,
  read_bytes: unknownable,
  written_bytes: unknownable,
  /** The newest self-test, in the disk's words; null where none is told. */
  self_test: text.nullable(),
});
export type SmartDisk = z.infer<typeof smartDiskSchema>;

export const smartSchema = z.object({ disks: z.array(smartDiskSchema) });

const upsEntrySchema = z.object({
  name: text,
  model: text.nullable(),
  /** NUT's words: OL, OB, LB, RB, CHRG … */
  status: z.array(text),
  /** Why its values are old or missing: `Data stale`. */
  problem: text.nullable(),
  battery_percent: unknownable,
  runtime_seconds: unknownable,
  load_percent: unknownable,
  input_volts: number.nullable(),
});
export type Ups = z.infer<typeof upsEntrySchema>;

export const upsSchema = z.object({ list: z.array(upsEntrySchema) });
