import type { Severity } from '../../contract/health.ts';
import type { SampleData } from '../../contract/samples.ts';
import type { Limits, Measure } from '../present/levels.ts';

/** Something that one sample shows to be wrong. */
export interface Found {
  readonly id: string;
  readonly severity: Severity;
  readonly text: string;
  readonly collector: Exclude<keyof SampleData, 'problems'>;
  readonly path: readonly (string | number)[];
  /** For how many milliseconds it has to be there before it counts: what comes and goes by itself is no trouble. */
  readonly holdMs?: number;
  /** It counts at once where the first sample shows it: it is a state, and no peak. */
  readonly peak?: boolean;
  /** How far it goes; that it went further is told, although it is as severe as before. */
  readonly extent?: number;
}

/** From where on a value is worth a look, and trouble; null where it never is. */
export type Limit = { readonly [Level in keyof Limits[Measure]]: Limits[Measure][Level] | null };

/** What a check may ask. */
export interface Asked {
  /** Epoch seconds of the sample, by the console's clock. */
  readonly now: number;
  readonly limits: Limits;
  /**
   * How severe a value is; null where it is well or unknown. One that stands is let go a twentieth below its threshold, so
   * that a value which sways about it does not come and go.
   */
  level(id: string, by: Measure | Limit, value: number | null | undefined): Severity | null;
  /** The same where only the upper threshold counts, and is no more than worth a look. */
  isBeyond(id: string, measure: Measure, value: number | null | undefined): boolean;
  /** Nothing can be said of that finding: where it stands, it goes on. An unknown value is told so by itself. */
  unknown(...ids: readonly string[]): void;
}

/** One family: what is wrong, in no order. */
export type Check = (data: SampleData, asked: Asked) => Found[];

/** What makes a host busy is what it is there for: from the upper threshold on, and for so long, it is worth a look. */
export const busyMs = 300_000;
/** What may be over with the next sample. */
export const briefMs = 60_000;
