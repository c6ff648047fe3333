import { z } from 'zod';
import { hostIdSchema } from './hosts.ts';
import { readingPathSchema } from './reading-path.ts';
import { call } from './rpc/definition.ts';
import { kindSchema } from './samples.ts';

/** Where a number comes from: what was run for it, what that printed, and which bytes of it were used. */

export type ReadingPath = z.infer<typeof readingPathSchema>;

export const provenanceRequestSchema = z.object({
  hostId: hostIdSchema,
  kind: kindSchema,
  /** Of the sample that the reading stands in. */
  collected_at: z.string().max(40),
  path: readingPathSchema,
  /** Further readings of the same collector that are added to it: of the sum of all. */
  plus: z.array(readingPathSchema).max(400).optional(),
});
export type ProvenanceRequest = z.infer<typeof provenanceRequestSchema>;

export const sourceRecordSchema = z.object({
  command: z.string(),
  /** When it ended: milliseconds since the epoch. */
  ended_at: z.number(),
  /** Of the sample's own round, of the one before it, or told once in the session and still true. */
  round: z.enum(['this', 'before', 'once']),
  exit: z.int().nullable(),
  error: z.string().nullable(),
  duration_ms: z.number(),
  truncated: z.boolean(),
  timed_out: z.boolean(),
  /** All that it printed on standard output, in bytes; a part of it stands in `bytes`. */
  size: z.int(),
  offset: z.int(),
  /** As printed; each character is one byte. */
  bytes: z.string(),
  stderr: z.string(),
  /** Which bytes of the output were used, from and to before; parts of `bytes` when `offset` is taken off. */
  marks: z.array(z.tuple([z.int(), z.int()])),
  /** Whether the reading depends on it: something is marked, or nothing is, and it would be another one without it. */
  used: z.boolean(),
});
export type SourceRecord = z.infer<typeof sourceRecordSchema>;

export const provenanceSchema = z.object({
  collector: z.string(),
  /** What that collector reads, in a sentence. */
  about: z.string(),
  /** `gone`: the records of that sample are not kept any more. */
  status: z.enum(['ok', 'absent', 'failed', 'gone']),
  reason: z.string().nullable(),
  remedy: z.string().nullable(),
  /** Computed anew from the records; null where it is unknown, and for what is no single value. */
  value: z.union([z.string(), z.number(), z.boolean(), z.null()]),
  /** How it is computed, in words; null where the output says it as it is. */
  formula: z.string().nullable(),
  /** The same with the numbers that are marked. */
  worked: z.string().nullable(),
  /** False where more may be used than is marked. */
  complete: z.boolean(),
  records: z.array(sourceRecordSchema),
});
export type Provenance = z.infer<typeof provenanceSchema>;

export const provenanceReportSchema = z.object({
  /** For who knows the collectors; names, addresses and secrets are replaced. */
  text: z.string(),
  /** How many places were replaced, by what they held. */
  replaced: z.record(z.string(), z.int()),
});
export type ProvenanceReport = z.infer<typeof provenanceReportSchema>;

/** What can be asked of a host; of an open dump, as of any other. */
export const provenanceContract = {
  'provenance.reading': call(provenanceRequestSchema, provenanceSchema),
  /** The same of some readings of one sample, as a redacted text to paste into a bug report. */
  'provenance.report': call(
    provenanceRequestSchema
      .omit({ path: true, plus: true })
      .extend({ paths: z.array(readingPathSchema).min(1).max(8) }),
    provenanceReportSchema,
  ),
};
/** The same as the thread of a dump is asked. */
export const dumpProvenanceContract = { 'dumps.provenance': call(provenanceRequestSchema, provenanceSchema) };
