import { z } from 'zod';
import { healthEventSchema, standingSchema } from './health.ts';
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

/** What a host said around an event, kept by the flight recorder. */
export const flightSchema = z.object({
  hostId: hostIdSchema,
  /** A dump; null where nothing could be written, and why. */
  path: z.string().nullable(),
  failure: z.string().nullable(),
  /** Of the first event, and from when to when the dump is. */
  at: z.number(),
  from: z.number(),
  to: z.number(),
  /** What was found, in its words. */
  events: z.array(z.string()),
});
export type Flight = z.infer<typeof flightSchema>;

export const healthContract = {
  /** What came and went on a host, the oldest first. */
  'health.events': call(healthEventsRequestSchema, z.object({ events: z.array(healthEventSchema) })),
  /** What stood at an instant, worst first, by what came and went until then. */
  'health.standing': call(
    z.object({ hostId: hostIdSchema, at: z.number() }),
    z.object({ findings: z.array(standingSchema) }),
  ),
  /** What was recorded around events of a host, the newest first. */
  'health.flights': call(z.object({ hostId: hostIdSchema }), z.object({ flights: z.array(flightSchema) })),
  /** What begins or gets worse from now on, outside of quiet hours; a slow reader misses the newest. */
  'health.alerts': stream(z.object({}), healthAlertSchema),
};
