import { z } from 'zod';
import { faultSchema } from './fault-schema.ts';

/** Who asked for a recording: everybody sees it, and nobody wonders where it comes from. */
export const recordedBySchema = z.enum(['window', 'command line']);

const directory = z.string().min(1).max(4096);

/** Where a dump goes: into exactly that directory; or below a folder, into a new one that is named by host and time. */
export const placeSchema = z.object({ directory: directory.optional(), folder: directory.optional() });
export type Place = z.infer<typeof placeSchema>;

/** Left out, it records until it is stopped; else it ends by itself. */
export const minutesSchema = z.number().positive().max(10_080);

export const recordingSchema = z.object({
  /** The dump's directory: the newest one, where the recording went on in others. */
  directory: z.string(),
  /** How many dumps it has so far: one that reached its bound is whole, and the next lies beside it. */
  dumps: z.int(),
  since: z.number(),
  /** When it ends by itself, by the console's clock; null: when it is stopped. */
  until: z.number().nullable(),
  by: recordedBySchema,
  /** Of all its dumps together, as are the bytes. */
  entries: z.int(),
  bytes: z.number(),
  /** Set when writing had to stop (a full disk, say); collection went on. */
  fault: faultSchema.nullable(),
});
export type Recording = z.infer<typeof recordingSchema>;

/** What a host said lately, as far as it is kept in memory to be saved as a dump. */
export const ringSchema = z.object({
  /** When the oldest and the newest round of it ended: milliseconds since the epoch. */
  from: z.number(),
  to: z.number(),
  /** That it takes. */
  bytes: z.number(),
});
export type Ring = z.infer<typeof ringSchema>;

/** A dump that was written out of a ring. */
export const savedRingSchema = ringSchema.extend({ directory: z.string(), entries: z.int() });
export type SavedRing = z.infer<typeof savedRingSchema>;
