import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { dismissAllToasts, toastStore } from './toasts.ts';
import { lastUndoable, offerUndo, undoLast, undoStore } from './undo.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  undoStore.setState({ undoables: [] });
  dismissAllToasts();
  vi.useRealTimers();
});

const toasts = () => toastStore.getState().toasts.map(({ text }) => text);

test('the newest is undone first, each once, by its button or by the key', async () => {
  const undone: string[] = [];
  const offer = (what: string) =>
    offerUndo({ what, told: `${what} is gone.`, lastsMs: 30_000, undo: () => void undone.push(what) });
  for (const what of ['one', 'two', 'three']) offer(what);
  toastStore.getState().toasts[1]?.action?.run();
  expect(toasts()).toEqual(['one is gone.', 'three is gone.']);
  await undoLast();
  await undoLast();
  await undoLast();
  expect([undone, toasts(), lastUndoable()]).toEqual([['two', 'three', 'one'], [], null]);
});

test('it stands for as long as it can be undone, and not longer', async () => {
  const undo = vi.fn();
  offerUndo({ what: 'removal', told: 'It is removed.', lastsMs: 30_000, undo });
  offerUndo({ what: 'zoom', told: null, lastsMs: null, undo, possible: () => false });
  vi.advanceTimersByTime(29_999);
  expect([toasts(), lastUndoable()?.what]).toEqual([['It is removed.'], 'removal']);
  vi.advanceTimersByTime(1);
  await undoLast();
  expect([toasts(), lastUndoable(), undo.mock.calls.length]).toEqual([[], null, 0]);
});

test('there is a most, and the oldest gives way with its toast', () => {
  for (let n = 0; n < 25; n += 1) offerUndo({ what: `${n}`, told: `${n} gone`, lastsMs: 30_000, undo: () => {} });
  expect([undoStore.getState().undoables.map(({ what }) => what)[0], toasts()[0]]).toEqual(['5', '5 gone']);
});
