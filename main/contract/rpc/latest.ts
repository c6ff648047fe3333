/** A value that changes, for any number of readers; a slow reader skips to the newest and never queues. */
export interface Latest<Value> {
  set(value: Value): void;
  /** Ends every reader after the newest value. */
  end(): void;
  /** The value as it is (where there is one), then each newer one that the reader is in time for. */
  watch(signal: AbortSignal): AsyncIterable<Value>;
}

export function createLatest<Value>(): Latest<Value> {
  let version = 0;
  let current: Value | undefined;
  let ended = false;
  const waiting = new Set<() => void>();

  function wakeAll(): void {
    for (const wake of [...waiting]) wake();
  }

  async function* watch(signal: AbortSignal): AsyncGenerator<Value> {
    let seen = 0;
    while (!signal.aborted) {
      if (version > seen) {
        seen = version;
        yield current as Value;
      } else if (ended) {
        return;
      } else {
        await changed(signal);
      }
    }
  }

  function changed(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wake = (): void => {
        waiting.delete(wake);
        signal.removeEventListener('abort', wake);
        resolve();
      };
      waiting.add(wake);
      signal.addEventListener('abort', wake);
    });
  }

  return {
    set: (value) => {
      version += 1;
      current = value;
      wakeAll();
    },
    end: () => {
      ended = true;
      wakeAll();
    },
    watch,
  };
}
