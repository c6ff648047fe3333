import { type DiskFacts, unnamed } from './disk-facts.ts';

const numbered =
  /(?:^|\+)((?:megaraid|3ware|areca|cciss|hpt|aacraid|sssraid|usbjmicron|jmb39x(?:-q2?)?|jms56x),[\w/,]{1,24})/;

/** Whether what stood behind `-d` says which of the disks behind a controller is meant. */
export function isNumbered(type: string | null): boolean {
  return numbered.test(type ?? '');
}

/**
 * Each disk once, in the order in which they came. What is told twice of one device is one disk. Two devices are one
 * disk only where that is sure: a controller that shows its disks to the kernel too, or two paths to one.
 * A serial number alone is not enough: cheap bridges give the same one to all.
 */
export function mergeDisks(disks: readonly DiskFacts[]): DiskFacts[] {
  const merged = new Map<string, DiskFacts>();
  for (const [index, disk] of disks.entries()) {
    const key = keyOf(disk, index);
    const before = merged.get(key);
    merged.set(key, before === undefined ? disk : richer(before, disk));
  }
  const kept: DiskFacts[] = [];
  const bySerial = new Map<string, DiskFacts[]>();
  for (const disk of merged.values()) {
    const alike = disk.serial === null ? [] : (bySerial.get(disk.serial) ?? []);
    if (alike.some((other) => isSame(other, disk))) continue;
    kept.push(disk);
    if (disk.serial !== null) bySerial.set(disk.serial, [...alike, disk]);
  }
  return kept;
}

function keyOf({ device, type }: DiskFacts, index: number): string {
  return device === unnamed ? `${index}` : `${device} ${numbered.exec(type ?? '')?.[1] ?? ''}`;
}

/** The later one, unless it tells nothing. */
function richer(before: DiskFacts, later: DiskFacts): DiskFacts {
  return later.model === null && later.passed === null && !later.standby ? before : later;
}

function isSame(a: DiskFacts, b: DiskFacts): boolean {
  if (a.model !== b.model) return false;
  if (a.identity !== null && a.identity === b.identity) return true;
  return isNumbered(a.type) !== isNumbered(b.type) || (a.protocol === 'NVMe' && b.protocol === 'NVMe');
}
