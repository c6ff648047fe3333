import type { FleetService } from '../fleet/fleet.ts';
import type { Replays } from '../replays/replays.ts';
import type { Store } from '../store/store.ts';
import type { HandlersOf } from './handlers.ts';

/** A dump that is opened has a history of its own. */
export function historyHandlers(store: Store, fleet: FleetService, replays: Replays): HandlersOf<'history'> {
  function historyOf(hostId: string): Pick<Store, 'processesAt' | 'extent'> {
    return replays.has(hostId) ? replays.find(hostId).history : store;
  }

  return {
    'history.series': async (request) => {
      if (replays.has(request.hostId)) return replays.find(request.hostId).history.series(request);
      const series = await store.series(request);
      const gap = fleet.openGap(request.hostId);
      return gap === null || gap.from >= request.to ? series : { ...series, gaps: [...series.gaps, gap] };
    },
    'history.processes': ({ hostId, at, seek }) => historyOf(hostId).processesAt(hostId, at, seek),
    'history.extent': ({ hostId }) => historyOf(hostId).extent(hostId),
  };
}
