import type { Difference } from '../../contract/dump-samples.ts';
import type { Sample } from '../../contract/samples.ts';
import { cutText } from '../collect/cut-text.ts';

/** Gathers where pairs of samples of one round differ. */
export interface SampleComparison {
  add(recorded: Sample, replayed: Sample): void;
  result(): { compared: number; differing: number; differences: Difference[] };
}

/** Paths that are told at most; a value that is longer is cut. */
const maxPaths = 500;
const maxValue = 200;
/** Two numbers that only JSON's way through text told apart are the same. */
const tolerance = 1e-9;

export function createSampleComparison(): SampleComparison {
  const found = new Map<string, Difference>();
  let compared = 0;
  let differing = 0;

  function note(path: string, sample: Sample, recorded: unknown, replayed: unknown): void {
    const key = `${sample.kind} ${path}`;
    const known = found.get(key);
    if (known !== undefined) found.set(key, { ...known, samples: known.samples + 1 });
    else if (found.size < maxPaths) {
      const { kind, collected_at } = sample;
      const texts = { recorded: textOf(recorded), replayed: textOf(replayed) };
      found.set(key, { path, kind, samples: 1, at: Date.parse(collected_at), ...texts });
    }
  }

  return {
    add: (recorded, replayed) => {
      compared += 1;
      const paths = new Map<string, [unknown, unknown]>();
      compare(recorded.data, replayed.data, '', paths);
      if (paths.size > 0) differing += 1;
      for (const [path, [before, now]] of paths) note(path, recorded, before, now);
    },
    result: () => ({ compared, differing, differences: [...found.values()] }),
  };
}

/** Each path where two values differ, with the first pair of values there. */
function compare(a: unknown, b: unknown, path: string, paths: Map<string, [unknown, unknown]>): void {
  if (isSame(a, b)) return;
  if (Array.isArray(a) && Array.isArray(b)) {
    const length = Math.max(a.length, b.length);
    for (let index = 0; index < length; index++) compare(a[index], b[index], `${path}[]`, paths);
  } else if (isRecord(a) && isRecord(b)) {
    for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) {
      compare(a[key], b[key], path === '' ? key : `${path}.${key}`, paths);
    }
  } else if (!paths.has(path)) {
    paths.set(path, [a, b]);
  }
}

function isSame(a: unknown, b: unknown): boolean {
  // What was left out and what is unknown are the same once they were JSON.
  if (a === b || (a == null && b == null)) return true;
  if (typeof a !== 'number' || typeof b !== 'number') return false;
  return Math.abs(a - b) <= tolerance * Math.max(Math.abs(a), Math.abs(b));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function textOf(value: unknown): string {
  return value === undefined ? 'nothing' : cutText(JSON.stringify(value), maxValue);
}
