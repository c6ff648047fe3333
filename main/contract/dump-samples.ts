import { z } from 'zod';
import { positionSchema } from './dump-entries.ts';
import { kindSchema } from './samples.ts';

/** One entry of `samples.log`. */
export const sampleHeadSchema = z.object({
  position: positionSchema,
  at: z.number(),
  /** As the file says it: other products have others. */
  kind: z.string(),
  offset: z.int(),
  size: z.int(),
});
export type SampleHead = z.infer<typeof sampleHeadSchema>;

export const sampleTextSchema = z.object({
  head: sampleHeadSchema,
  /** `ok`: Rackside's. `foreign`: another product's. `torn`: no JSON. */
  status: z.enum(['ok', 'foreign', 'torn']),
  /** The JSON as it stands there, cut at 1 MiB. */
  text: z.string(),
  cut: z.boolean(),
  /** The sample of the same kind before it, for what changed; null for the first. */
  previous: z.string().nullable(),
  /** The entries of `commands.log` that it was computed from, oldest first; at most 1,000. */
  entries: z.array(positionSchema),
  /** Which commands among them each collector reads, by their ids: `{ cpu: [3] }`. */
  commandsOf: z.record(z.string(), z.array(z.int())),
});
export type SampleText = z.infer<typeof sampleTextSchema>;

/** Where a replay by today's collectors says something else than the samples that were recorded. */
export const differenceSchema = z.object({
  /** Dots between keys: `cpu.total.busy_percent`; `[]` for any place in a list. */
  path: z.string(),
  kind: kindSchema,
  samples: z.int(),
  /** Of the first one that differs. */
  at: z.number(),
  recorded: z.string(),
  replayed: z.string(),
});
export type Difference = z.infer<typeof differenceSchema>;
