import type { Pool } from '../../../../contract/storage.ts';
import { cutText } from '../../cut-text.ts';
import { scanOfJson } from './json-scan.ts';
import { parseJsonVdevs } from './json-vdevs.ts';
import {
  countOf,
  maxDamaged,
  maxName,
  maxPools,
  maxSentence,
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
    scan: scanOfJson(said, now),
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
