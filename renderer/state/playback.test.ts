import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { DumpStatus } from '../../main/contract/dumps.ts';
import { clearCursor, cursorStore, pinCursor } from './cursor.ts';
import { jumpTo, pause, play, playbackStore, stopPlayback } from './playback.ts';
import { rangeStore, zoomTo } from './range.ts';
import { replayStore } from './replay.ts';

let frames: ((now: number) => void)[];

/** Draws one frame: all that was asked for before it. */
function frame(now: number): void {
  for (const draw of frames.splice(0)) draw(now);
}

const status = { first: 10_000, last: 20_000, replayed: 1 } as DumpStatus;

beforeEach(() => {
  frames = [];
  vi.stubGlobal('requestAnimationFrame', (draw: (now: number) => void) => frames.push(draw));
  replayStore.setState({ ...replayStore.getInitialState(), hostId: 'a', status }, true);
  playbackStore.setState(playbackStore.getInitialState(), true);
  clearCursor();
  zoomTo(null);
});
afterEach(() => {
  stopPlayback();
  vi.unstubAllGlobals();
});

const held = () => cursorStore.getState().pinned;

test('it begins at the beginning, moves with the frames, and pauses at the end', () => {
  play();
  frame(0);
  expect([held(), playbackStore.getState().playing]).toEqual([10_000, true]);
  frame(100);
  expect(held()).toBe(11_000);
  for (let now = 350; now < 2000; now += 250) frame(now);
  expect([held(), playbackStore.getState().playing, frames]).toEqual([20_000, false, []]);
});

test('a click moves it, Escape ends it, and the pointer keeps its own instant', () => {
  play();
  frame(0);
  pinCursor(15_000);
  cursorStore.setState({ at: 12_345 });
  frame(100);
  expect(cursorStore.getState()).toMatchObject({ at: 12_345, pinned: 16_000 });
  clearCursor();
  frame(200);
  expect([held(), playbackStore.getState().playing]).toEqual([null, false]);
});

test('paused and played again within a frame, it is no faster', () => {
  play();
  pause();
  play();
  frame(0);
  frame(100);
  expect(held()).toBe(11_000);
});

test('what is not replayed yet is waited for, a gap is skipped with a note, and a zoom turns its page', () => {
  replayStore.setState({ gaps: [{ from: 10_500, to: 14_500 }] });
  zoomTo({ from: 0, to: 11_000 });
  play();
  frame(0);
  frame(100);
  expect([held(), playbackStore.getState().note]).toEqual([15_000, 'Skipped 4 s without an entry.']);
  expect(rangeStore.getState().zoom).toEqual({ from: 15_000, to: 26_000 });
  replayStore.setState({ status: { ...status, replayed: 0.5 } });
  frame(200);
  expect([held(), playbackStore.getState().playing]).toEqual([10_000, true]);
});

test('a jump pauses it, and stays within the dump', () => {
  play();
  jumpTo(99_000, 'That is outside.');
  expect([held(), playbackStore.getState()]).toEqual([20_000, { playing: false, speed: 10, note: 'That is outside.' }]);
});
