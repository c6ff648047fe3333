import { createStore } from 'zustand';
import { dismissToast, toast } from './toasts.ts';

export interface Undoable {
  readonly id: number;
  /** What would be undone: `removal of tank`. */
  readonly what: string;
  readonly undo: () => void | Promise<void>;
  /** False where it would do nothing here: it is left for later. */
  readonly possible: () => boolean;
  readonly toastId: number | null;
}

/** The newest last. */
export const undoStore = createStore<{ undoables: readonly Undoable[] }>(() => ({ undoables: [] }));

const maxUndoables = 20;
let nextId = 1;

export interface UndoOffer {
  readonly what: string;
  /** Told with a button; null where the loss is small and seen: the key alone brings it back. */
  readonly told: string | null;
  /** For how long it can be undone; null: until it is. */
  readonly lastsMs: number | null;
  readonly undo: () => void | Promise<void>;
  readonly possible?: () => boolean;
}

/** Makes something that was lost a moment ago one key away. The toast stands for as long as it can be undone. */
export function offerUndo({ what, told, lastsMs, undo, possible = () => true }: UndoOffer): void {
  const { undoables } = undoStore.getState();
  if (undoables.length === maxUndoables) forget(undoables[0]?.id ?? 0);
  const id = nextId++;
  const run = () => void undoOne(id);
  // Its time is the undo's own, and no reader's hand on it gives more.
  const toastId = told === null ? null : toast(told, 'info', { label: 'Undo', key: 'z', run }, null);
  undoStore.setState((state) => ({ undoables: [...state.undoables, { id, what, undo, possible, toastId }] }));
  if (lastsMs !== null) setTimeout(() => forget(id), lastsMs);
}

/** What the key would undo now; null when there is nothing. */
export function lastUndoable(): Undoable | null {
  return undoStore.getState().undoables.findLast(({ possible }) => possible()) ?? null;
}

export async function undoLast(): Promise<void> {
  const last = lastUndoable();
  if (last !== null) await undoOne(last.id);
}

async function undoOne(id: number): Promise<void> {
  const undoable = forget(id);
  await undoable?.undo();
}

/** Taken out, so that nothing is undone twice. */
function forget(id: number): Undoable | undefined {
  const undoable = undoStore.getState().undoables.find((one) => one.id === id);
  if (undoable === undefined) return undefined;
  undoStore.setState(({ undoables }) => ({ undoables: undoables.filter((one) => one !== undoable) }));
  if (undoable.toastId !== null) dismissToast(undoable.toastId);
  return undoable;
}
