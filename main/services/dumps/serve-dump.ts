import { setImmediate } from 'node:timers/promises';
import type { EntryFilter } from '../../contract/dump-entries.ts';
import type { SampleText } from '../../contract/dump-samples.ts';
import type { shareDumpContract } from '../../contract/dump-sharing.ts';
import type { openDumpContract } from '../../contract/dumps.ts';
import { FaultError } from '../../contract/faults.ts';
import type { Handlers } from '../../contract/rpc/definition.ts';
import type { Sample } from '../../contract/samples.ts';
import { commandStats } from '../../domain/dump/command-stats.ts';
import { createSampleComparison } from '../../domain/dump/compare-samples.ts';
import { timelineOf } from '../../domain/dump/timeline.ts';
import { assertPosition } from './commands-log.ts';
import { createDumpNotes } from './dump-notes.ts';
import type { Dump } from './open-dump.ts';
import { readEntries } from './read-entries.ts';
import {
  commandsOfCollectors,
  entriesOfSample,
  lastAt,
  previousOfKind,
  sampleAt,
  sampleOfEntry,
} from './sample-places.ts';
import { readSampleText } from './samples-log.ts';
import { searchDump } from './search-dump.ts';
import { createSearches } from './searches.ts';
import { createSelections, type Selection } from './selections.ts';

/** What is shown of one sample. */
const maxSampleText = 1 << 20;
const maxHits = 1000;

