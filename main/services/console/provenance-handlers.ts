import { setImmediate } from 'node:timers/promises';
import { collectors } from '../../domain/collect/collectors/index.ts';
import { explainReading } from '../../domain/provenance/explain-reading.ts';
import { runSteps } from '../../domain/provenance/run-steps.ts';
import type { FleetService } from '../fleet/fleet-service.ts';
import type { Replays } from '../replays/replays.ts';
import type { HandlersOf } from './handlers.ts';

/** A dump answers out of all of it, in the thread that holds it; a live host out of its newest rounds. */
export function provenanceHandlers(fleet: FleetService, replays: Replays): HandlersOf<'provenance'> {
  return {
    'provenance.reading': async (request, signal) => {
      const { hostId, kind, collected_at, path } = request;
      if (replays.has(hostId)) return replays.find(hostId).dump.client['dumps.provenance'](request, signal);
      const sources = fleet.sourcesOf(hostId, kind, Date.parse(collected_at)) ?? [];
      return runSteps(explainReading(collectors, sources, path), breathe(signal), () => performance.now());
    },
  };
}

/** Lets others have their turn, and throws where nobody waits any more. */
function breathe(signal: AbortSignal): () => Promise<void> {
  return async () => {
    await setImmediate();
    signal.throwIfAborted();
  };
}
