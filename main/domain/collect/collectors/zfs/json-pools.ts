import type { Pool, PoolScan } from '../../../../contract/storage.ts';
import { cutText } from '../../cut-text.ts';
import { parseJsonVdevs } from './json-vdevs.ts';
import {
  countOf,
  maxDamaged,
  maxName,
  maxPools,
  maxSentence,
  nothingOfScan,
  percentOf,
  sizeOf,
  unknownPool,
  wordsOf,
} from './values.ts';

export type JsonObject = { readonly [key: string]: unknown };

export function objectOf(value: unknown): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};
}

/** `{"value": "464G", "source": …}` or the value itself. */
export function propertyOf(properties: JsonObject, name: string): unknown {
  const property = Object.hasOwn(properties, name) ? properties[name] : null;
  return typeof property === 'object' && property !== null ? objectOf(property).value : property;
}

/**
 * The first JSON object in what was printed, on a line of its own or over many; null where there is none. Identities
 * beyond 2^53 are rounded in it: none of them is read.
 */
export function findJson(text: string): JsonObject | null {
  const start = /^[ \t]*\{/m.exec(text);
  if (start === null) return null;
  const rest = text.slice(start.index);
  const [line = ''] = rest.trimStart().split('\n', 1);
  return parsed(line) ?? parsed(rest.slice(0, rest.lastIndexOf('}') + 1));
}

function parsed(text: string): JsonObject | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : null;
  } catch {
    return null;
  }
}

/**
 * The pools of `zpool status -j` and `zpool list -j`, with strings or integers, with nested or flat vdevs, keyed by name or
 * by identity, as they are printed and as the manual shows them.
 * @param now the host's clock in epoch seconds, from which a rate is computed; null where it is not known
 */
export function parseJsonPools(json: JsonObject, now: number | null): Pool[] {
  return Object.entries(objectOf(json.pools))
    .slice(0, maxPools)
    .map(([key, value]) => poolOf(key, objectOf(value), now));
}

function poolOf(key: string, said: JsonObject, now: number | null): Pool {
  const properties = objectOf(said.properties);
  const size = (name: string) => sizeOf(propertyOf(properties, name));
  const { root, vdevs } = parseJsonVdevs(said);
  return {
    ...unknownPool(wordsOf(said.name, maxName) ?? key),
    state: wordsOf(propertyOf(properties, 'health'), 32) ?? wordsOf(said.state, 32),
    size_bytes: size('size'),
    allocated_bytes: size('allocated'),
    free_bytes: size('free'),
    fragmentation_percent: percentOf(propertyOf(properties, 'fragmentation')),
    status: said.status === 'OK' ? null : sentenceOf(said.status),
    action: sentenceOf(said.action),
    scan: scanOf(objectOf(said.scan_stats), now),
    ...root,
    data_errors: countOf(said.error_count),
    damaged_files: damagedOf(said.errlist ?? said.errors),
    vdevs,
  };
}

function sentenceOf(value: unknown): string | null {
  return wordsOf(value)?.replace(/\s+/g, ' ') ?? null;
}

function damagedOf(list: unknown): string[] {
  const files: unknown[] = Array.isArray(list) ? list : Object.values(objectOf(list));
  return files
    .filter((file) => typeof file === 'string')
    .slice(0, maxDamaged)
    .map((file) => cutText(file, maxSentence));
}

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
