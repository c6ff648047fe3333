import { z } from 'zod';
import { filePathSchema } from './files.ts';
import { hostIdSchema, hostSchema } from './hosts.ts';
import { call, stream } from './rpc/definition.ts';

/** A dump that lies on a host. */
export const dumpOnHostSchema = z.object({
  path: z.string(),
  /** Of both files. */
  bytes: z.number(),
  /** Milliseconds since the epoch, by the host's clock. */
  modifiedAt: z.number(),
  /** Whether the user who is signed in may read all of it. */
  readable: z.boolean(),
});
export type DumpOnHost = z.infer<typeof dumpOnHostSchema>;

export const dumpPullSchema = z.object({
  state: z.enum(['reading', 'checking', 'done']),
  /** Bytes that are here, of all that there are. */
  bytes: z.number(),
  size: z.number(),
  /** The host has the same checksums; false: it could not say. */
  checked: z.boolean(),
});
export type DumpPull = z.infer<typeof dumpPullSchema>;

export const dumpsOnHostsContract = {
  /** The dumps that agents of a host write, by their configurations, and those in directories that are named. */
  'dumps.findOnHost': call(
    z.object({ hostId: hostIdSchema, directories: z.array(filePathSchema.shape.path).max(20).default([]) }),
    z.object({
      dumps: z.array(dumpOnHostSchema),
      /** Where it was looked, and the configuration that says so; null where the caller did. */
      looked: z.array(z.object({ directory: z.string(), config: z.string().nullable() })),
    }),
  ),
  /** The files of a dump on a host, those of all its parts where it was rotated: to take them as they are. */
  'dumps.filesOnHost': call(
    filePathSchema,
    z.object({
      files: z.array(
        z.object({
          path: z.string(),
          /** Which part of the recording its directory is, from 1; and what it is called there. */
          part: z.number(),
          name: z.string(),
          size: z.number(),
        }),
      ),
    }),
  ),
  /**
   * Opens a dump where it lies on a host: its entries at once, their outputs as they are looked at. What needs all of
   * it, such as a search, is refused until it is taken by `dumps.pull`.
   */
  'dumps.openOnHost': call(filePathSchema, hostSchema),
  /** Takes the rest of such a dump, goes on with what is here, and compares checksums. Leaving it stops there. */
  'dumps.pull': stream(z.object({ hostId: hostIdSchema }), dumpPullSchema),
};
