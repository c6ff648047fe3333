import type { HostView } from '../../main/contract/hosts.ts';
import type { Sample } from '../../main/contract/samples.ts';
import { api } from '../api/rackside.ts';
import { fleetStore } from './fleet.ts';
import { liveStore } from './live.ts';
import { routeStore } from './route.ts';
import { told } from './toasts.ts';

/** The host whose page is on screen; null on every other page. */
export function shownHost(): HostView | null {
  const { route } = routeStore.getState();
  return route.view === 'host' ? (fleetStore.getState().views[route.hostId] ?? null) : null;
}

export interface ProcessSource {
  /** Whether there is a list to show. */
  readonly listed: boolean;
  /** The instant to ask the history for; null: the live list. */
  readonly at: number | null;
}

/** Where a host's processes are: a replay has its lists in the dump, and its newest sample may come without one. */
export function processSource(view: HostView | null, fast: Sample | null): ProcessSource {
  const replayed = view?.connection.state === 'replay' && fast?.data.processes != null;
  const listed = replayed || (fast?.data.processes?.list.length ?? 0) > 0;
  return { listed, at: replayed && fast !== null ? Date.parse(fast.collected_at) : null };
}

/** The newest fast sample of a host that is looked at, with its process list. */
export function newestFast(view: HostView | null): Sample | null {
  const { hostId, sample } = liveStore.getState();
  return view !== null && hostId === view.host.id ? sample : null;
}

/** Whether the host is off, or tries to come back: what the button then does is to connect. */
export function isOff({ connection }: HostView): boolean {
  return connection.state === 'stopped' || connection.state === 'waiting';
}

/** What is asked every few minutes, twice an hour or once a day is asked now: something was mended. */
export async function askNow({ host }: HostView): Promise<void> {
  await told('Ask the host', api()['hosts.ask']({ hostId: host.id }));
}

export async function toggleConnection(view: HostView): Promise<void> {
  const hostId = view.host.id;
  if (isOff(view)) await told('Connect', api()['hosts.connect']({ hostId }));
  else await told('Disconnect', api()['hosts.disconnect']({ hostId }));
}
