/** How long and how much is kept. */
export interface Retention {
  /** Samples less than 20 s apart. */
  readonly denseDays: number;
  /** All other samples. */
  readonly sampleDays: number;
  /** Minutes and hours: min, max, sum, count. */
  readonly rollupDays: number;
  /** Of the whole file. */
  readonly maxBytes: number;
}

export const defaultRetention: Retention = { denseDays: 1, sampleDays: 30, rollupDays: 730, maxBytes: 4 * 2 ** 30 };
