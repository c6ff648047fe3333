import type { SearchProgress, SearchRequest } from '../../contract/dump-search.ts';
import { createLatest } from '../../contract/rpc/latest.ts';
import { countBefore } from '../../domain/present/count-before.ts';
import type { Dump } from './open-dump.ts';
import { searchInThread } from './search-thread.ts';
import type { Searches } from './searches.ts';
import type { Selections } from './selections.ts';

/** From so many bytes on, two threads halve the time; each costs a core a twentieth of a second to begin. */
const worthTwoThreads = 64 << 20;

/** Looks through all of a dump, and tells what is found while it goes on. Ends with the signal, whatever is looked for. */
export async function* searchDump(
  dump: Dump,
  searches: Searches,
  { select }: Selections,
  { pattern, regex, matchCase, filter }: SearchRequest,
  signal: AbortSignal,
): AsyncGenerator<SearchProgress> {
  // Which entry a match is in is known when the index is.
  await dump.indexed;
  const { log } = dump;
  const accepted = filter === undefined ? null : (await select(filter)).positions;
  const { size } = log;
  const search = searches.begin(() => log.table, accepted === null ? null : new Set(accepted));
  const progress = createLatest<SearchProgress>();
  const tell = (done: boolean) => progress.set(search.progress(size, done));
  tell(false);
  const what = { text: pattern, regex, matchCase };
  const left = new AbortController();
  const ended = AbortSignal.any([signal, left.signal, dump.closing]);
  const running = Promise.all(
    stretchesOf(dump).map(({ position, from, to }) => {
      const take = search.takeFrom(position);
      return searchInThread(
        { role: 'search', parts: log.file.places, pattern: what, stretch: { from, to, fileSize: size } },
        (matches) => {
          take(matches);
          tell(false);
        },
        ended,
      );
    }),
  )
    .then(() => tell(true))
    .finally(progress.end);
  running.catch(() => undefined);
  try {
    yield* progress.watch(ended);
    await running;
  } finally {
    left.abort();
  }
}

/** What each thread looks through, from an entry on: the head of one is where a match across the cut is least likely. */
function stretchesOf({ log: { size, table } }: Dump): { position: number; from: number; to: number }[] {
  const middle = countBefore(table.count, (position) => table.place(position).offset < size / 2);
  if (size < worthTwoThreads || middle === table.count) return [{ position: 0, from: 0, to: size }];
  const cut = table.place(middle).offset;
  return [
    { position: 0, from: 0, to: cut },
    { position: middle, from: cut, to: size },
  ];
}
