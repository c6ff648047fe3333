import type { Host, HostView } from '../../main/contract/hosts.ts';
import type { Place, Recording, Ring } from '../../main/contract/recordings.ts';
import { formatDuration } from '../../main/domain/present/units.ts';
import { visible } from '../../main/domain/present/words.ts';
import { api } from '../api/rackside.ts';
import { consoleNow } from './clock.ts';
import { fleetStore } from './fleet.ts';
import { withEach } from './fleet-labels.ts';
import { offerReplay, tellRecorded } from './recorded.ts';
import { told } from './toasts.ts';

/** How long a recording is, where nobody says otherwise. */
export const usualMinutes = 10;
/** More than a ring can have: all of it. */
const allMinutes = 10_080;

/** By so much the clock of the page may be behind the console's. */
const slackMs = 2_000;

/** Recordings that this page stops: their end is told by what stopped them. */
const stopping = new Set<string>();

export function canRecord({ connection, recording }: HostView): boolean {
  return recording !== null || connection.state === 'live';
}

/** Records for so many minutes; null: until it is stopped. */
export async function startRecording(hostId: string, minutes: number | null, place: Place = {}): Promise<void> {
  await told('Record', api()['dumps.record'](requestOf(hostId, minutes, place)));
}

/** The same for many hosts: each into a directory of its own, and one that fails does not keep the others from it. */
export async function recordEach(hosts: readonly Host[], minutes: number | null, place: Place): Promise<void> {
  await withEach('Record', hosts, (hostId) => api()['dumps.record'](requestOf(hostId, minutes, place)));
}

function requestOf(hostId: string, minutes: number | null, place: Place) {
  return { hostId, ...place, ...(minutes !== null && { minutes }) };
}

export async function stopRecording(hostId: string): Promise<void> {
  stopping.add(hostId);
  const ended = await told('Stop recording', api()['dumps.stop']({ hostId }));
  if (ended !== null) tellRecorded(ended);
  // The fleet tells of it a moment later.
  setTimeout(() => stopping.delete(hostId), slackMs);
}

export async function toggleRecording({ host, recording }: HostView): Promise<void> {
  await (recording === null ? startRecording(host.id, null) : stopRecording(host.id));
}

/** Writes all that is kept of a host as a dump. */
export async function saveRing({ host }: HostView): Promise<void> {
  const saved = await told('Save', api()['dumps.saveRing']({ hostId: host.id, minutes: allMinutes }));
  if (saved === null) return;
  offerReplay(
    `Saved the last ${ringWords(saved)} of ${visible(host.name, 120)} to ${saved.directory}`,
    saved.directory,
  );
}

/** How much a ring has: `9 min 58 s`. */
export function ringWords({ from, to }: Pick<Ring, 'from' | 'to'>): string {
  return formatDuration(Math.max(1, (to - from) / 1000));
}

/** What is left of a recording that ends by itself, in one unit: `9 min`, `42 s`; null for one that does not. */
export function leftWords({ until }: Recording, now: number): string | null {
  if (until === null) return null;
  const seconds = Math.max(0, Math.ceil((until - now) / 1000));
  return seconds <= 90 ? `${seconds} s` : formatDuration(Math.ceil(seconds / 60) * 60);
}

/** Tells of recordings that ended and that this page did not stop, until the signal aborts: whoever began them. */
export function watchRecordings(signal: AbortSignal): void {
  const leave = fleetStore.subscribe(({ views }, before) => {
    if (views === before.views) return;
    for (const id of before.ids) {
      const view = views[id];
      const { host, recording = null } = before.views[id] ?? {};
      if (host === undefined || recording === null || view === undefined) continue;
      if (view.recording !== null || stopping.has(id)) continue;
      const inTime = recording.until !== null && consoleNow() >= recording.until - slackMs;
      const words = `The recording of ${visible(host.name, 120)} ${inTime ? 'is complete' : 'was ended'}`;
      offerReplay(`${words}: ${recording.directory}`, recording.directory);
    }
  });
  signal.addEventListener('abort', leave);
}
