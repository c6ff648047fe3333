import type { PoolScan } from '../../../../contract/storage.ts';
import { type JsonObject, objectOf } from './json-pools.ts';
import { countOf, nothingOfScan, sizeOf, wordsOf } from './values.ts';

const functions = new Map<unknown, PoolScan['function']>([
  ['SCRUB', 'scrub'],
  ['RESILVER', 'resilver'],
  ['REBUILD', 'rebuild'],
  ['ERRORSCRUB', 'other'],
]);
const states = new Map<unknown, PoolScan['state']>([
  ['SCANNING', 'running'],
  ['FINISHED', 'finished'],
  ['CANCELED', 'cancelled'],
  ['CANCELLED', 'cancelled'],
]);

/**
 * The scrub or resilver of one pool in `zpool status -j`, or the expansion or removal that runs: the one that runs comes
 * before the one that ran.
 * @param now the host's clock in epoch seconds, from which a rate is computed; null where it is not known
 */
export function scanOfJson(pool: JsonObject, now: number | null): PoolScan | null {
  const scan = scanOf(objectOf(pool.scan_stats), now);
  if (scan?.state === 'running') return scan;
  const { raidz_expand_stats: expansion, removal_stats: removal } = pool;
  return moveOf(objectOf(expansion), 'reflow', now) ?? moveOf(objectOf(removal), 'copy', now) ?? scan;
}

/** An expansion that reflows, or a removal that copies; null unless it runs, as those that are over leave nothing to know. */
function moveOf(said: JsonObject, does: 'reflow' | 'copy', now: number | null): PoolScan | null {
  if (states.get(said.state) !== 'running') return null;
  const [total, done] = [sizeOf(said[`to_${does}`]), sizeOf(does === 'copy' ? said.copied : said.reflowed)];
  const started = timeOf(said.start_time);
  const seconds = started.seconds === null || now === null ? 0 : now - started.seconds;
  const rate = done === null || seconds <= 0 ? null : done / seconds;
  const isKnown = total !== null && done !== null && total > 0;
  return {
    ...nothingOfScan,
    progress_percent: isKnown ? Math.min(100, (100 * done) / total) : null,
    ...{ total_bytes: total, scanned_bytes: done, bytes_per_second: rate },
    remaining_seconds: isKnown && rate !== null && rate > 0 ? Math.max(0, (total - done) / rate) : null,
    ...{ started: started.text, started_epoch_seconds: started.seconds },
  };
}

function scanOf(said: JsonObject, now: number | null): PoolScan | null {
  const is = functions.get(said.function);
  const state = states.get(said.state);
  if (is === undefined || state === undefined) return null;
  const isPaused = state === 'running' && !isNothing(said.scrub_pause);
  const total = sizeOf(said.to_examine);
  const issued = sizeOf(said.issued);
  // What turns out to need no look is not gone through.
  const due = total === null ? null : total - (sizeOf(said.skipped) ?? 0);
  const rate = state === 'running' && !isPaused ? rateOf(said, now) : null;
  const started = timeOf(said.start_time);
  const ended = state === 'running' ? nothing : timeOf(said.end_time);
  const isKnown = state === 'running' && issued !== null && due !== null && due > 0;
  return {
    ...nothingOfScan,
    function: is,
    state: isPaused ? 'paused' : state,
    progress_percent: isKnown ? Math.min(100, (100 * issued) / due) : null,
    total_bytes: total,
    scanned_bytes: sizeOf(said.examined),
    issued_bytes: issued,
    repaired_bytes: sizeOf(said.processed),
    bytes_per_second: rate,
    remaining_seconds: isKnown && rate !== null && rate > 0 ? Math.max(0, (due - issued) / rate) : null,
    duration_seconds: took(started.seconds, ended.seconds),
    errors: countOf(said.errors),
    started: started.text,
    ended: ended.text,
    started_epoch_seconds: started.seconds,
    ended_epoch_seconds: ended.seconds,
  };
}

/** Of this pass alone: a pool that was imported anew begins another. */
function rateOf(said: JsonObject, now: number | null): number | null {
  const begun = sizeOf(said.pass_start);
  const issued = sizeOf(said.issued_bytes_per_scan);
  const paused = sizeOf(said.scrub_spent_paused) ?? 0;
  if (begun === null || issued === null || now === null || now <= begun + paused) return null;
  return issued / (now - begun - paused);
}

const nothing: { readonly text: null; readonly seconds: null } = { text: null, seconds: null };

function isNothing(value: unknown): boolean {
  return value === undefined || value === null || value === '-' || value === 0 || value === '0';
}

/** Epoch seconds as a number or as digits, else a date in the host's words and zone. */
function timeOf(value: unknown): { readonly text: string | null; readonly seconds: number | null } {
  if (isNothing(value)) return nothing;
  const isDigits = typeof value === 'number' || (typeof value === 'string' && /^\d{9,11}$/.test(value));
  return isDigits ? { text: null, seconds: countOf(value) } : { text: wordsOf(value, 64), seconds: null };
}

function took(started: number | null, ended: number | null): number | null {
  return started === null || ended === null || ended < started ? null : ended - started;
}
