import { z } from 'zod';
import { entryMarks } from './entry-marks.ts';
import { hostIdSchema } from './hosts.ts';
import { kindSchema } from './samples.ts';

/**
 * A dump that is open: `commands.log` as entries, `samples.log` as samples. An entry and a sample are known by their
 * position in their file, from 0; that stays what it is while the file grows, and is void when `revision` changes.
 * Instants are milliseconds since the epoch, as the dump says them.
 */
export const dumpSchema = z.object({ hostId: hostIdSchema });
export const positionSchema = z.int().nonnegative();

/**
 * `sound`: it ends as it should. `torn`: cut before its end. `lying`: it ends, but not where its size says. `suspect`:
 * in a file whose sizes are not trusted, what may be a part of an output.
 */
export const entryStates = ['sound', 'torn', 'lying', 'suspect'] as const;
export type EntryState = (typeof entryStates)[number];

/** One entry of a dump's `commands.log`, without its body. */
export const entrySchema = z.object({
  position: positionSchema,
  /** When the command ended. */
  at: z.number(),
  command: z.string(),
  /** Of the command's row in `dumps.commands`: runs that differ only in what a host chose are one command. */
  commandId: z.int(),
  exit: z.int().nullable(),
  /** In place of an exit: what kept the command from running. */
  error: z.string().nullable(),
  durationMs: z.number(),
  /** Where the raw output stands in `commands.log`, in bytes; its last `stderr` ones came on standard error. */
  offset: z.int(),
  size: z.int(),
  stderr: z.int(),
  truncated: z.boolean(),
  timedOut: z.boolean(),
  state: z.enum(entryStates),
  /** It read what the host does not have, and printed nothing: no failure. */
  absent: z.boolean(),
  /** Of the round that it belongs to; null where no round holds it. */
  kind: kindSchema.nullable(),
});
export type Entry = z.infer<typeof entrySchema>;

/** Which entries: all that is said here must hold; what is left out does not matter. */
export const entryFilterSchema = z.object({
  from: z.number().optional(),
  to: z.number().optional(),
  /** Ids of commands: any of them. */
  commands: z.array(z.int()).max(10_000).optional(),
  /** A part of the command line, in any case. */
  command: z.string().max(1000).optional(),
  /** Any of them. */
  marks: z.array(z.enum(entryMarks)).optional(),
  /** Only those that failed, whatever marks are wanted besides. */
  failed: z.literal(true).optional(),
  exit: z.int().optional(),
  minDurationMs: z.number().optional(),
  minSize: z.number().optional(),
  maxSize: z.number().optional(),
  kind: kindSchema.optional(),
  /** Entries with hits of that search, as far as it has come. */
  searchId: z.string().max(64).optional(),
  /** Entries with a bookmark. */
  noted: z.boolean().optional(),
});
export type EntryFilter = z.infer<typeof entryFilterSchema>;

export const filteredSchema = dumpSchema.extend({ filter: entryFilterSchema });

export const entryPageSchema = z.object({ total: z.int(), entries: z.array(entrySchema), revision: z.int() });
export type EntryPage = z.infer<typeof entryPageSchema>;

/** The runs of one command. */
export const commandStatsSchema = z.object({
  id: z.int(),
  /** Its line; `N` stands for what a host chose. */
  command: z.string(),
  runs: z.int(),
  /** Runs with an exit other than 0, or without one; what is absent is none. */
  failures: z.int(),
  /** Null where no run tells one. */
  meanMs: z.number().nullable(),
  p95Ms: z.number().nullable(),
  maxMs: z.number().nullable(),
  minSize: z.number(),
  meanSize: z.number(),
  maxSize: z.number(),
  /** Of all outputs together. */
  bytes: z.number(),
  first: z.number(),
  last: z.number(),
});
export type CommandStats = z.infer<typeof commandStatsSchema>;

export const timelineSchema = z.object({
  from: z.number(),
  stepMs: z.number(),
  /** Per step, beside one another. */
  entries: z.array(z.int()),
  failures: z.array(z.int()),
  bytes: z.array(z.number()),
  /**
   * Spans of the whole dump, whatever the filter, without an entry that are longer than five times the usual pause, and
   * than ten seconds; the 500 longest.
   */
  gaps: z.array(z.object({ from: z.number(), to: z.number() })),
});
export type Timeline = z.infer<typeof timelineSchema>;

export const diffLineSchema = z.object({
  kind: z.enum(['same', 'removed', 'added', 'skipped']),
  /** For `skipped`: how many lines that are the same stand here. */
  count: z.int(),
  text: z.string(),
  /** Line numbers from 1; null on the side that does not have it. */
  left: z.int().nullable(),
  right: z.int().nullable(),
});
export type DiffLine = z.infer<typeof diffLineSchema>;

export const entryRefSchema = dumpSchema.extend({ position: positionSchema });
export type EntryRef = z.infer<typeof entryRefSchema>;

export const entryDiffSchema = z.object({
  left: entrySchema,
  right: entrySchema,
  identical: z.boolean(),
  added: z.int(),
  removed: z.int(),
  lines: z.array(diffLineSchema),
  /** True where the outputs are longer than what is compared, or differ in more lines than are told. */
  cut: z.boolean(),
});
export type EntryDiff = z.infer<typeof entryDiffSchema>;

/** Two runs, of one dump or of two. */
export const diffRequestSchema = z.object({ left: entryRefSchema, right: entryRefSchema });
export type DiffRequest = z.infer<typeof diffRequestSchema>;
