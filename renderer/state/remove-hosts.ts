import type { Fault } from '../../main/contract/faults.ts';
import { formatCount } from '../../main/domain/present/units.ts';
import { visible } from '../../main/domain/present/words.ts';
import { api, faultOf } from '../api/rackside.ts';
import { fleetStore } from './fleet.ts';
import { openDump } from './open-dump.ts';
import { go, hostOfRoute, routeStore } from './route.ts';
import { toastFault, told } from './toasts.ts';
import { offerUndo } from './undo.ts';

function nameOf(hostId: string): string {
  return visible(fleetStore.getState().views[hostId]?.host.name ?? 'The host', 120);
}

/** True while one of them is on screen. */
function isShown(hostIds: readonly string[]): boolean {
  const hostId = hostOfRoute(routeStore.getState().route);
  return hostId !== null && hostIds.includes(hostId);
}

/** Removes hosts without asking: for as long as the console says, they come back with all that is stored of them. */
export async function removeHosts(hostIds: readonly string[]): Promise<void> {
  const what = hostIds.length === 1 ? nameOf(hostIds[0] ?? '') : `${formatCount(hostIds.length)} hosts`;
  const shown = isShown(hostIds);
  const answers = await Promise.allSettled(hostIds.map((hostId) => api()['hosts.remove']({ hostId })));
  const failed = answers.find((answer) => answer.status === 'rejected');
  if (failed !== undefined) toastFault(`Remove ${what}`, faultOf(failed.reason));
  const removed = hostIds.filter((_, index) => answers[index]?.status === 'fulfilled');
  const lasts = answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value.restorableMs : []));
  if (removed.length === 0) return;
  if (isShown(removed)) go({ view: 'fleet' });
  const [only] = removed;
  offerUndo({
    what: `the removal of ${what}`,
    told: `${what} and all that is stored of ${hostIds.length === 1 ? 'it is' : 'them are'} removed. Dumps stay.`,
    lastsMs: Math.min(...lasts),
    undo: async () => {
      const back = Promise.all(removed.map((hostId) => api()['hosts.restore']({ hostId })));
      if ((await told(`Bring back ${what}`, back)) !== null && shown && only !== undefined)
        go({ view: 'host', hostId: only });
    },
  });
}

/** Closes a replay; the dump stays, so it is opened again to undo that. */
export async function closeReplay(hostId: string): Promise<void> {
  const target = fleetStore.getState().views[hostId]?.host.target;
  const name = nameOf(hostId);
  if ((await told(`Close ${name}`, api()['hosts.remove']({ hostId }))) === null) return;
  if (isShown([hostId])) go({ view: 'fleet' });
  if (target?.transport !== 'replay') return;
  offerUndo({
    what: `closing ${name}`,
    told: `${name} is closed. The dump stays where it is.`,
    lastsMs: 30_000,
    undo: async () => {
      const fault: Fault | null = await openDump(target.path);
      if (fault !== null) toastFault(`Open ${name}`, fault);
    },
  });
}
