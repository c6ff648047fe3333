import type { Sample } from '../../main/contract/samples.ts';
import { api } from '../api/rackside.ts';
import { cursorInstant, useCursor } from './cursor.ts';
import { gaugeReadings, instantSample, instantSpan } from './instant-sample.ts';
import { useHistoryVersion } from './replay.ts';
import { useNewest } from './use-newest.ts';

/** Twenty instants a second are more than anybody reads. */
const pauseMs = 40;

/** In a replay, what the gauges show at the cursor; the newest sample where the cursor is nowhere. */
export function useInstant(hostId: string, wanted: boolean, newest: Sample | null): Sample | null {
  const at = useCursor((cursor) => (wanted ? secondOf(cursorInstant(cursor)) : null));
  const version = useHistoryVersion(hostId);
  const shown = useNewest({
    of: hostId,
    value: newest === null ? null : at,
    version,
    pauseMs,
    ask: async (instant: number) => {
      if (newest === null) return null;
      const request = { hostId, readings: gaugeReadings(newest.data), ...instantSpan(instant) };
      return instantSample(newest, await api()['history.series'](request), instant);
    },
  });
  return at === null || shown === null ? newest : shown.answer;
}

/** Instants are told apart by whole seconds, upwards: the sample that an instant was taken from belongs to it. */
export function secondOf(at: number | null): number | null {
  return at === null ? null : Math.ceil(at / 1000) * 1000;
}
