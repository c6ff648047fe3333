import { z } from 'zod';
import { readingPathSchema } from './reading-path.ts';
import { kindSchema } from './samples.ts';

/** What is wrong with a host, and when that began and ended. Instants are milliseconds since the epoch. */

export const severitySchema = z.enum(['bad', 'warn']);
export type Severity = z.infer<typeof severitySchema>;

export const findingSchema = z.object({
  /** The same for the same trouble of the same host, whatever its numbers become: `pool/tank/devices`. */
  id: z.string(),
  severity: severitySchema,
  /** What is wrong, with what, and how much: `pool tank DEGRADED: sdc 12 checksum errors`. Names in it are the host's own. */
  text: z.string(),
  collector: z.string(),
  /** Of the sample that the reading stands in, and its `collected_at`. */
  kind: kindSchema,
  collected_at: z.string(),
  /** Where the reading stands in that sample's data. */
  path: readingPathSchema,
});
export type Finding = z.infer<typeof findingSchema>;

/** A finding that held long enough to count. */
export const standingSchema = findingSchema.extend({
  /** When it was first seen, of this time. */
  since: z.number(),
});
export type Standing = z.infer<typeof standingSchema>;

/** As much of it as a row of the fleet shows. */
export const healthGlanceSchema = z.object({
  bad: z.int(),
  warn: z.int(),
  /** The worst of them in words; null where nothing is wrong. */
  first: z.string().nullable(),
});
export type HealthGlance = z.infer<typeof healthGlanceSchema>;

export const healthChanges = ['raised', 'worsened', 'eased', 'cleared'] as const;
export type HealthChange = (typeof healthChanges)[number];

export const healthEventSchema = z.object({
  /** By the sample that showed it. */
  at: z.number(),
  change: z.enum(healthChanges),
  /** As it is from now on; of one that was cleared, as it was last. */
  finding: findingSchema,
  /** False for what was there already when Rackside began to look, or when it got other thresholds: nobody is told of it. */
  sudden: z.boolean(),
});
export type HealthEvent = z.infer<typeof healthEventSchema>;
