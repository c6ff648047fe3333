/** A part of a list: entries that pass a filter, or samples. */
export interface ListPage<Item> {
  /** Of the whole list. */
  readonly total: number;
  readonly items: readonly Item[];
}

/** Asks for a part of the list, from an index on. */
export type AskPage<Item> = (from: number, limit: number, signal: AbortSignal) => Promise<ListPage<Item>>;

/** Items of one page, and pages that are kept: some thousand items, whatever the dump's length. */
export const pageSize = 200;
const maxPages = 40;
const maxAsked = 2;

/** A list of which the pages around the view are here. */
export interface ListPages<Item> {
  /** How many there are; null until it is known. */
  readonly total: number | null;
  /** The last answer was a fault: what is not here may be there all the same. */
  readonly failed: boolean;
  /** Null for one that has not come yet. */
  at(index: number): Item | null;
  /** Fetches what is in view. What was asked before and is out of view is given up. */
  want(first: number, end: number): void;
  /** There may be more, or others: what is here is asked again, and shown until the answer. */
  refresh(): void;
  close(): void;
}

/**
 * Keeps pages of a list, the ones seen last. `onChange` is called when more is here or the count is another one,
 * `onFault` with what an answer threw.
 */
export function createListPages<Item>(
  ask: AskPage<Item>,
  onChange: () => void,
  onFault: (error: unknown) => void,
): ListPages<Item> {
  const pages = new Map<number, { items: readonly Item[]; stale: boolean }>();
  const asked = new Map<number, AbortController>();
  let total: number | null = null;
  let failed = false;
  let wanted = { first: 0, end: 1 };
  let closed = false;

  function isHere(page: number): boolean {
    const held = pages.get(page);
    return held !== undefined && !held.stale;
  }

  function wantedPages(): number[] {
    const first = Math.floor(wanted.first / pageSize);
    const last = Math.floor(Math.max(wanted.first, wanted.end - 1) / pageSize);
    return Array.from({ length: last - first + 1 }, (_, index) => first + index);
  }

  function fetchMissing(): void {
    if (closed) return;
    const needed = wantedPages();
    for (const [page, abort] of asked) if (!needed.includes(page)) abort.abort();
    for (const page of needed) if (asked.size < maxAsked && !isHere(page) && !asked.has(page)) void fetchPage(page);
  }

  async function fetchPage(page: number): Promise<void> {
    const abort = new AbortController();
    asked.set(page, abort);
    try {
      const answer = await askWhole(page * pageSize, abort.signal);
      if (closed || abort.signal.aborted) return;
      failed = false;
      total = answer.total;
      take(page, answer.items);
    } catch (error) {
      if (closed || abort.signal.aborted) return;
      // Held as empty, or the next glance would ask it again and fail again.
      failed = true;
      take(page, pages.get(page)?.items ?? []);
      onFault(error);
    } finally {
      if (asked.get(page) === abort) asked.delete(page);
      fetchMissing();
    }
  }

  /** An answer ends early where its lines are long: the rest is asked for. */
  async function askWhole(from: number, signal: AbortSignal): Promise<ListPage<Item>> {
    const items: Item[] = [];
    for (;;) {
      const answer = await ask(from + items.length, pageSize - items.length, signal);
      items.push(...answer.items);
      const wanted = Math.min(pageSize, answer.total - from);
      if (answer.items.length === 0 || items.length >= wanted) return { total: answer.total, items };
    }
  }

  function take(page: number, items: readonly Item[]): void {
    pages.delete(page);
    pages.set(page, { items, stale: false });
    for (const oldest of pages.keys()) {
      if (pages.size <= maxPages) break;
      pages.delete(oldest);
    }
    onChange();
  }

  return {
    get total() {
      return total;
    },
    get failed() {
      return failed;
    },
    at: (index) => pages.get(Math.floor(index / pageSize))?.items[index % pageSize] ?? null,
    want: (first, end) => {
      wanted = { first, end };
      fetchMissing();
    },
    refresh: () => {
      for (const page of pages.values()) page.stale = true;
      fetchMissing();
    },
    close: () => {
      closed = true;
      for (const abort of asked.values()) abort.abort();
    },
  };
}
