import { createStore, useStore } from 'zustand';
import type { SliceProgress, SliceRequest } from '../../../main/contract/dump-sharing.ts';
import type { Fault } from '../../../main/contract/faults.ts';
import { visible } from '../../../main/domain/present/words.ts';
import { api, faultOf } from '../../api/rackside.ts';
import { dialogStore } from '../dialogs.ts';
import { offerReplay } from '../recorded.ts';
import { toastFault } from '../toasts.ts';
import { doneWords } from './share-words.ts';

/** One export of a dump: it goes on when its dialog is closed, and its end is told then. */
export interface ExportRun {
  readonly state: 'running' | 'done' | 'cancelled' | 'failed';
  readonly to: string;
  readonly redacts: boolean;
  /** Null before the first is told. */
  readonly progress: SliceProgress | null;
  /** Why `failed`. */
  readonly fault: Fault | null;
}

/** The last one of each dump, by its host. */
export const exportStore = createStore<{ runs: Readonly<Record<string, ExportRun>> }>(() => ({ runs: {} }));

const aborts = new Map<string, AbortController>();

function set(hostId: string, run: ExportRun | null): void {
  exportStore.setState(({ runs }) => {
    const { [hostId]: _before, ...others } = runs;
    return { runs: run === null ? others : { ...others, [hostId]: run } };
  });
}

type Slice = (request: SliceRequest, signal: AbortSignal) => AsyncIterable<SliceProgress>;
const slice: Slice = (request, signal) => api()['dumps.slice'](request, signal);

/** Resolves at its end, however it ends. `write` is another way to write it, for tests. */
export async function startExport(request: SliceRequest, write = slice): Promise<void> {
  const { hostId, to, redaction } = request;
  const abort = new AbortController();
  aborts.set(hostId, abort);
  let run: ExportRun = { state: 'running', to, redacts: redaction.redact, progress: null, fault: null };
  set(hostId, run);
  try {
    for await (const progress of write(request, abort.signal)) {
      run = { ...run, progress };
      set(hostId, run);
    }
    run = { ...run, state: run.progress?.done === true ? 'done' : 'cancelled' };
  } catch (error) {
    const fault = faultOf(error);
    run = fault.code === 'cancelled' ? { ...run, state: 'cancelled' } : { ...run, state: 'failed', fault };
  }
  aborts.delete(hostId);
  set(hostId, run);
  if (!isWatched(hostId)) tellEnd(run);
}

/** Ends it, and takes away what was written. */
export function cancelExport(hostId: string): void {
  aborts.get(hostId)?.abort();
}

/** Makes room for another one. */
export function forgetExport(hostId: string): void {
  if (!aborts.has(hostId)) set(hostId, null);
}

function isWatched(hostId: string): boolean {
  const { dialog } = dialogStore.getState();
  return dialog?.kind === 'share' && dialog.subject.hostId === hostId;
}

function tellEnd({ state, to, progress, fault }: ExportRun): void {
  if (fault !== null) toastFault('Export', fault);
  else if (state === 'done' && progress !== null) offerReplay(`${doneWords(progress)} ${visible(to, 400)}`, to);
}

export function useExport(hostId: string): ExportRun | null {
  return useStore(exportStore, ({ runs }) => runs[hostId] ?? null);
}
