import type { RecordRequest } from './fleet-service.ts';
import type { Member } from './member.ts';
import type { RecordingRequest } from './recording.ts';

/** How many recordings that stopped are told of by name. */
const maxNamed = 3;

/** A request with the instant at which the recording ends by itself. */
export function requestedFrom({ minutes, ...request }: RecordRequest, now: number): RecordingRequest {
  return { ...request, until: minutes === undefined ? null : now + Math.round(minutes * 60_000) };
}

/** Why dumps that somebody counts on are not written any more, in sentences. */
export function recordingProblems(members: Iterable<Member>): string[] {
  const stopped = [...members].flatMap(({ host, recorder }) => {
    const fault = recorder.current()?.fault ?? null;
    return fault === null ? [] : [`Recording of ${host.name}: ${fault.message}`];
  });
  const more = stopped.length - maxNamed;
  return more > 0 ? [...stopped.slice(0, maxNamed), `So it is with ${more} more recordings.`] : stopped;
}
