import { z } from 'zod';
import { sampleDataSchema } from './samples.ts';

/** The shape of what a collector tells, as JSON Schema (draft 2020-12); null for a name that is no collector's. */
export function readingSchema(collectorId: string): Record<string, unknown> | null {
  const shapes: Record<string, z.ZodType> = sampleDataSchema.shape;
  const shape = Object.hasOwn(shapes, collectorId) ? shapes[collectorId] : undefined;
  return shape === undefined ? null : z.toJSONSchema(shape, { unrepresentable: 'any' });
}
