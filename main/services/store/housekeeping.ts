import type { Store } from './store.ts';

const healthMs = 10_000;
const retentionMs = 3_600_000;
/** Not at once: a start has better things to do. */
const firstRetentionMs = 60_000;
/** A clock may be put right by so much. */
const clockDriftMs = 3_600_000;

export interface Housekeeping {
  /** What is wrong with the store, in a sentence; null when all is well. */
  readonly problem: string | null;
  stop(): void;
}

/** Enforces retention now and then and where room is short, and notices when the store cannot write. `onChange` is told of each new problem. */
export function keepHouse(
  store: Pick<Store, 'health' | 'maintain'>,
  options: { now(): number; uptimeMs(): number; onChange(): void },
): Housekeeping {
  let problem: string | null = null;
  const [startedAt, startedMs] = [options.now(), options.uptimeMs()];
  /** A clock that is set far into the future must not make what is stored old: no more time passes than has passed. */
  const notAhead = () => Math.min(options.now(), startedAt + options.uptimeMs() - startedMs + clockDriftMs);

  function note(next: string | null): void {
    if (next === problem) return;
    problem = next;
    options.onChange();
  }

  async function check(): Promise<void> {
    try {
      const { problem: next, overfull } = await store.health();
      note(next);
      if (overfull) await retain();
    } catch (error) {
      note(sentence(error));
    }
  }

  async function retain(): Promise<void> {
    await store.maintain(notAhead()).catch((error: unknown) => note(sentence(error)));
  }

  const timers = [
    setInterval(() => void check(), healthMs),
    setInterval(() => void retain(), retentionMs),
    setTimeout(() => void retain(), firstRetentionMs),
  ];
  for (const timer of timers) timer.unref();
  return {
    get problem() {
      return problem;
    },
    stop: () => {
      for (const timer of timers) clearInterval(timer);
    },
  };
}

function sentence(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
