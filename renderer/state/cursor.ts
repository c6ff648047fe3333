import { createStore, useStore } from 'zustand';

export interface Cursor {
  /** The instant under the pointer or moved to by keys; null when nowhere. */
  readonly at: number | null;
  /** The instant that was held with a click or Enter; it stays when the pointer leaves. */
  readonly pinned: number | null;
  /** Where a selection began that the cursor ends: by dragging, or by its key. */
  readonly brush: number | null;
}

/** One cursor for all charts of the host that is looked at. Charts read it without drawing again. */
export const cursorStore = createStore<Cursor>(() => ({ at: null, pinned: null, brush: null }));

/** The instant that the page speaks of. */
export function cursorInstant({ at, pinned }: Pick<Cursor, 'at' | 'pinned'>): number | null {
  return at ?? pinned;
}

export function moveCursor(at: number | null): void {
  cursorStore.setState({ at });
}

export function pinCursor(pinned: number | null): void {
  cursorStore.setState({ at: null, pinned, brush: null });
}

/** The same while something else than a person moves it: the pointer keeps its own. */
export function holdCursor(pinned: number): void {
  cursorStore.setState({ pinned });
}

export function beginBrush(brush: number): void {
  cursorStore.setState({ at: brush, brush });
}

/** Ends a selection and answers it; null where none was begun. */
export function endBrush(): { from: number; to: number } | null {
  const { brush, ...cursor } = cursorStore.getState();
  const at = cursorInstant(cursor);
  cursorStore.setState({ brush: null });
  return brush === null || at === null ? null : { from: Math.min(brush, at), to: Math.max(brush, at) };
}

/** Held for the page that is gone to, which begins with a cursor of its own. */
let carried: number | null = null;

/** Pins an instant that the next page goes on with. */
export function carryCursor(at: number): void {
  pinCursor(at);
  carried = at;
}

export function clearCursor(): void {
  cursorStore.setState({ at: null, pinned: carried, brush: null });
  carried = null;
}

/** The instant after an arrow key: from where the cursor is, or from the newest edge, and never outside the span. */
export function steppedInstant(
  cursor: Pick<Cursor, 'at' | 'pinned'>,
  stepMs: number,
  span: { from: number; to: number },
): number {
  const start = cursorInstant(cursor) ?? span.to;
  return Math.min(span.to, Math.max(span.from, start + stepMs));
}

export function useCursor<Value>(select: (cursor: Cursor) => Value): Value {
  return useStore(cursorStore, select);
}
