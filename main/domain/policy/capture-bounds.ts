/** How much of what hosts said lately is kept in memory, and for how long; no minutes: nothing is. */
export interface RingBounds {
  readonly minutes: number;
  /** Of one host. */
  readonly bytes: number;
  /** Of all hosts together. */
  readonly bytesInAll: number;
}

/** Ten minutes of a host that is looked at are some 3 MiB, of another one less than half of one. */
export const defaultRingBounds: RingBounds = { minutes: 0, bytes: 16 * 2 ** 20, bytesInAll: 256 * 2 ** 20 };

/** How large dumps become. */
export interface DumpBounds {
  /** Of one dump: then the next begins. */
  readonly bytes: number;
  /** Of all dumps that Rackside keeps in its own folder. */
  readonly bytesInAll: number;
}

export const defaultDumpBounds: DumpBounds = { bytes: 2 ** 30, bytesInAll: 32 * 2 ** 30 };