/** Answers what can be asked of an open dump. */
export function serveDump(
  dump: Dump,
  now: () => number,
): Handlers<typeof openDumpContract> & Handlers<typeof shareDumpContract> {
  const { log } = dump;
  const notes = createDumpNotes(dump.files.notesPath, now);
  const searches = createSearches();
  const noted = async () => {
    const positions = (await notes.list(log.table)).map(({ position }) => position);
    return new Set(positions.filter((position) => position !== null));
  };
  const selections = createSelections(log, searches, noted);
  const { select } = selections;

  async function sampleText(position: number): Promise<SampleText> {
    const samples = samplesOf();
    const head = samples.head(position);
    const { text, cut } = await readSampleText(samples, head, maxSampleText);
    const before = previousOfKind(samples, position);
    const previous = before === null ? null : await readSampleText(samples, samples.head(before), maxSampleText);
    // The schemas of all readings take longer to load than the first rows: they come when a sample is asked for.
    const { parseSample } = await import('../../domain/dump/parse-sample.ts');
    const status = cut ? 'torn' : parseSample(head.kind, text).status;
    const entries = entriesOfSample(log, samples, position);
    const told = { previous: previous?.text ?? null, entries, commandsOf: commandsOfCollectors(log, entries) };
    return { head, status, text, cut, ...told };
  }

  function samplesOf() {
    if (dump.samples !== null) return dump.samples;
    throw new FaultError('not_found', 'samples', 'This dump has no samples.log.');
  }

  return {
    'dumps.status': (_input, signal) => dump.changes.watch(signal),
    'dumps.page': async ({ filter, from, limit }) => {
      const selection = await select(filter);
      const positions: number[] = [];
      for (let index = from; index < Math.min(selection.count, from + limit); index++)
        positions.push(selection.at(index));
      return { total: selection.count, entries: await readEntries(log, positions), revision: log.revision };
    },
    'dumps.locate': async ({ filter, place }) => {
      const selection = await select(filter);
      const index = indexOf(selection, place);
      if (index < 0 || index >= selection.count) return { index: null, entry: null };
      const [entry = null] = await readEntries(log, [selection.at(index)]);
      return { index, entry };
    },
    'dumps.commands': async ({ filter }) => ({
      commands: commandStats(log.table, log.commands, await positionsOf(filter)),
    }),
    'dumps.timeline': async ({ filter, steps }) => timelineOf(log.table, await positionsOf(filter), steps),
    'dumps.search': (request, signal) => searchDump(dump, searches, selections, request, signal),
    'dumps.hits': ({ searchId, position }) => {
      assertPosition(log, position);
      const { offset, bodyOffset, size } = log.table.place(position);
      return { hits: searches.find(searchId).hitsIn(offset, bodyOffset + size, maxHits) };
    },
    'dumps.bytes': ({ offset, length }) => dump.bytes(offset, length),
    'dumps.samples': async ({ from, limit, kind }) => {
      const { samples } = dump;
      if (samples === null) return { total: 0, samples: [] };
      if (kind === undefined) {
        const length = Math.max(0, Math.min(samples.count - from, limit));
        return { total: samples.count, samples: Array.from({ length }, (_, i) => samples.head(from + i)) };
      }
      const found: number[] = [];
      for (let position = 0; position < samples.count; position++) {
        if (samples.kindOf(position) === kind) found.push(position);
      }
      return { total: found.length, samples: found.slice(from, from + limit).map(samples.head) };
    },
    'dumps.sample': async ({ place }) => {
      const { samples } = dump;
      if (samples === null) return null;
      if ('entry' in place) assertPosition(log, place.entry);
      const position =
        'position' in place
          ? place.position
          : 'at' in place
            ? sampleAt(samples, place.at, place.kind)
            : sampleOfEntry(log, samples, place.entry);
      return position === null || position >= samples.count ? null : sampleText(position);
    },
    'dumps.notes': async () => ({ notes: await notes.list(log.table) }),
    'dumps.note': async ({ id, place, text }) => {
      const anchor = 'at' in place ? { at: place.at, offset: null, command: '' } : await anchorOf(place.position);
      const kept = await notes.set(id, anchor, text);
      const note = (await notes.list(log.table)).find((one) => one.id === kept) ?? null;
      return { note };
    },
    'dumps.redaction': async (input, signal) => (await share())['dumps.redaction'](input, signal),
    'dumps.slice': async function* (input, signal) {
      yield* (await share())['dumps.slice'](input, signal);
    },
    'dumps.report': async (input, signal) => (await share())['dumps.report'](input, signal),
    'dumps.differences': async (_input, signal) => {
      await dump.indexed;
      return compareSamples(dump, signal);
    },
  };

  /** Loaded when something is handed on: nobody waits for it with the first rows. */
  async function share(): Promise<Handlers<typeof shareDumpContract>> {
    const [{ serveSlices }, { serveReports }] = await Promise.all([
      import('./slice/serve-slices.ts'),
      import('./slice/serve-reports.ts'),
    ]);
    return { ...serveSlices(dump, selections), ...serveReports(dump) };
  }

  async function positionsOf(filter: EntryFilter): Promise<Uint32Array | null> {
    return (await select(filter)).positions;
  }

  async function anchorOf(position: number): Promise<{ at: number; offset: number; command: string }> {
    assertPosition(log, position);
    const { at, offset } = log.table.place(position);
    return { at, offset, command: log.commands.commands[log.table.commandOf(position)]?.line ?? '' };
  }

  function indexOf(
    selection: Selection,
    place: { at: number } | { before: number } | { after: number } | { position: number },
  ): number {
    if ('before' in place) return selection.indexOf(place.before) - 1;
    if ('after' in place) return selection.indexOf(place.after + 1);
    if ('position' in place) {
      const index = selection.indexOf(place.position);
      return index < selection.count && selection.at(index) === place.position ? index : -1;
    }
    const timeOf = (index: number) => log.table.timeOf(selection.at(index));
    if (log.table.isOrdered) return lastAt(selection.count, timeOf, place.at);
    // Where time goes back, the one that ended latest of those that had.
    let best = -1;
    for (let index = 0; index < selection.count; index++) {
      if (timeOf(index) <= place.at && (best < 0 || timeOf(index) >= timeOf(best))) best = index;
    }
    return best;
  }
}

/** Rounds that are in both, by their kind and instant; what only one has is no difference between collectors. */
async function compareSamples(dump: Dump, signal: AbortSignal) {
  const comparison = createSampleComparison();
  const replayed = dump.replay()[Symbol.asyncIterator]();
  const waiting = new Map<string, Sample>();
  const keyOf = ({ kind, collected_at }: Sample) => `${kind} ${collected_at}`;
  const began = ({ collected_at }: Sample) => Date.parse(collected_at);
  let reached = Number.NEGATIVE_INFINITY;
  for await (const recorded of dump.recorded()) {
    signal.throwIfAborted();
    const key = keyOf(recorded);
    // Rounds stand in the order of their ends: one that began before another may come behind it.
    while (!waiting.has(key) && reached <= began(recorded) + longestRoundMs) {
      const next = await replayed.next();
      if (next.done) break;
      reached = Math.max(reached, began(next.value));
      waiting.set(keyOf(next.value), next.value);
    }
    const found = waiting.get(key);
    if (found !== undefined) comparison.add(recorded, found);
    for (const [waitingKey, sample] of waiting) {
      if (waitingKey === key || began(sample) < began(recorded) - longestRoundMs) waiting.delete(waitingKey);
    }
    await setImmediate();
  }
  return comparison.result();
}

const longestRoundMs = 600_000;
