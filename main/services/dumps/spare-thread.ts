import type { Worker } from 'node:worker_threads';
import { startDumpThread } from './dump-thread.ts';

/** A thread for the next dump, begun before it is chosen: loading its program takes longer than the first rows do. */
export interface SpareThread {
  /** Somebody may be about to choose a dump. What is not taken within a minute ends. */
  prepare(): void;
  take(): Worker;
  close(): void;
}

const keptMs = 60_000;

export function createSpareThread(): SpareThread {
  let spare: { readonly worker: Worker; readonly timer: NodeJS.Timeout } | null = null;

  function end(): void {
    const ending = letGo();
    void ending?.terminate();
  }

  function letGo(): Worker | null {
    if (spare === null) return null;
    const { worker, timer } = spare;
    spare = null;
    clearTimeout(timer);
    worker.off('error', end);
    return worker;
  }

  return {
    prepare: () => {
      if (spare !== null) {
        spare.timer.refresh();
        return;
      }
      const worker = startDumpThread();
      // A thread that fails before it is needed is none; the next one says why, to whoever waits for it.
      worker.on('error', end);
      worker.unref();
      spare = { worker, timer: setTimeout(end, keptMs).unref() };
    },
    take: () => {
      const worker = letGo() ?? startDumpThread();
      worker.ref();
      return worker;
    },
    close: end,
  };
}
