import type { SmartDisk } from '../../../../contract/storage.ts';

/** What is known of a disk, before anybody judges it. */
export interface DiskFacts extends Omit<SmartDisk, 'verdict' | 'reasons' | 'complaints'> {
  /** What names the disk beyond its maker: WWN, logical unit id. */
  readonly identity: string | null;
  /** Attributes that are at or below their threshold now, by name; those that foretell a failure, and others. */
  readonly failing: readonly { readonly name: string; readonly foretells: boolean }[];
  /** Attributes that foretell a failure and once were. */
  readonly failed: readonly string[];
  readonly self_test_failed: boolean | null;
  /** Why nothing could be read, in smartctl's words or ours; null where something was. */
  readonly complaint: string | null;
}

/** The device of a report that names none. */
export const unnamed = 'unknown';

export function unknownDisk(device: string, type: string | null): DiskFacts {
  return {
    device,
    type,
    model: null,
    serial: null,
    firmware: null,
    protocol: null,
    capacity_bytes: null,
    rotation_rpm: null,
    standby: false,
    passed: null,
    temperature_celsius: null,
    power_on_hours: null,
    power_cycles: null,
    worn_percent: null,
    spare_percent: null,
    spare_threshold_percent: null,
    reallocated_sectors: null,
    pending_sectors: null,
    uncorrectable_sectors: null,
    crc_errors: null,
    uncorrected_errors: null,
    command_timeouts: null,
    media_errors: null,
    critical_warning: null,
    grown_defects: null,
    read_bytes: null,
    written_bytes: null,
    self_test: null,
    identity: null,
    failing: [],
    failed: [],
    self_test_failed: null,
    warm_celsius: null,
    hot_celsius: null,
    complaint: null,
  };
}

/** Degrees that a disk can have; 0 is what controllers and USB bridges say that do not know. */
export function celsius(value: number | null): number | null {
  return value !== null && value !== 0 && value >= -40 && value <= 150 ? value : null;
}

/** A limit that can be one. */
export function limit(value: number | null): number | null {
  return value !== null && value >= 30 && value <= 150 ? value : null;
}

/** Percent of life; more than 100 is told by disks that go on, more than 255 by none. */
export function percent(value: number | null): number | null {
  return value !== null && value >= 0 && value <= 255 ? value : null;
}
