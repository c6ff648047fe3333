import { z } from 'zod';
import { dumpSchema, filteredSchema } from './dump-entries.ts';
import { call, stream } from './rpc/definition.ts';

export const redactionSchema = z.object({
  /** Names, addresses, serials and secrets become pseudonyms of the same type and length. */
  redact: z.boolean(),
  /** More words that must not be seen, whatever they are. */
  words: z.array(z.string().min(2).max(200)).max(1000).default([]),
  /** Names, addresses and users that the console knows; it adds those of its hosts. */
  names: z.array(z.string().max(300)).max(20_000).default([]),
});
export type Redaction = z.infer<typeof redactionSchema>;

export const sliceRequestSchema = filteredSchema.extend({
  redaction: redactionSchema,
  /** A new directory; a name that ends in `.tar.gz` or `.zip` makes an archive. */
  to: z.string().min(1).max(4096),
});
export type SliceRequest = z.infer<typeof sliceRequestSchema>;

export const sliceProgressSchema = z.object({
  to: z.string(),
  bytes: z.number(),
  doneBytes: z.number(),
  entries: z.int(),
  samples: z.int(),
  /** How many places were replaced, by what they held. */
  replaced: z.record(z.string(), z.int()),
  done: z.boolean(),
});
export type SliceProgress = z.infer<typeof sliceProgressSchema>;

/** What redaction would replace; originals are told, so this never leaves the machine. */
export const redactionPreviewSchema = z.object({
  found: z.array(z.object({ type: z.string(), original: z.string(), pseudonym: z.string(), count: z.int() })),
  /** Bytes that were looked at, and that there are. */
  readBytes: z.number(),
  bytes: z.number(),
});
export type RedactionPreview = z.infer<typeof redactionPreviewSchema>;

/** What leaves the machine out of a dump that is open. */
export const shareDumpContract = {
  'dumps.redaction': call(filteredSchema.extend({ redaction: redactionSchema }), redactionPreviewSchema),
  /** Writes a part of the dump as a dump of its own. Leaving it ends it, and takes away what was written. */
  'dumps.slice': stream(sliceRequestSchema, sliceProgressSchema),
  /** Writes one moment as a page that needs nothing else. */
  'dumps.report': call(
    dumpSchema.extend({ at: z.number(), redaction: redactionSchema, to: z.string().min(1).max(4096) }),
    z.object({ to: z.string(), bytes: z.number() }),
  ),
};
