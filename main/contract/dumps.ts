import { z } from 'zod';
import { faultSchema } from './fault-schema.ts';
import { hostIdSchema } from './hosts.ts';
import { bytes, call, stream } from './rpc/definition.ts';
import { kindSchema } from './samples.ts';

/**
 * A dump that is open: `commands.log` as entries, `samples.log` as samples. An entry and a sample are known by their
 * position in their file, from 0; that stays what it is while the file grows, and is void when `revision` changes.
 * Instants are milliseconds since the epoch, as the dump says them.
 */
const dump = z.object({ hostId: hostIdSchema });
const position = z.int().nonnegative();

/**
 * `sound`: it ends as it should. `torn`: cut before its end. `lying`: it ends, but not where its size says. `suspect`:
 * in a file whose sizes are not trusted, what may be a part of an output.
 */
export const entryStates = ['sound', 'torn', 'lying', 'suspect'] as const;
export type EntryState = (typeof entryStates)[number];

/** One entry of a dump's `commands.log`, without its body. */
export const entrySchema = z.object({
  position,
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

/** What an entry can have that makes a technician look; `failed` is an exit other than 0, or none, but for what is absent. */
export const entryMarks = ['failed', 'not_run', 'timed_out', 'truncated', 'torn', 'lying', 'suspect'] as const;
export type EntryMark = (typeof entryMarks)[number];

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

const filtered = dump.extend({ filter: entryFilterSchema });

export const dumpStatusSchema = z.object({
  /** What was opened, as it was named. */
  path: z.string(),
  phase: z.enum(['unpacking', 'indexing', 'ready', 'failed']),
  /** Why `failed`. */
  fault: faultSchema.nullable(),
  /** Bytes of `commands.log`, and how many of them have been read into the index. */
  bytes: z.number(),
  readBytes: z.number(),
  /** Whether the index came from an earlier opening. */
  reused: z.boolean(),
  entries: z.int(),
  samples: z.int(),
  /** The earliest and the latest instant of an entry or sample; null before the first. */
  first: z.number().nullable(),
  last: z.number().nullable(),
  torn: z.int(),
  lying: z.int(),
  suspect: z.int(),
  skippedBytes: z.number(),
  sizesTrusted: z.boolean(),
  /** How much of the dump has been replayed into the views of its host: 0 to 1. */
  replayed: z.number(),
  /** What is damaged or missing, in sentences. */
  notes: z.array(z.string()),
  /** Another one: the file was cut short, or its sizes turned out to lie, and all positions from before are void. */
  revision: z.int(),
});
export type DumpStatus = z.infer<typeof dumpStatusSchema>;

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

export const searchRequestSchema = dump.extend({
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

export const entryRefSchema = dump.extend({ position });
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

/** One entry of `samples.log`. */
export const sampleHeadSchema = z.object({
  position,
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
  entries: z.array(position),
  /** Which commands among them each collector reads, by their ids: `{ cpu: [3] }`. */
  commandsOf: z.record(z.string(), z.array(z.int())),
});
export type SampleText = z.infer<typeof sampleTextSchema>;

/** A place that a technician marked, in a file beside the dump. */
export const dumpNoteSchema = z.object({
  id: z.string().max(64),
  /** Of an entry, or of an instant where `position` is null. */
  position: position.nullable(),
  at: z.number(),
  /** The command line of the entry; empty for an instant. */
  command: z.string(),
  text: z.string().max(4000),
  createdAt: z.number(),
});
export type DumpNote = z.infer<typeof dumpNoteSchema>;

/** A dump that can be opened. */
export const recentDumpSchema = z.object({
  path: z.string(),
  /** When something was last written to it. */
  modifiedAt: z.number(),
  bytes: z.number(),
  /** It was opened once, and is not there any more. */
  missing: z.boolean(),
});
export type RecentDump = z.infer<typeof recentDumpSchema>;

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

export const redactionSchema = z.object({
  /** Names, addresses, serials and secrets become pseudonyms of the same type and length. */
  redact: z.boolean(),
  /** More words that must not be seen, whatever they are. */
  words: z.array(z.string().min(2).max(200)).max(1000).default([]),
  /** Names, addresses and users that the console knows; it adds those of its hosts. */
  names: z.array(z.string().max(300)).max(20_000).default([]),
});
export type Redaction = z.infer<typeof redactionSchema>;

export const sliceRequestSchema = filtered.extend({
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

/**
 * What can be asked of a dump that is open. The thread that holds it serves these by the same names; the console only
 * finds the thread.
 */
export const openDumpContract = {
  /** How far it is, and what was met; then each change. */
  'dumps.status': stream(dump, dumpStatusSchema),
  /**
   * Entries that pass the filter, from that one of them on; fewer than `limit` where their lines are too long for one
   * answer.
   */
  'dumps.page': call(filtered.extend({ from: position, limit: z.int().min(0).max(1000) }), entryPageSchema),
  /**
   * Which of the entries that pass the filter it is: the last one that ended at or before an instant, or the nearest
   * one before or after a position. Null when there is none.
   */
  'dumps.locate': call(
    filtered.extend({
      place: z.union([
        z.object({ at: z.number() }),
        z.object({ before: position }),
        z.object({ after: z.int().min(-1) }),
        z.object({ position }),
      ]),
    }),
    z.object({ index: z.int().nullable(), entry: entrySchema.nullable() }),
  ),
  'dumps.commands': call(filtered, z.object({ commands: z.array(commandStatsSchema) })),
  'dumps.timeline': call(filtered.extend({ steps: z.int().min(1).max(2000) }), timelineSchema),
  /** Leaving it ends the search; what was found stays. */
  'dumps.search': stream(searchRequestSchema, searchProgressSchema),
  /** Matches in one entry, at most 1,000. */
  'dumps.hits': call(dump.extend({ searchId: z.string(), position }), z.object({ hits: z.array(hitSchema) })),
  /** A window of `commands.log`, as the bytes are. */
  'dumps.bytes': bytes(
    dump.extend({
      offset: z.int().nonnegative(),
      length: z
        .int()
        .min(1)
        .max(16 << 20),
    }),
  ),
  /** Entries of `samples.log`, from that one on. */
  'dumps.samples': call(
    dump.extend({ from: position, limit: z.int().min(0).max(1000), kind: z.string().max(40).optional() }),
    z.object({ total: z.int(), samples: z.array(sampleHeadSchema) }),
  ),
  /** One of them, whole; by its position, as the last at or before an instant, or as what an entry went into. */
  'dumps.sample': call(
    dump.extend({
      place: z.union([
        z.object({ position }),
        z.object({ at: z.number(), kind: z.string().max(40).optional() }),
        z.object({ entry: position }),
      ]),
    }),
    sampleTextSchema.nullable(),
  ),
  'dumps.notes': call(dump, z.object({ notes: z.array(dumpNoteSchema) })),
  /** Makes a note, or another one of one that is there; an empty text takes it away, and answers null. */
  'dumps.note': call(
    dump.extend({
      id: z.string().max(64).nullable(),
      place: z.union([z.object({ position }), z.object({ at: z.number() })]),
      text: z.string().max(4000),
    }),
    z.object({ note: dumpNoteSchema.nullable() }),
  ),
  /** Where today's collectors differ from the samples recorded then; at most 500 paths. */
  'dumps.differences': call(
    dump,
    z.object({ compared: z.int(), differing: z.int(), differences: z.array(differenceSchema) }),
  ),
};

/** What leaves the machine out of a dump that is open. */
export const shareDumpContract = {
  'dumps.redaction': call(filtered.extend({ redaction: redactionSchema }), redactionPreviewSchema),
  /** Writes a part of the dump as a dump of its own. Leaving it ends it, and takes away what was written. */
  'dumps.slice': stream(sliceRequestSchema, sliceProgressSchema),
  /** Writes one moment as a page that needs nothing else. */
  'dumps.report': call(
    dump.extend({ at: z.number(), redaction: redactionSchema, to: z.string().min(1).max(4096) }),
    z.object({ to: z.string(), bytes: z.number() }),
  ),
};

/** Two runs, of one dump or of two. */
export const diffRequestSchema = z.object({ left: entryRefSchema, right: entryRefSchema });
export type DiffRequest = z.infer<typeof diffRequestSchema>;
