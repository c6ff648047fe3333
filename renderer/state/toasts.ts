import { createStore, useStore } from 'zustand';
import type { Fault } from '../../main/contract/faults.ts';
import { visible } from '../../main/domain/present/words.ts';
import { faultOf } from '../api/rackside.ts';

export interface ToastAction {
  readonly label: string;
  readonly run: () => void;
}

export interface Toast {
  readonly id: number;
  readonly tone: 'info' | 'fault';
  readonly text: string;
  /** What can be done next; a toast that has one stays longer. */
  readonly action: ToastAction | null;
}

export const toastStore = createStore<{ toasts: readonly Toast[] }>(() => ({ toasts: [] }));

const shortMs = 5_000;
const longMs = 12_000;
const maxShown = 4;
let nextId = 1;

export function dismissToast(id: number): void {
  toastStore.setState(({ toasts }) => ({ toasts: toasts.filter((toast) => toast.id !== id) }));
}

export function toast(text: string, tone: Toast['tone'] = 'info', action: ToastAction | null = null): void {
  const id = nextId++;
  toastStore.setState(({ toasts }) => ({ toasts: [...toasts, { id, tone, text, action }].slice(-maxShown) }));
  setTimeout(() => dismissToast(id), tone === 'fault' || action !== null ? longMs : shortMs);
}

/** Tells a fault, with what was tried before its sentence; a call that was given up is no news. */
export function toastFault(what: string, fault: Fault): void {
  if (fault.code !== 'cancelled') toast(`${what}: ${visible(fault.message, 400)}`, 'fault');
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

export function useToasts(): readonly Toast[] {
  return useStore(toastStore, (state) => state.toasts);
}
