import type { Pool, PoolScan } from '../../../../contract/storage.ts';
import { cutText } from '../../cut-text.ts';

/** Names of pools, datasets and devices, in UTF-16 units; what ZFS says in sentences may be longer. */
export const maxName = 256;
export const maxSentence = 1024;
export const maxPools = 64;
export const maxVdevs = 1024;
/** Files with errors that are named; all are counted. */
export const maxDamaged = 32;

const steps = 'BKMGTPEZ';

/**
 * A size or a count as ZFS prints it: `1.35G`, `0B`, `9051643576`, with or without exact numbers. Steps are 1,024 for counts
 * too. Null for `-`, `none`, and all that is no such number.
 */
export function sizeOf(value: unknown): number | null {
  const size = numberOf(value);
  return size === null ? null : Math.round(size);
}

function numberOf(value: unknown): number | null {
  if (typeof value === 'number') return Number.isFinite(value) && value >= 0 ? value : null;
  if (typeof value !== 'string' || value.length > 40) return null;
  const match = /^(\d{1,20}(?:\.\d{1,6})?)([BKMGTPEZ]?)(?:i?B)?$/.exec(value.trim());
  if (match === null) return null;
  return Number(match[1]) * 1024 ** Math.max(0, steps.indexOf(match[2] || 'B'));
}

/** The same as a whole number: `1.68K` errors are some 1,720. */
export function countOf(value: unknown): number | null {
  const size = sizeOf(value);
  return size === null || size > Number.MAX_SAFE_INTEGER ? null : size;
}

/** `12%`, `59.3%`, `12`; null for `-`. */
export function percentOf(value: unknown): number | null {
  const text = typeof value === 'string' ? value.trim().replace(/%$/, '') : value;
  const percent = numberOf(text);
  return percent === null || percent > 100_000 ? null : percent;
}

/** Text that says something; null for nothing and for `-`. */
export function wordsOf(value: unknown, most = maxSentence): string | null {
  if (typeof value !== 'string') return null;
  const text = value.trim();
  return text === '' || text === '-' ? null : cutText(text, most);
}

export const nothingOfScan: PoolScan = {
  function: 'other',
  state: 'running',
  progress_percent: null,
  total_bytes: null,
  scanned_bytes: null,
  issued_bytes: null,
  repaired_bytes: null,
  bytes_per_second: null,
  remaining_seconds: null,
  duration_seconds: null,
  errors: null,
  started: null,
  ended: null,
  started_epoch_seconds: null,
  ended_epoch_seconds: null,
};

/** A pool of that name of which nothing else is known. */
export function unknownPool(name: string): Pool {
  return {
    name: cutText(name, maxName),
    state: null,
    size_bytes: null,
    allocated_bytes: null,
    free_bytes: null,
    used_bytes: null,
    available_bytes: null,
    used_percent: null,
    fragmentation_percent: null,
    status: null,
    action: null,
    scan: null,
    read_errors: null,
    write_errors: null,
    checksum_errors: null,
    data_errors: null,
    damaged_files: [],
    vdevs: [],
  };
}

/** A vdev that others make up, by the names that ZFS gives them: `raidz1-0`, `draid1:7d:8c:0s-0`, `replacing-1`. */
export function isGroupName(name: string): boolean {
  return /^(mirror|raidz[123]?|draid[123]?(:[\w:]{1,40})?|replacing|spare|indirect|missing|hole)-\d+$/.test(name);
}
