import type { Kind, Sample, SampleData } from '../../contract/samples.ts';
import type { Pool, PoolScan, SmartDisk, Vdev } from '../../contract/storage.ts';
import { unknownDisk } from '../collect/collectors/smart/disk-facts.ts';

/** When samples of tests begin. */
export const start = Date.UTC(2026, 3, 22, 12);

export function sampleOf(kind: Kind, seconds: number, data: Partial<SampleData>): Sample {
  const clock = { boot_id: 'boot', uptime_seconds: 1000 + seconds };
  return {
    kind,
    collected_at: new Date(start + seconds * 1000).toISOString(),
    data: { clock, problems: {}, ...data },
  };
}

export const scrubbed: PoolScan = {
  ...{ function: 'scrub', state: 'finished', progress_percent: null, total_bytes: null, scanned_bytes: null },
  ...{ issued_bytes: null, repaired_bytes: 0, bytes_per_second: null, remaining_seconds: null, duration_seconds: 600 },
  ...{ errors: 0, started: null, ended: 'Sun Apr 12 00:34:21 2026', started_epoch_seconds: null },
  ended_epoch_seconds: null,
};

/** A disk of which nothing is known but that. */
export function diskOf(more: Partial<SmartDisk>): SmartDisk {
  const { identity, failing, failed, self_test_failed, complaint, ...facts } = unknownDisk('/dev/sda', null);
  return { ...facts, verdict: 'ok', reasons: [], complaints: [], ...more };
}

export function vdevOf(name: string, more: Partial<Vdev> = {}): Vdev {
  const errors = { read_errors: 0, write_errors: 0, checksum_errors: 0, slow_ios: null };
  return { name, depth: 1, role: 'data', group: false, state: 'ONLINE', ...errors, note: null, ...more };
}

export function poolOf(more: Partial<Pool> = {}): Pool {
  return {
    ...{ name: 'tank', state: 'ONLINE', size_bytes: null, allocated_bytes: null, free_bytes: null, used_bytes: null },
    ...{ available_bytes: null, used_percent: 50, fragmentation_percent: null, status: null, action: null },
    ...{ scan: scrubbed, read_errors: 0, write_errors: 0, checksum_errors: 0, data_errors: 0, damaged_files: [] },
    vdevs: [vdevOf('mirror-0', { depth: 0, group: true }), vdevOf('sdb'), vdevOf('sdc')],
    ...more,
  };
}

export function poolSample(seconds: number, more: Partial<Pool>): Sample {
  return sampleOf('medium', seconds, { zfs: { version: '2.2.3', pools: [poolOf(more)] } });
}
