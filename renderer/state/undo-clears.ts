import { cursorStore, pinCursor } from './cursor.ts';
import { rangeStore, zoomTo } from './range.ts';
import { routeStore } from './route.ts';
import { offerUndo } from './undo.ts';

/** What one host's charts were set to, and how to set them so again. */
interface Setting<Value> {
  readonly what: string;
  read(): Value | null;
  write(value: Value): void;
  subscribe(listener: () => void): () => void;
}

/**
 * A zoom or a held instant that is let go takes some care to find again, so the undo key brings it back. No toast says
 * so: it is seen, and lost often on purpose.
 */
export function watchClears(signal: AbortSignal): void {
  watchClear(signal, {
    what: 'letting go of the zoom',
    read: () => rangeStore.getState().zoom,
    write: zoomTo,
    subscribe: rangeStore.subscribe,
  });
  watchClear(signal, {
    what: 'letting go of the held instant',
    read: () => cursorStore.getState().pinned,
    write: pinCursor,
    subscribe: cursorStore.subscribe,
  });
}

function shownHostId(): string | null {
  const { route } = routeStore.getState();
  return route.view === 'host' ? route.hostId : null;
}

function watchClear<Value>(signal: AbortSignal, { what, read, write, subscribe }: Setting<Value>): void {
  let before = read();
  let hostId = shownHostId();
  const forget = subscribe(() => {
    const lost = before;
    const of = hostId;
    before = read();
    hostId = shownHostId();
    if (lost === null || before !== null || of === null) return;
    offerUndo({
      what,
      told: null,
      lastsMs: null,
      // On another host it is that one's charts; and what was set since is not taken away.
      possible: () => shownHostId() === of && read() === null,
      undo: () => write(lost),
    });
  });
  signal.addEventListener('abort', forget);
}
