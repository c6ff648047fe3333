import { z } from 'zod';
import { faultSchema } from './fault-schema.ts';
import { hostIdSchema, questionSchema } from './hosts.ts';

/** A person's command on a selection of hosts, over the connections that Rackside holds. */
export const commandRequestSchema = z.object({
  hostIds: z
    .array(hostIdSchema)
    .min(1, 'Which hosts?')
    .max(5000)
    .transform((ids) => [...new Set(ids)]),
  /** For a POSIX `sh`. */
  command: z
    .string()
    .max(64 << 10, 'A command line has at most 64 KiB')
    .refine((line) => line.trim() !== '', 'A command is needed')
    .refine((line) => !line.includes('\0'), 'A command line cannot hold a NUL'),
  /** As root, by `sudo`. A password is asked for where one is needed, once per host, and never kept. */
  sudo: z.boolean().optional(),
  /** For each host, counted from when it begins there; time that a person takes to answer is not counted. */
  deadlineSeconds: z.number().min(1).max(86_400),
  /** Of standard output, and again of standard error, of each host; the rest is dropped, and the command goes on. */
  maxBytes: z
    .int()
    .min(1)
    .max(1 << 20),
});
export type CommandRequest = z.infer<typeof commandRequestSchema>;

/** How it stands with the command on one host. */
export const commandRunSchema = z.object({
  hostId: hostIdSchema,
  /** `done`: it ended, whatever its exit code; `failed`: `fault` says why it did not. */
  state: z.enum(['waiting', 'running', 'asking', 'done', 'failed', 'cancelled']),
  /** While `asking`: to be answered by `commands.answer`. */
  question: questionSchema.nullable(),
  /** 128 and the signal's number for a command that a signal ended; null before the end. */
  exit: z.int().nullable(),
  durationMs: z.number().nullable(),
  /** As text: bytes that are not UTF-8 became U+FFFD. Also what had come before a fault. */
  stdout: z.string(),
  stderr: z.string(),
  /** Either was longer than `maxBytes`. */
  truncated: z.boolean(),
  /** Equal for two hosts whose whole output, what was dropped included, is the same byte for byte. */
  digest: z.string(),
  fault: faultSchema.nullable(),
});
export type CommandRun = z.infer<typeof commandRunSchema>;
