import { api } from '../api/rackside.ts';
import { compareWith, fromBeginnings } from './compare.ts';
import { fleetStore } from './fleet.ts';
import { told } from './toasts.ts';

export type Alignment = 'time' | 'beginnings';

/** Compares with another host: two of which one is a dump from their beginnings, others at the same time. */
export async function compareHosts(hostId: string, otherId: string): Promise<void> {
  const { views } = fleetStore.getState();
  const dumps = [hostId, otherId].some((id) => views[id]?.connection.state === 'replay');
  await alignHosts(hostId, otherId, dumps ? 'beginnings' : 'time');
}

/** Draws the other host where it was, or so that what is stored of both begins at the same place. */
export async function alignHosts(hostId: string, otherId: string, alignment: Alignment): Promise<void> {
  compareWith({ kind: 'host', hostId: otherId, laterMs: 0 });
  if (alignment === 'time') return;
  const first = async (id: string) => (await api()['history.extent']({ hostId: id })).first;
  const firsts = await told('Compare', Promise.all([first(hostId), first(otherId)]));
  const laterMs = firsts === null ? null : fromBeginnings(firsts[0], firsts[1]);
  if (laterMs !== null) compareWith({ kind: 'host', hostId: otherId, laterMs });
}
