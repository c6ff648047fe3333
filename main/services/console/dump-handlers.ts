import { recentDumps } from '../dumps/recent-dumps.ts';
import type { FleetService } from '../fleet/fleet-service.ts';
import type { Replays } from '../replays/replays.ts';
import type { HandlersOf } from './handlers.ts';

export function dumpHandlers(fleet: FleetService, replays: Replays, dumpFolder: string): HandlersOf<'dumps'> {
  return {
    'dumps.record': ({ hostId, ...request }) => fleet.record(hostId, request),
    'dumps.stop': ({ hostId }) => fleet.stopRecording(hostId),
    'dumps.recording': ({ hostId }, signal) => fleet.followRecording(hostId, signal),
    'dumps.saveRing': ({ hostId, minutes, ...place }) => fleet.saveRing(hostId, minutes, place),
    'dumps.open': ({ path }) => replays.open(path),
    'dumps.recent': async () => ({ dumps: await recentDumps(dumpFolder) }),
    'dumps.entries': ({ hostId, from, to, limit }) => replays.find(hostId).dump.entries(from, to, limit),
    'dumps.bytes': ({ hostId, offset, length }) => replays.find(hostId).dump.bytes(offset, length),
  };
}
