import { createStore, useStore } from 'zustand';
import type { Fault } from '../../main/contract/faults.ts';
import { visible } from '../../main/domain/present/words.ts';
import { faultOf } from '../api/rackside.ts';
import { createCountdowns } from './countdowns.ts';

export interface ToastAction {
  readonly label: string;
  /** The key that does the same; null where there is none. */
  readonly key?: string;
  readonly run: () => void;
}

export interface Toast {
  readonly id: number;
  readonly tone: 'info' | 'fault';
  readonly text: string;
  /** What can be done next. */
  readonly action: ToastAction | null;
  /** Milliseconds in view before it goes by itself; null: it stays until somebody dismisses it. */
  readonly staysMs: number | null;
  /** How often it was told while it stood. */
  readonly times: number;
}

export interface ToastState {
  /** The newest last. */
  readonly toasts: readonly Toast[];
  /** Somebody is reading: no time passes. */
  readonly held: boolean;
}

export const toastStore = createStore<ToastState>(() => ({ toasts: [], held: false }));

/** How many stand at once; earlier ones come back as these go. */
const maxShown = 4;
/** What nobody dismisses is not kept without end. */
const maxKept = 30;
const maxText = 600;
let nextId = 1;

export function shownToasts(toasts: readonly Toast[]): readonly Toast[] {
  return toasts.slice(-maxShown);
}

const count = createCountdowns(dismissToast);
toastStore.subscribe(({ toasts, held }) => {
  const shown = new Set(shownToasts(toasts));
  count(
    toasts.flatMap((toast) =>
      toast.staysMs === null ? [] : { id: toast.id, ms: toast.staysMs, runs: !held && shown.has(toast) },
    ),
  );
});

export function dismissToast(id: number): void {
  toastStore.setState(({ toasts }) => ({ toasts: toasts.filter((toast) => toast.id !== id) }));
}

export function dismissAllToasts(): void {
  toastStore.setState({ toasts: [] });
}

/** While the pointer or the focus is on the toasts. */
export function holdToasts(held: boolean): void {
  if (toastStore.getState().held !== held) toastStore.setState({ held });
}

/** Long enough to be found and read slowly. */
function readingMs(text: string): number {
  return Math.min(20_000, 4_000 + 70 * text.length);
}

/**
 * Tells a result, as text whatever is in it; answers the toast's id. A fault stays until it is dismissed; an info for
 * as long as it takes to read, or for `staysMs`. The same words again, with nothing to be done, are counted.
 */
export function toast(
  words: string,
  tone: Toast['tone'] = 'info',
  action: ToastAction | null = null,
  staysMs: number | null = tone === 'fault' ? null : readingMs(words) * (action === null ? 1 : 2),
): number {
  const id = nextId++;
  const text = visible(words, maxText);
  toastStore.setState(({ toasts }) => {
    const same = action === null ? toasts.find((one) => one.text === text && one.action === null) : undefined;
    const told: Toast = { id, tone, text, action, staysMs, times: (same?.times ?? 0) + 1 };
    return { toasts: [...toasts.filter((one) => one !== same), told].slice(-maxKept) };
  });
  return id;
}

/** Tells a fault, with what was tried before its sentence; a call that was given up is no news. */
export function toastFault(what: string, fault: Fault): void {
  if (fault.code !== 'cancelled') toast(`${what}: ${fault.message}`, 'fault');
}

/** Waits for a call and tells its fault, if any; null then. */
export async function told<Value>(what: string, call: Promise<Value>): Promise<Value | null> {
  try {
    return await call;
  } catch (error) {
    toastFault(what, faultOf(error));
    return null;
  }
}

export function useToasts(): ToastState {
  return useStore(toastStore);
}
