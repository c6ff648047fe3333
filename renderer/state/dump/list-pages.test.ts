import { expect, test, vi } from 'vitest';
import { createListPages, pageSize } from './list-pages.ts';

/** A dump whose answers come when the test says so. */
function pagesOf(total: number) {
  const waiting: { from: number; answer(): void; aborted(): boolean }[] = [];
  const dump = { total };
  const onChange = vi.fn();
  const onFault = vi.fn();
  const pages = createListPages<{ position: number }>(
    (from, limit, signal) =>
      new Promise((resolve, reject) => {
        signal.addEventListener('abort', () => reject(new Error('aborted')));
        const answer = () => {
          const length = Math.max(0, Math.min(limit, dump.total - from));
          const items = Array.from({ length }, (_, index) => ({ position: from + index }));
          resolve({ total: dump.total, items });
        };
        waiting.push({ from, answer, aborted: () => signal.aborted });
      }),
    onChange,
    onFault,
  );
  const answerAll = async () => {
    for (const one of waiting.splice(0)) one.answer();
    await vi.waitFor(() => expect(onChange).toHaveBeenCalled(), { interval: 1 });
    onChange.mockClear();
  };
  return { pages, waiting, dump, answerAll, onFault };
}

test('asks for the pages in view alone, and holds them', async () => {
  const { pages, waiting, answerAll } = pagesOf(1000);
  expect([pages.total, pages.at(0)]).toEqual([null, null]);
  pages.want(190, 230);
  expect(waiting.map(({ from }) => from)).toEqual([0, pageSize]);
  await answerAll();
  expect([pages.total, pages.at(0)?.position, pages.at(399)?.position, pages.at(400)]).toEqual([1000, 0, 399, null]);
  pages.want(200, 240);
  expect(waiting).toEqual([]);
});

test('a view that has moved on gives up what it asked', async () => {
  const { pages, waiting, answerAll, onFault } = pagesOf(100_000);
  pages.want(0, 30);
  const [first] = waiting;
  pages.want(50_000, 50_030);
  expect(first?.aborted()).toBe(true);
  await vi.waitFor(() => expect(waiting.map(({ from }) => from)).toContain(50_000));
  await answerAll();
  expect([pages.at(50_000)?.position, pages.at(0), onFault.mock.calls]).toEqual([50_000, null, []]);
});

test('what was there stays in view while a dump that has grown is asked again', async () => {
  const { pages, waiting, dump, answerAll } = pagesOf(10);
  pages.want(0, 30);
  await answerAll();
  dump.total = 25;
  pages.refresh();
  expect([pages.total, pages.at(9)?.position, waiting.length]).toEqual([10, 9, 1]);
  await answerAll();
  expect([pages.total, pages.at(24)?.position]).toEqual([25, 24]);
});

test('pages that were seen long ago are let go', async () => {
  const { pages, answerAll } = pagesOf(1_000_000);
  for (let page = 0; page < 60; page++) {
    pages.want(page * pageSize, page * pageSize + 10);
    await answerAll();
  }
  expect([pages.at(0), pages.at(59 * pageSize)?.position]).toEqual([null, 59 * pageSize]);
});

test('an answer that fails is told once and not asked for again and again', async () => {
  const onFault = vi.fn();
  const ask = vi.fn(async () => {
    throw new Error('gone');
  });
  const pages = createListPages(ask, () => {}, onFault);
  pages.want(0, 30);
  await vi.waitFor(() => expect(onFault).toHaveBeenCalledTimes(1));
  pages.want(0, 31);
  expect(ask).toHaveBeenCalledTimes(1);
  expect([pages.total, pages.failed]).toEqual([null, true]);
});

test('what was here stays where it cannot be read again, and a later answer mends it', async () => {
  let gone = false;
  const onChange = vi.fn();
  const ask = async () => {
    if (gone) throw new Error('gone');
    return { total: 1, items: ['one'] };
  };
  const pages = createListPages(ask, onChange, () => {});
  const states: unknown[] = [];
  for (const isGone of [false, true, false]) {
    gone = isGone;
    pages.refresh();
    await vi.waitFor(() => expect(onChange).toHaveBeenCalledTimes(states.length + 1));
    states.push([pages.total, pages.at(0), pages.failed]);
  }
  expect(states).toEqual([
    [1, 'one', false],
    [1, 'one', true],
    [1, 'one', false],
  ]);
});
