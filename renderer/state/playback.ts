import { createStore, useStore } from 'zustand';
import { formatDuration } from '../../main/domain/present/units.ts';
import { cursorInstant, cursorStore, holdCursor, pinCursor } from './cursor.ts';
import { liveStore } from './live.ts';
import { advance, type Speed, speeds } from './playback-clock.ts';
import { rangeStore, type Span, zoomTo } from './range.ts';
import { dumpSpan, replayStore } from './replay.ts';

export interface Playback {
  readonly playing: boolean;
  readonly speed: Speed;
  /** What the last step met: that there is none further, or what was jumped over. */
  readonly note: string;
}

export const playbackStore = createStore<Playback>(() => ({ playing: false, speed: 10, note: '' }));

/** Counts the times that it was started: frames of an earlier one move nothing. */
let run = 0;

/** What can be played: all of the dump, or as far as it is replayed. */
export function playableSpan(): Span | null {
  const { status } = replayStore.getState();
  const span = dumpSpan(status);
  if (span === null || status === null || status.replayed === 1) return span;
  const { sample } = liveStore.getState();
  const newest = sample === null ? span.from : Date.parse(sample.collected_at);
  return { from: span.from, to: Math.min(span.to, Math.max(span.from, newest)) };
}

/** Plays on from the cursor; from the beginning where it is nowhere, or at the end. */
export function play(): void {
  const span = playableSpan();
  if (span === null || playbackStore.getState().playing) return;
  const at = cursorInstant(cursorStore.getState());
  pinCursor(at === null || at >= span.to ? span.from : Math.max(span.from, at));
  playbackStore.setState({ playing: true, note: '' });
  run += 1;
  const ours = run;
  requestAnimationFrame((now) => drive(now, ours));
}

export function pause(): void {
  playbackStore.setState({ playing: false });
}

export function togglePlayback(): void {
  if (playbackStore.getState().playing) pause();
  else play();
}

export function chooseSpeed(speed: Speed): void {
  if (speeds.includes(speed)) playbackStore.setState({ speed });
}

/** Tells what a step met, in a sentence. */
export function notePlayback(note: string): void {
  playbackStore.setState({ note });
}

/** Holds an instant, and stops there. */
export function jumpTo(at: number, note = ''): void {
  const span = playableSpan();
  playbackStore.setState({ playing: false, note });
  pinCursor(span === null ? at : Math.min(span.to, Math.max(span.from, at)));
  keepInSight();
}

/** Holds the first or the last instant that can be played. */
export function jumpToEdge(edge: 'from' | 'to'): void {
  const span = playableSpan();
  if (span !== null) jumpTo(span[edge]);
}

/** One frame after the other; the instant that is held is where playback stands, so a click on a chart moves it. */
function drive(before: number, ours: number): void {
  requestAnimationFrame((now) => {
    const { playing, speed } = playbackStore.getState();
    const at = cursorStore.getState().pinned;
    const span = playableSpan();
    if (!playing || ours !== run) return;
    if (at === null || span === null) return pause();
    const { status, gaps } = replayStore.getState();
    const next = advance(at, now - before, speed, span, gaps ?? []);
    if (next.at !== at) holdCursor(next.at);
    if (next.skipped !== null) notePlayback(`Skipped ${gapWords(next.skipped)} without an entry.`);
    keepInSight();
    // Where the rest is on its way, it is waited for.
    if (next.ended && status?.replayed === 1) pause();
    else drive(now, ours);
  });
}

function gapWords({ from, to }: Span): string {
  return formatDuration((to - from) / 1000);
}

/** A zoomed span turns its page when the cursor leaves it. */
function keepInSight(): void {
  const { zoom } = rangeStore.getState();
  const at = cursorStore.getState().pinned;
  if (zoom === null || at === null || (at >= zoom.from && at <= zoom.to)) return;
  const width = zoom.to - zoom.from;
  zoomTo(at > zoom.to ? { from: at, to: at + width } : { from: at - width, to: at });
}

export function stopPlayback(): void {
  playbackStore.setState({ playing: false, note: '' });
}

export function usePlayback<Value>(select: (playback: Playback) => Value): Value {
  return useStore(playbackStore, select);
}
