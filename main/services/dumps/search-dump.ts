import type { SearchProgress, SearchRequest } from '../../contract/dump-search.ts';
import { createLatest } from '../../contract/rpc/latest.ts';
import { countBefore } from '../../domain/present/count-before.ts';
import type { Dump } from './open-dump.ts';
import { type Matches, searchBytes } from './search-bytes.ts';
import { searchInThread } from './search-thread.ts';
import type { Searches } from './searches.ts';
import type { Selections } from './selections.ts';

/**
 * So much of the beginning is looked through at once, where what is looked for is no expression, which might never end:
 * most texts are found there before a thread has begun.
 */
const ownBytes = 1 << 20;
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
  const [own, ...others] = stretchesOf(dump, regex ? 0 : ownBytes).map(({ position, ...stretch }) => {
    const take = search.takeFrom(position);
    const onMatches = (matches: Matches) => {
      take(matches);
      tell(false);
    };
    return { stretch: { ...stretch, fileSize: size }, onMatches };
  });
  async function run(): Promise<void> {
    if (own !== undefined) {
      for await (const matches of searchBytes(log.file, what, own.stretch)) {
        if (ended.aborted) return;
        own.onMatches(matches);
      }
    }
    const parts = log.file.places;
    await Promise.all(
      others.map(({ stretch, onMatches }) =>
        searchInThread({ role: 'search', parts, pattern: what, stretch }, onMatches, ended),
      ),
    );
    tell(true);
  }
  const running = run().finally(progress.end);
  running.catch(() => undefined);
  try {
    yield* progress.watch(ended);
    await running;
  } finally {
    left.abort();
  }
}

interface Stretch {
  readonly position: number;
  readonly from: number;
  readonly to: number;
}

/**
 * What is looked through here, which may be nothing, and then what each thread does, from an entry on: the head of one
 * is where a match across the cut is least likely.
 */
function stretchesOf({ log: { size, table } }: Dump, own: number): Stretch[] {
  const cutBehind = (bytes: number) => countBefore(table.count, (position) => table.place(position).offset < bytes);
  const offsetOf = (position: number) => (position < table.count ? table.place(position).offset : size);
  const first = size <= own ? table.count : cutBehind(own);
  // One entry that goes on and on is looked through where nobody waits.
  const begin = first === table.count && size > own ? 0 : first;
  const middle = cutBehind((offsetOf(begin) + size) / 2);
  const isOne = size - offsetOf(begin) < worthTwoThreads || middle === table.count;
  const positions = [0, begin, ...(isOne ? [] : [middle])];
  return positions
    .map((position, index) => {
      const next = positions[index + 1];
      return { position, from: index === 0 ? 0 : offsetOf(position), to: next === undefined ? size : offsetOf(next) };
    })
    .filter(({ from, to }, index) => index === 0 || from < to);
}
