import { z } from 'zod';
import { faultSchema } from './fault-schema.ts';
import { hostIdSchema, questionSchema } from './hosts.ts';

/** What is asked of one process of a live host, and what came of it. */
export const processSignals = ['TERM', 'KILL', 'HUP', 'INT', 'STOP', 'CONT', 'USR1', 'USR2', 'QUIT'] as const;
export type ProcessSignal = (typeof processSignals)[number];

export const processActionSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('signal'), signal: z.enum(processSignals) }),
  z.object({ kind: z.literal('renice'), nice: z.int().min(-20).max(19) }),
]);
export type ProcessAction = z.infer<typeof processActionSchema>;

/** With its start, and the boot where it is known, a PID names one process for ever. */
export const processActionRequestSchema = z.object({
  hostId: hostIdSchema,
  bootId: z
    .string()
    .regex(/^[0-9a-f-]{1,64}$/, 'A boot id is hexadecimal')
    .nullable(),
  pid: z
    .int()
    .min(1)
    .max(2 ** 31),
  start_ticks: z.int().min(0),
  /** What it was called where it was picked, for the list of what was done. */
  name: z.string().max(64).optional(),
  action: processActionSchema,
  /** As root, by `sudo`; a password is asked for where one is needed, and answered by `commands.answer`. */
  sudo: z.boolean().optional(),
});
export type ProcessActionRequest = z.infer<typeof processActionRequestSchema>;

/**
 * `gone`: there is no such PID. `replaced`: it belongs to another process now, or the host was started anew. `zombie`:
 * it has ended, and its parent has not collected it. In all three nothing was done.
 */
export const processOutcomes = ['done', 'gone', 'replaced', 'zombie', 'not_permitted', 'failed'] as const;
export type ProcessOutcome = (typeof processOutcomes)[number];

export const processActionStepSchema = z.object({
  state: z.enum(['running', 'asking', 'ended']),
  /** While `asking`. */
  question: questionSchema.nullable(),
  /** Null before the end, and with a fault. */
  outcome: z.enum(processOutcomes).nullable(),
  /** What the host said against it, where it failed. */
  said: z.string().nullable(),
  fault: faultSchema.nullable(),
});
export type ProcessActionStep = z.infer<typeof processActionStepSchema>;

/** An action that was asked for, as it is remembered. */
export const processActionDoneSchema = z.object({
  hostId: hostIdSchema,
  /** When it was asked for: milliseconds since the epoch. */
  at: z.number(),
  /** Who asked: the user that the console runs as. On the host it was the one who signs in there, or root. */
  by: z.string(),
  sudo: z.boolean(),
  pid: z.int(),
  name: z.string().nullable(),
  action: processActionSchema,
  /** Null where none was heard, and why in `fault`, if that is known. */
  outcome: z.enum(processOutcomes).nullable(),
  fault: z.string().nullable(),
});
export type ProcessActionDone = z.infer<typeof processActionDoneSchema>;
