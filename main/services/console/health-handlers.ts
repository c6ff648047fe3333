import type { HealthEvent } from '../../contract/health.ts';
import type { HealthAlert } from '../../contract/health-calls.ts';
import type { Host } from '../../contract/hosts.ts';
import { createQueue, type Queue } from '../../contract/rpc/queue.ts';
import { worstFirst } from '../../domain/health/find.ts';
import { type AlertWishes, isAlert } from '../../domain/policy/alerts.ts';
import type { Replays } from '../replays/replays.ts';
import type { Store } from '../store/store.ts';
import type { Flights } from './flights.ts';
import type { HandlersOf } from './handlers.ts';

/** Hands what should be told to whoever listens: windows and shells. */
export interface Alerts {
  note(host: Host, events: readonly HealthEvent[]): void;
  watch(signal: AbortSignal): AsyncIterable<HealthAlert>;
}

/** So many wait for a reader who does not keep up; there is no use in more. */
const maxWaiting = 50;

export function createAlerts(wishes: () => AlertWishes, now: () => number): Alerts {
  const readers = new Set<{ queue: Queue<HealthAlert>; waiting: number }>();
  return {
    note: ({ id, name }, events) => {
      const local = new Date(now());
      const hour = local.getHours() + local.getMinutes() / 60;
      for (const event of events.filter((one) => isAlert(one, wishes(), hour))) {
        for (const reader of readers) {
          if (reader.waiting >= maxWaiting) continue;
          reader.waiting += 1;
          reader.queue.push({ hostId: id, name, event });
        }
      }
    },
    watch: async function* (signal) {
      const reader = {
        queue: createQueue<HealthAlert>(
          () => {},
          () => {},
        ),
        waiting: 0,
      };
      const end = () => reader.queue.end();
      signal.addEventListener('abort', end);
      readers.add(reader);
      try {
        for await (const alert of reader.queue) {
          reader.waiting -= 1;
          yield alert;
        }
      } finally {
        readers.delete(reader);
        signal.removeEventListener('abort', end);
      }
    },
  };
}

/** A dump has events of its own, by its own time. */
export function healthHandlers(store: Store, replays: Replays, alerts: Alerts, flights: Flights): HandlersOf<'health'> {
  const historyOf = async (hostId: string) => (replays.has(hostId) ? replays.find(hostId).history : store);
  return {
    'health.events': async (request) => ({ events: await (await historyOf(request.hostId)).events(request) }),
    'health.standing': async ({ hostId, at }) => ({
      findings: worstFirst(await (await historyOf(hostId)).standing(hostId, at)),
    }),
    'health.flights': async ({ hostId }) => ({ flights: await flights.list(hostId) }),
    'health.alerts': (_input, signal) => alerts.watch(signal),
  };
}
