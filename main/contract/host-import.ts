import { z } from 'zod';
import { hostDraftSchema, hostIdSchema } from './hosts.ts';
import { importFormats } from './import-formats.ts';

const formatSchema = z.enum(importFormats);

/** Longer is no list of hosts. */
export const longestImport = 2 * 1024 * 1024;

/** A file of the console's machine, or the text itself. The format is found out where it is not said. */
export const importSourceSchema = z.union([
  z.object({ path: z.string().trim().min(1, 'A path is needed').max(4096), format: formatSchema.optional() }),
  z.object({ text: z.string().max(longestImport), format: formatSchema.optional() }),
]);
export type ImportSource = z.infer<typeof importSourceSchema>;

export const importCandidateSchema = z.object({
  draft: hostDraftSchema,
  /** A host that has the same name, or is reached in the same way, or both; null: none. */
  duplicate: z.object({ hostId: hostIdSchema, name: z.string(), by: z.enum(['name', 'reach', 'both']) }).nullable(),
});
export type ImportCandidate = z.infer<typeof importCandidateSchema>;

export const importReadSchema = z.object({
  format: formatSchema,
  candidates: z.array(importCandidateSchema),
  problems: z.array(z.string()),
});
export type ImportRead = z.infer<typeof importReadSchema>;

export const importChoicesSchema = z.object({
  hosts: z
    .array(
      z.object({
        draft: hostDraftSchema,
        /** The host that it is to become; null: it is added. */
        updates: hostIdSchema.nullable(),
      }),
    )
    .max(5000),
});
export type ImportChoices = z.infer<typeof importChoicesSchema>;

export const importDoneSchema = z.object({
  added: z.number(),
  updated: z.number(),
  /** Sentences about those that were not. */
  problems: z.array(z.string()),
});
export type ImportDone = z.infer<typeof importDoneSchema>;
