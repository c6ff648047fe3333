import type { PoolScan } from '../../contract/storage.ts';
import { scanAge } from './pools.ts';
import { formatBytes, formatCount, formatDuration, formatPercent, formatRate } from './units.ts';

/** A part of what is told of a scan, and which of its readings says so. */
export interface ScanPart {
  readonly key: keyof PoolScan;
  readonly text: string;
}

/**
 * A scrub or resilver in words, each with the reading that it is of: `scrub 34.1 % done`, `1.20 TB of 3.50 TB`,
 * `3 h 2 min left`; or of one that is over `scrub finished 12 d ago`, `took 5 h 41 min`, `0 errors`.
 * @param now epoch seconds, by which the age is told
 */
export function scanParts(scan: PoolScan, now: number): ScanPart[] {
  const name = scan.function === 'other' ? 'scan' : scan.function;
  return scan.state === 'running' || scan.state === 'paused' ? runningParts(scan, name) : endedParts(scan, name, now);
}

function runningParts(scan: PoolScan, name: string): ScanPart[] {
  const { progress_percent: progress, issued_bytes: issued, total_bytes: total } = scan;
  const parts: ScanPart[] = [{ key: 'state', text: `${name} ${scan.state}` }];
  if (progress !== null) parts.push({ key: 'progress_percent', text: `${formatPercent(progress, 1)} done` });
  const gone = issued ?? scan.scanned_bytes;
  if (gone !== null) {
    const of = total === null ? '' : ` of ${formatBytes(total)}`;
    parts.push({ key: issued === null ? 'scanned_bytes' : 'issued_bytes', text: `${formatBytes(gone)}${of}` });
  }
  if (scan.bytes_per_second !== null) parts.push({ key: 'bytes_per_second', text: formatRate(scan.bytes_per_second) });
  if (scan.remaining_seconds !== null) {
    parts.push({ key: 'remaining_seconds', text: `${formatDuration(scan.remaining_seconds)} left` });
  }
  return [...parts, ...foundParts(scan)];
}

function endedParts(scan: PoolScan, name: string, now: number): ScanPart[] {
  const age = scanAge(scan, now);
  const when = age === null ? (scan.ended ?? 'some time ago') : `${formatDuration(age)} ago`;
  const key = scan.ended_epoch_seconds === null ? 'ended' : 'ended_epoch_seconds';
  const parts: ScanPart[] = [{ key, text: `${name} ${scan.state} ${when}` }];
  if (scan.duration_seconds !== null) {
    parts.push({ key: 'duration_seconds', text: `took ${formatDuration(scan.duration_seconds)}` });
  }
  return [...parts, ...foundParts(scan)];
}

function foundParts({ repaired_bytes: repaired, errors }: PoolScan): ScanPart[] {
  const parts: ScanPart[] = [];
  if (repaired !== null && repaired > 0)
    parts.push({ key: 'repaired_bytes', text: `${formatBytes(repaired)} repaired` });
  if (errors !== null)
    parts.push({ key: 'errors', text: `${formatCount(errors)} ${errors === 1 ? 'error' : 'errors'}` });
  return parts;
}
