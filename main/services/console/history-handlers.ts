import type { Series } from '../../contract/history.ts';
import type { FleetService } from '../fleet/fleet-service.ts';
import type { Replays } from '../replays/replays.ts';
import type { Store } from '../store/store.ts';
import type { HandlersOf } from './handlers.ts';

/** A dump that is opened has a history of its own. */
export function historyHandlers(store: Store, fleet: FleetService, replays: Replays): HandlersOf<'history'> {
  async function historyOf(hostId: string): Promise<Pick<Store, 'series' | 'processesAt' | 'process' | 'extent'>> {
    return replays.has(hostId) ? replays.find(hostId).history : store;
  }

  /** With the gap that the host is in now, which is not stored before it ends. */
  function withOpenGap<Answer extends Series>(answer: Answer, { hostId, to }: { hostId: string; to: number }): Answer {
    const gap = replays.has(hostId) ? null : fleet.openGap(hostId);
    return gap === null || gap.from >= to ? answer : { ...answer, gaps: [...answer.gaps, gap] };
  }

  return {
    'history.series': async (request) => withOpenGap(await (await historyOf(request.hostId)).series(request), request),
    'history.process': async (request) =>
      withOpenGap(await (await historyOf(request.hostId)).process(request), request),
    'history.processes': async ({ hostId, at, seek }) => (await historyOf(hostId)).processesAt(hostId, at, seek),
    'history.sample': (request, signal) =>
      replays.has(request.hostId)
        ? replays.find(request.hostId).dump.sampleAt(request, signal)
        : { sample: null, until: null },
    'history.extent': async ({ hostId }) => (await historyOf(hostId)).extent(hostId),
  };
}
