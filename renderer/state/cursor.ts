import { createStore, useStore } from 'zustand';

export interface Cursor {
  /** The instant under the pointer or moved to by keys; null when nowhere. */
  readonly at: number | null;
  /** The instant that was held with a click or Enter; it stays when the pointer leaves. */
  readonly pinned: number | null;
}

/** One cursor for all charts of the host that is looked at. Charts read it without drawing again. */
export const cursorStore = createStore<Cursor>(() => ({ at: null, pinned: null }));

/** The instant that the page speaks of. */
export function cursorInstant({ at, pinned }: Cursor): number | null {
  return at ?? pinned;
}

export function moveCursor(at: number | null): void {
  cursorStore.setState({ at });
}

export function pinCursor(pinned: number | null): void {
  cursorStore.setState({ at: null, pinned });
}

export function clearCursor(): void {
  cursorStore.setState({ at: null, pinned: null });
}

/** The instant after an arrow key: from where the cursor is, or from the newest edge, and never outside the span. */
export function steppedInstant(cursor: Cursor, stepMs: number, span: { from: number; to: number }): number {
  const start = cursorInstant(cursor) ?? span.to;
  return Math.min(span.to, Math.max(span.from, start + stepMs));
}

export function useCursor<Value>(select: (cursor: Cursor) => Value): Value {
  return useStore(cursorStore, select);
}
