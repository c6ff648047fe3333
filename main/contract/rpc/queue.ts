/**
 * Values pushed by one side and awaited by one reader on the other; after `end` or `fail` nothing more is taken.
 * Leaving (`return`) does not wait for a value that may never come, as a generator's would.
 */
export interface Queue<Item> extends AsyncIterableIterator<Item, undefined> {
  push(item: Item): void;
  end(): void;
  fail(error: Error): void;
  return(): Promise<IteratorResult<Item, undefined>>;
}

interface Waiter<Item> {
  resolve(result: IteratorResult<Item, undefined>): void;
  reject(error: Error): void;
}

/**
 * `onWant` is called when the reader has asked, with the number of items that stand ready for its next asking.
 * `onLeave` is called once, when the reader leaves before the end.
 */
export function createQueue<Item>(onWant: (ready: number) => void, onLeave: () => void): Queue<Item> {
  let items: Item[] = [];
  const waiters: Waiter<Item>[] = [];
  let finished = false;
  let failure: Error | null = null;

  function finish(error: Error | null): void {
    if (finished) return;
    finished = true;
    // A waiting reader means that nothing is queued: the first of them is told, and so nobody is told later.
    const [first, ...rest] = waiters.splice(0);
    if (first === undefined) failure = error;
    else if (error === null) first.resolve({ done: true, value: undefined });
    else first.reject(error);
    for (const waiter of rest) waiter.resolve({ done: true, value: undefined });
  }

  const queue: Queue<Item> = {
    push: (item) => {
      if (finished) return;
      const waiter = waiters.shift();
      if (waiter === undefined) items.push(item);
      else waiter.resolve({ done: false, value: item });
      if (waiters.length > 0) onWant(0);
    },
    end: () => finish(null),
    fail: finish,
    next: () =>
      new Promise((resolve, reject) => {
        if (items.length > 0) {
          resolve({ done: false, value: items.shift() as Item });
          onWant(items.length);
        } else if (failure !== null) {
          const error = failure;
          failure = null;
          reject(error);
        } else if (finished) {
          resolve({ done: true, value: undefined });
        } else {
          waiters.push({ resolve, reject });
          onWant(0);
        }
      }),
    return: async () => {
      const early = !finished;
      items = [];
      failure = null;
      finish(null);
      if (early) onLeave();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]: () => queue,
  };
  return queue;
}
