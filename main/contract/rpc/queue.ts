/** Values pushed by one side and awaited by the other; after `end` or `fail` nothing more is taken. */
export interface Queue<Item> extends AsyncIterable<Item> {
  push(item: Item): void;
  end(): void;
  fail(error: Error): void;
}

export function createQueue<Item>(): Queue<Item> {
  const items: Item[] = [];
  let finished = false;
  let failure: Error | null = null;
  let wake: (() => void) | null = null;

  function notify(): void {
    wake?.();
    wake = null;
  }

  async function* iterate(): AsyncGenerator<Item> {
    for (;;) {
      while (items.length > 0) yield items.shift() as Item;
      if (failure !== null) throw failure;
      if (finished) return;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  }

  return {
    push: (item) => {
      if (finished) return;
      items.push(item);
      notify();
    },
    end: () => {
      finished = true;
      notify();
    },
    fail: (error) => {
      if (finished) return;
      failure = error;
      finished = true;
      notify();
    },
    [Symbol.asyncIterator]: iterate,
  };
}
