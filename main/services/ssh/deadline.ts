import { FaultError } from '../../contract/faults.ts';

export interface Wait {
  readonly ms: number;
  readonly signal: AbortSignal;
  /** What was waited for, as faults name it. */
  readonly step: string;
  /** The sentence for a deadline that passed. */
  readonly expired: string;
}

export function cancelled(step: string): FaultError {
  return new FaultError('cancelled', step, 'Cancelled.');
}

/**
 * Settles as the work does; or rejects with `timeout` when the deadline passes, or with `cancelled` when the signal
 * aborts. The work itself goes on: what it holds must be given up by the caller.
 */
export async function within<T>(work: Promise<T>, wait: Wait): Promise<T> {
  if (wait.signal.aborted) {
    work.catch(() => {});
    throw cancelled(wait.step);
  }
  const ended = Promise.withResolvers<never>();
  const onAbort = () => ended.reject(cancelled(wait.step));
  const timer = setTimeout(() => ended.reject(new FaultError('timeout', wait.step, wait.expired)), wait.ms);
  wait.signal.addEventListener('abort', onAbort, { once: true });
  try {
    return await Promise.race([work, ended.promise]);
  } finally {
    clearTimeout(timer);
    wait.signal.removeEventListener('abort', onAbort);
  }
}

/** `10 s`, `1.5 s`: a deadline in words. */
export function inSeconds(ms: number): string {
  return `${Math.round(ms / 100) / 10} s`;
}

/** A deadline that is set anew at every sign of life, and stands still while a technician is asked. */
export interface Watch {
  restart(ms: number): void;
  pause(): void;
  resume(): void;
  stop(): void;
}

export function createWatch(onExpired: () => void): Watch {
  let timer: NodeJS.Timeout | undefined;
  let allowed = 0;
  let pauses = 0;
  let stopped = false;
  const arm = () => {
    clearTimeout(timer);
    if (!stopped && pauses === 0) timer = setTimeout(onExpired, allowed);
  };
  return {
    restart(ms) {
      allowed = ms;
      arm();
    },
    pause() {
      pauses++;
      clearTimeout(timer);
    },
    resume() {
      pauses--;
      arm();
    },
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}
