import { z } from 'zod';

/** Keys and places in lists below a sample's data: `['memory', 'used_bytes']`. */
export const readingPathSchema = z
  .array(z.union([z.string().max(400), z.int().min(0)]))
  .min(1)
  .max(12);
export type ReadingPath = z.infer<typeof readingPathSchema>;
