import { z } from 'zod';
import {
  commandStatsSchema,
  dumpSchema,
  entryPageSchema,
  entrySchema,
  filteredSchema,
  positionSchema,
  timelineSchema,
} from './dump-entries.ts';
import { differenceSchema, sampleHeadSchema, sampleTextSchema } from './dump-samples.ts';
import { hitSchema, searchProgressSchema, searchRequestSchema } from './dump-search.ts';
import { faultSchema } from './fault-schema.ts';
import { hostSchema } from './hosts.ts';
import { bytes, call, stream } from './rpc/definition.ts';

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
  /** Files that a rotation made of `commands.log`, which are read as one; 1 where there was none. */
  parts: z.int(),
  /** The earliest and the latest instant of an entry or sample; null before the first. */
  first: z.number().nullable(),
  last: z.number().nullable(),
  torn: z.int(),
  lying: z.int(),
  suspect: z.int(),
  skippedBytes: z.number(),
  sizesTrusted: z.boolean(),
  /** Where it lies on a host: how much of it is here. Null once all is, and for every other dump. */
  onHost: z.object({ bytes: z.number(), hereBytes: z.number() }).nullable(),
  /** How much of the dump has been replayed into the views of its host: 0 to 1. */
  replayed: z.number(),
  /** What is damaged or missing, in sentences. */
  notes: z.array(z.string()),
  /** Another one: the file was cut short, or its sizes turned out to lie, and all positions from before are void. */
  revision: z.int(),
});
export type DumpStatus = z.infer<typeof dumpStatusSchema>;

/** A place that a technician marked, in a file beside the dump. */
export const dumpNoteSchema = z.object({
  id: z.string().max(64),
  /** Of an entry, or of an instant where `position` is null. */
  position: positionSchema.nullable(),
  at: z.number(),
  /** The command line of the entry; empty for an instant. */
  command: z.string(),
  text: z.string().max(4000),
  createdAt: z.number(),
});
export type DumpNote = z.infer<typeof dumpNoteSchema>;

/** A dump on its way to being open: bytes of its archive that were read, of all that it has. */
export const dumpOpeningSchema = z.object({
  readBytes: z.number(),
  bytes: z.number(),
  /** Null until it is open. */
  host: hostSchema.nullable(),
});
export type DumpOpening = z.infer<typeof dumpOpeningSchema>;

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

/**
 * What can be asked of a dump that is open. The thread that holds it serves these by the same names; the console only
 * finds the thread.
 */
export const openDumpContract = {
  /** How far it is, and what was met; then each change. */
  'dumps.status': stream(dumpSchema, dumpStatusSchema),
  /**
   * Entries that pass the filter, from that one of them on; fewer than `limit` where their lines are too long for one
   * answer.
   */
  'dumps.page': call(filteredSchema.extend({ from: positionSchema, limit: z.int().min(0).max(1000) }), entryPageSchema),
  /**
   * Which of the entries that pass the filter it is: the last one that ended at or before an instant, or the nearest
   * one before or after a position. Null when there is none.
   */
  'dumps.locate': call(
    filteredSchema.extend({
      place: z.union([
        z.object({ at: z.number() }),
        z.object({ before: positionSchema }),
        z.object({ after: z.int().min(-1) }),
        z.object({ position: positionSchema }),
      ]),
    }),
    z.object({ index: z.int().nullable(), entry: entrySchema.nullable() }),
  ),
  'dumps.commands': call(filteredSchema, z.object({ commands: z.array(commandStatsSchema) })),
  'dumps.timeline': call(filteredSchema.extend({ steps: z.int().min(1).max(2000) }), timelineSchema),
  /** Leaving it ends the search; what was found stays. */
  'dumps.search': stream(searchRequestSchema, searchProgressSchema),
  /** Matches in one entry, at most 1,000. */
  'dumps.hits': call(
    dumpSchema.extend({ searchId: z.string(), position: positionSchema }),
    z.object({ hits: z.array(hitSchema) }),
  ),
  /** A window of `commands.log`, as the bytes are. */
  'dumps.bytes': bytes(
    dumpSchema.extend({
      offset: z.int().nonnegative(),
      length: z
        .int()
        .min(1)
        .max(16 << 20),
    }),
  ),
  /** Entries of `samples.log`, from that one on. */
  'dumps.samples': call(
    dumpSchema.extend({ from: positionSchema, limit: z.int().min(0).max(1000), kind: z.string().max(40).optional() }),
    z.object({ total: z.int(), samples: z.array(sampleHeadSchema) }),
  ),
  /** One of them, whole; by its position, as the last at or before an instant, or as what an entry went into. */
  'dumps.sample': call(
    dumpSchema.extend({
      place: z.union([
        z.object({ position: positionSchema }),
        z.object({ at: z.number(), kind: z.string().max(40).optional() }),
        z.object({ entry: positionSchema }),
      ]),
    }),
    sampleTextSchema.nullable(),
  ),
  'dumps.notes': call(dumpSchema, z.object({ notes: z.array(dumpNoteSchema) })),
  /** Makes a note, or another one of one that is there; an empty text takes it away, and answers null. */
  'dumps.note': call(
    dumpSchema.extend({
      id: z.string().max(64).nullable(),
      place: z.union([z.object({ position: positionSchema }), z.object({ at: z.number() })]),
      text: z.string().max(4000),
    }),
    z.object({ note: dumpNoteSchema.nullable() }),
  ),
  /** Where today's collectors differ from the samples recorded then; at most 500 paths. */
  'dumps.differences': call(
    dumpSchema,
    z.object({ compared: z.int(), differing: z.int(), differences: z.array(differenceSchema) }),
  ),
};
