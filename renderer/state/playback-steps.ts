import type { EntryMark } from '../../main/contract/entry-marks.ts';
import { visible } from '../../main/domain/present/words.ts';
import { api } from '../api/rackside.ts';
import { cursorInstant, cursorStore } from './cursor.ts';
import { jumpTo, notePlayback, playableSpan } from './playback.ts';
import { gapBeside } from './playback-clock.ts';
import { replayStore } from './replay.ts';
import { told } from './toasts.ts';

export type Step = 'sample' | 'failure' | 'gap';
export type Direction = -1 | 1;

const failures: EntryMark[] = ['failed', 'not_run', 'timed_out'];
const side = (direction: Direction): string => (direction > 0 ? 'later' : 'earlier');

/** A step that is under way; a further one waits for none. */
let under: AbortController | null = null;

/** Moves the cursor to the next or the previous one of what is meant, and stops there; says so where there is none. */
export async function stepTo(step: Step, direction: Direction): Promise<void> {
  const { hostId } = replayStore.getState();
  const span = playableSpan();
  if (hostId === null || span === null) return;
  const at = cursorInstant(cursorStore.getState()) ?? (direction > 0 ? span.from - 1 : span.to + 1);
  under?.abort();
  under = new AbortController();
  const { signal } = under;
  const found = await told(
    `To the ${direction > 0 ? 'next' : 'previous'} ${step}`,
    seek[step](hostId, at, direction, signal),
  );
  if (signal.aborted || found === null) return;
  if (found.at === null) notePlayback(`There is no ${side(direction)} ${step}.`);
  else jumpTo(found.at, found.note);
}

interface Found {
  readonly at: number | null;
  readonly note: string;
}

const seek: Readonly<
  Record<Step, (hostId: string, at: number, direction: Direction, signal: AbortSignal) => Promise<Found>>
> = {
  sample: async (hostId, at, direction, signal) => {
    const way = direction > 0 ? 'next' : 'previous';
    const list = await api()['history.processes']({ hostId, at, seek: way }, signal);
    return { at: list === null ? null : Date.parse(list.collected_at), note: '' };
  },
  failure: async (hostId, at, direction, signal) => {
    const filter = { marks: failures };
    const locate = (place: { at: number } | { before: number } | { after: number }) =>
      api()['dumps.locate']({ hostId, filter, place }, signal);
    const { entry: here } = await locate({ at });
    const found =
      direction < 0
        ? here === null || here.at < at
          ? here
          : (await locate({ before: here.position })).entry
        : (await locate({ after: here?.position ?? -1 })).entry;
    return { at: found?.at ?? null, note: found === null ? '' : `Failed: ${visible(found.command, 160)}` };
  },
  gap: async (hostId, at, direction, signal) => {
    const known = replayStore.getState().gaps;
    const gaps = known ?? (await api()['dumps.timeline']({ hostId, filter: {}, steps: 1 }, signal)).gaps;
    return { at: gapBeside(gaps, at, direction), note: '' };
  },
};
