import { z } from 'zod';

/** Every setting is one value under one key, `section.name`, as it stands in `settings.toml`; units are in the names. */

export const settingValueSchema = z.union([z.number(), z.boolean(), z.string().max(200)]);
export type SettingValue = z.infer<typeof settingValueSchema>;

/** What a setting can be. */
export const settingRangeSchema = z.discriminatedUnion('type', [
  /** Between these, both included. */
  z.object({ type: z.literal('number'), least: z.number(), most: z.number(), whole: z.boolean() }),
  z.object({ type: z.literal('switch') }),
  z.object({ type: z.literal('choice'), choices: z.array(z.string()) }),
]);
export type SettingRange = z.infer<typeof settingRangeSchema>;

export const settingSchema = z.object({
  key: z.string(),
  /** One sentence: in the view, in the file and on the command line. */
  about: z.string(),
  /** As it is read after the number: `seconds`, `%`; empty where there is none. */
  unit: z.string(),
  range: settingRangeSchema,
  default: settingValueSchema,
});
export type Setting = z.infer<typeof settingSchema>;

/** What cannot be used of the file. */
export const settingProblemSchema = z.object({
  /** As far as it can be told. */
  key: z.string().nullable(),
  /** Of the file, counted from 1; null where it is not about a line. */
  line: z.int().nullable(),
  message: z.string(),
});
export type SettingProblem = z.infer<typeof settingProblemSchema>;

export const effectiveSettingSchema = settingSchema.extend({
  value: settingValueSchema,
  /** Where the value comes from. */
  source: z.enum(['default', 'file']),
  /** Why what the file says is not used, and the default is; null where it is, or says nothing. */
  refused: z.string().nullable(),
});
export type EffectiveSetting = z.infer<typeof effectiveSettingSchema>;

/** One threshold of one group or one host, by the key that it has among the settings for all. */
export const ownThresholdSchema = z.object({
  scope: z.enum(['group', 'host']),
  name: z.string(),
  key: z.string(),
  value: z.number(),
});
export type OwnThreshold = z.infer<typeof ownThresholdSchema>;

export const folderSources = ['flag', 'environment', 'default'] as const;
export type FolderSource = (typeof folderSources)[number];

export const settingsSchema = z.object({
  /** Where they stand. */
  file: z.string(),
  dataFolder: z.object({ path: z.string(), source: z.enum(folderSources) }),
  settings: z.array(effectiveSettingSchema),
  /** Thresholds that count before those for all. */
  own: z.array(ownThresholdSchema),
  problems: z.array(settingProblemSchema),
});
export type Settings = z.infer<typeof settingsSchema>;

/** Some settings by key, or thresholds by `host.NAME.thresholds.cpu_warn`; null sets back to what holds without them. */
export const settingChangesSchema = z.record(z.string().max(400), settingValueSchema.nullable());
export type SettingChanges = z.infer<typeof settingChangesSchema>;
