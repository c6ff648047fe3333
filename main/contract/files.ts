import { z } from 'zod';
import { hostIdSchema } from './hosts.ts';

/** As the host names it; one that is not absolute begins at the user's home. */
const pathSchema = z
  .string()
  .min(1, 'A path is needed')
  .max(4096)
  .refine((path) => !path.includes('\0'), 'A path cannot hold a NUL');

export const filePathSchema = z.object({ hostId: hostIdSchema, path: pathSchema });

export const fileStatSchema = z.object({
  type: z.enum(['file', 'directory', 'other']),
  size: z.number(),
  /** Milliseconds since the epoch, by the host's clock. */
  modifiedAt: z.number(),
});

export const fileListSchema = z.object({
  entries: z.array(fileStatSchema.extend({ name: z.string() })),
  /** There are more than were asked for. */
  more: z.boolean(),
});

export const fileWindowSchema = filePathSchema.extend({
  offset: z.int().nonnegative(),
  length: z
    .int()
    .min(1)
    .max(16 << 20),
});

export const pullRequestSchema = filePathSchema.extend({
  /** Where it goes on the machine of the console: an absolute path, where no file is yet. */
  to: z.string().min(1).max(4096),
  /** Goes on with a part from before, where the file on the host is still the same. */
  resume: z.boolean(),
});
export type PullRequest = z.infer<typeof pullRequestSchema>;

export const pullProgressSchema = z.object({
  state: z.enum(['reading', 'checking', 'done']),
  /** By what the host's files are reached: `sftp`, `commands`, `this machine`. */
  by: z.string(),
  bytes: z.number(),
  size: z.number(),
  /** Bytes that were there from before. */
  resumedFrom: z.number(),
  /** Why a part from before was not gone on with, in a sentence; null where there is nothing to say. */
  anew: z.string().nullable(),
  /** Of what has come, when it is done. */
  sha256: z.string().nullable(),
  /** The host has the same checksum; false: it could not say. */
  checked: z.boolean(),
});
export type PullProgress = z.infer<typeof pullProgressSchema>;
