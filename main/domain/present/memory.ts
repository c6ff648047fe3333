import type { SampleData } from '../../contract/samples.ts';

export type Memory = NonNullable<SampleData['memory']>;

/** Memory as three parts that add up to its total, all in bytes. */
export interface MemoryParts {
  /** What cannot be had back without ending something. */
  readonly used: number;
  /** What the ZFS cache would give back when asked; zero where there is no ZFS. */
  readonly reclaimable: number;
  /** What programs can have at once. */
  readonly available: number;
  readonly total: number;
  /** `used` of `total`; null where the total is zero. */
  readonly usedPercent: number | null;
}

/** The kernel counts the ZFS cache as used; here the part that shrinks on demand stands apart. */
export function memoryParts(memory: Memory): MemoryParts {
  const total = memory.total_bytes;
  const counted = Math.min(Math.max(memory.used_bytes, 0), total);
  const reclaimable = Math.min(Math.max(memory.arc?.reclaimable_bytes ?? 0, 0), counted);
  const used = counted - reclaimable;
  return { used, reclaimable, available: total - counted, total, usedPercent: total > 0 ? (100 * used) / total : null };
}
