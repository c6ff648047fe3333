import { z } from 'zod';
import { healthEventSchema } from './health.ts';
import { hostIdSchema } from './hosts.ts';
import { call, stream } from './rpc/definition.ts';

export const healthEventsRequestSchema = z.object({
  hostId: hostIdSchema,
  from: z.number(),
  to: z.number(),
  /** Of more than so many, the newest. */
  limit: z.int().min(1).max(1000),
});
export type HealthEventsRequest = z.infer<typeof healthEventsRequestSchema>;

/** Something that a person should be told of now. */
export const healthAlertSchema = z.object({ hostId: hostIdSchema, name: z.string(), event: healthEventSchema });
export type HealthAlert = z.infer<typeof healthAlertSchema>;

export const healthContract = {
  /** What came and went on a host, the oldest first. */
  'health.events': call(healthEventsRequestSchema, z.object({ events: z.array(healthEventSchema) })),
  /** What begins or gets worse from now on, outside of quiet hours; a slow reader misses the oldest. */
  'health.alerts': stream(z.object({}), healthAlertSchema),
};
