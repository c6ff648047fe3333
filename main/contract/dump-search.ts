import { z } from 'zod';
import { dumpSchema, entryFilterSchema } from './dump-entries.ts';

export const searchRequestSchema = dumpSchema.extend({
  pattern: z.string().min(1).max(1000),
  regex: z.boolean(),
  matchCase: z.boolean(),
  filter: entryFilterSchema.optional(),
});
export type SearchRequest = z.infer<typeof searchRequestSchema>;

/** What a search has found so far; a slow reader gets the newest. */
export const searchProgressSchema = z.object({
  /** For filters and `dumps.hits`, until the dump is closed or 16 newer searches have begun. */
  searchId: z.string(),
  bytes: z.number(),
  readBytes: z.number(),
  /** Matches: each place, in heads and bodies. */
  hits: z.number(),
  /** Entries that hold any. */
  entries: z.int(),
  done: z.boolean(),
});
export type SearchProgress = z.infer<typeof searchProgressSchema>;

/** A match, by where it begins in `commands.log`. */
export const hitSchema = z.object({ offset: z.number(), length: z.int() });
export type Hit = z.infer<typeof hitSchema>;
