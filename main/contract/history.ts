import { z } from 'zod';
import { standingSchema } from './health.ts';
import { hostIdSchema } from './hosts.ts';
import { clockSchema, kindSchema, processesSchema, sampleSchema } from './samples.ts';

/** Instants are milliseconds since the epoch by the console's clock; intervals hold `from` and not `to`. */

/** Why there are no samples for a while. */
export const gapCauses = ['asleep', 'unreachable', 'auth_failed', 'timed_out', 'rebooted', 'not_watched'] as const;
export type GapCause = (typeof gapCauses)[number];

export const gapSchema = z.object({
  from: z.number(),
  to: z.number(),
  cause: z.enum(gapCauses),
  /** One sentence: what was met. */
  detail: z.string(),
});
export type Gap = z.infer<typeof gapSchema>;

export const seriesRequestSchema = z.object({
  hostId: hostIdSchema,
  /** Names of readings, as `domain/metrics/readings.ts` lists them: `cpu.busy`, `memory.used`. */
  readings: z.array(z.string().max(200)).min(1).max(40),
  from: z.number(),
  to: z.number(),
  /** At most so many points are answered; about one per pixel is enough. */
  points: z.int().min(2).max(4000),
});
export type SeriesRequest = z.infer<typeof seriesRequestSchema>;

export const seriesSchema = z.object({
  /** Width of one bucket in milliseconds. A bucket without a sample is left out. */
  stepMs: z.number(),
  /** Start of each bucket. */
  times: z.array(z.number()),
  /** Beside `times`; null where the bucket has samples but this reading was unknown in all of them. */
  readings: z.record(
    z.string(),
    z.object({
      mean: z.array(z.number().nullable()),
      min: z.array(z.number().nullable()),
      max: z.array(z.number().nullable()),
    }),
  ),
  gaps: z.array(gapSchema),
});
export type Series = z.infer<typeof seriesSchema>;

/**
 * `at`: the list that stood at the instant. `next`, `previous`: the first list after it, the last before it, however
 * long after or before.
 */
export const seekSchema = z.enum(['at', 'next', 'previous']);
export type Seek = z.infer<typeof seekSchema>;

export const processesRequestSchema = z.object({
  hostId: hostIdSchema,
  at: z.number(),
  seek: seekSchema.default('at'),
});

/** The process list of one fast sample, as it was collected. */
export const processesAtSchema = z.object({
  collected_at: z.string(),
  /** The host's time then, so that the starts of processes can be told as ages. */
  clock: clockSchema,
  processes: processesSchema,
});
export type ProcessesAt = z.infer<typeof processesAtSchema>;

export const sampleAtRequestSchema = z.object({ hostId: hostIdSchema, kind: kindSchema, at: z.number() });
export type SampleAtRequest = z.infer<typeof sampleAtRequestSchema>;

/** A whole sample, but for its list of processes. */
export const sampleAtSchema = z.object({
  /** The newest of its kind at that instant or before it; null where there is none. */
  sample: sampleSchema.nullable(),
  /** Until when it is asked for no other one; null where no later one is known. */
  until: z.number().nullable(),
});
export type SampleAt = z.infer<typeof sampleAtSchema>;

/** One process over time. With the boot, a PID and its start name it; without, the same pair of another boot is taken too. */
export const processHistoryRequestSchema = seriesRequestSchema.omit({ readings: true }).extend({
  bootId: z.string().max(64).nullable(),
  pid: z.int(),
  start_ticks: z.int(),
});
export type ProcessHistoryRequest = z.infer<typeof processHistoryRequestSchema>;

/**
 * Readings `process.cpu` (percent of one core), `process.memory` (bytes), `process.read` and `process.write` (of disks,
 * bytes a second), in the buckets that have a known list. Where there are more lists than can be read in a moment, some
 * are left out, evenly.
 */
export const processHistorySchema = seriesSchema.extend({
  /** Beside `times`: whether it was in any list of the bucket. Where it was not, it may have run, below the top ones. */
  listed: z.array(z.boolean()),
  /** The last list that it was in. */
  lastSeen: z.number().nullable(),
  /** When it was known to have ended, and by what; null where nothing says that it has. */
  ended: z.object({ by: z.number(), evidence: z.enum(['pid_reused', 'rebooted']) }).nullable(),
});
export type ProcessHistory = z.infer<typeof processHistorySchema>;

/** What is stored of a host: from when to when, and how much room it takes. */
export const extentSchema = z.object({
  first: z.number().nullable(),
  last: z.number().nullable(),
  bytes: z.number(),
});
export type Extent = z.infer<typeof extentSchema>;

export const liveSchema = z.object({
  now: z.number(),
  /** Newest fast sample, with its process list; null before the first, as the other. */
  fast: sampleSchema.nullable(),
  medium: sampleSchema.nullable(),
  slow: sampleSchema.nullable(),
  daily: sampleSchema.nullable(),
  /** What is wrong with the host by these samples, worst first. */
  findings: z.array(standingSchema),
});
export type Live = z.infer<typeof liveSchema>;
