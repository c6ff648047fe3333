import { createStore, useStore } from 'zustand';
import { visible } from '../../main/domain/present/words.ts';
import { faultOf } from '../api/rackside.ts';

export interface Toast {
  readonly id: number;
  readonly tone: 'info' | 'fault';
  readonly text: string;
}

export const toastStore = createStore<{ toasts: readonly Toast[] }>(() => ({ toasts: [] }));

const shownMs = { info: 5_000, fault: 12_000 };
const maxShown = 4;
let nextId = 1;

export function dismissToast(id: number): void {
  toastStore.setState(({ toasts }) => ({ toasts: toasts.filter((toast) => toast.id !== id) }));
}

export function toast(text: string, tone: Toast['tone'] = 'info'): void {
  const id = nextId++;
  toastStore.setState(({ toasts }) => ({ toasts: [...toasts, { id, tone, text }].slice(-maxShown) }));
  setTimeout(() => dismissToast(id), shownMs[tone]);
}

/** Waits for a call and tells its fault, if any; null then. What it was for stands before the fault's sentence. */
export async function told<Value>(what: string, call: Promise<Value>): Promise<Value | null> {
  try {
    return await call;
  } catch (error) {
    const fault = faultOf(error);
    if (fault.code !== 'cancelled') toast(`${what}: ${visible(fault.message, 400)}`, 'fault');
    return null;
  }
}

export function useToasts(): readonly Toast[] {
  return useStore(toastStore, (state) => state.toasts);
}
