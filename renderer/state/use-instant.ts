import { useEffect, useState } from 'react';
import { api } from '../api/rackside.ts';
import { cursorInstant, cursorStore } from './cursor.ts';
import { followInstant, type Instant, type InstantSource } from './follow-instant.ts';
import { useHistoryVersion } from './replay.ts';

/** Twenty instants a second are more than anybody reads. */
const pauseMs = 40;

function sourceOf(hostId: string): InstantSource {
  return {
    sample: (kind, at) => api()['history.sample']({ hostId, kind, at }),
    standing: async (at) => (await api()['health.standing']({ hostId, at })).findings,
  };
}

/** What stood at the cursor, in a replay; null where the cursor is nowhere, and where nothing has been answered yet. */
export function useInstant(hostId: string, replay: boolean): Instant | null {
  const [shown, setShown] = useState<{ hostId: string; instant: Instant | null } | null>(null);
  const version = useHistoryVersion(hostId);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another version of the history is asked anew
  useEffect(() => {
    if (!replay) return;
    const { look, stop } = followInstant({
      source: sourceOf(hostId),
      wanted: () => endOfSecond(cursorInstant(cursorStore.getState())),
      tell: (instant) => setShown({ hostId, instant }),
      pause: () => new Promise((resolve) => setTimeout(resolve, pauseMs)),
    });
    const leave = cursorStore.subscribe(look);
    look();
    return () => {
      leave();
      stop();
    };
  }, [hostId, replay, version]);

  return shown?.hostId === hostId ? shown.instant : null;
}

/** The cursor names a second: what was collected within it stood there. */
function endOfSecond(at: number | null): number | null {
  return at === null ? null : Math.floor(at / 1000) * 1000 + 999;
}

/** Instants are told apart by whole seconds, upwards: the sample that an instant was taken from belongs to it. */
export function secondOf(at: number | null): number | null {
  return at === null ? null : Math.ceil(at / 1000) * 1000;
}
