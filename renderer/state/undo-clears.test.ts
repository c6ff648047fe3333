import { afterEach, expect, test } from 'vitest';
import { clearCursor, cursorStore, pinCursor } from './cursor.ts';
import { rangeStore, zoomTo } from './range.ts';
import { routeStore } from './route.ts';
import { lastUndoable, undoLast, undoStore } from './undo.ts';
import { watchClears } from './undo-clears.ts';

const page = new AbortController();
afterEach(() => page.abort());

test('a zoom and a held instant come back, on their own host and over nothing that was set since', async () => {
  const show = (hostId: string) => routeStore.setState({ route: { view: 'host', hostId } });
  const state = () => [rangeStore.getState().zoom, cursorStore.getState().pinned];
  const zoom = { from: 0, to: 60_000 };
  show('a');
  watchClears(page.signal);
  zoomTo(zoom);
  pinCursor(5);
  clearCursor();
  zoomTo(null);
  expect(lastUndoable()?.what).toBe('letting go of the zoom');
  show('b');
  expect(lastUndoable()).toBeNull();
  show('a');
  await undoLast();
  expect(state()).toEqual([zoom, null]);
  await undoLast();
  expect(state()).toEqual([zoom, 5]);

  clearCursor();
  pinCursor(7);
  await undoLast();
  expect([state(), undoStore.getState().undoables.length]).toEqual([[zoom, 7], 1]);
});
