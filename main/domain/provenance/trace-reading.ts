import type { Sample } from '../../contract/samples.ts';
import type { Collector } from '../collect/collector.ts';
import { createPipeline } from '../collect/pipeline.ts';
import type { CommandRecord } from '../collect/record.ts';
import { missing, type ReadingPath, steadyPath, valueAt } from './reading-path.ts';
import { rewrite, type Token, tokensOf } from './tokens.ts';

/** Bytes of a record's standard output, from `start` to before `end`. */
export interface Mark {
  /** Which of the records that were given. */
  readonly record: number;
  readonly start: number;
  readonly end: number;
}

export interface Trace {
  readonly sample: Sample | null;
  /** What the reading is, computed anew; null where it is unknown, or is not there. */
  readonly value: unknown;
  /** What it depends on, in the order of the records. */
  readonly marks: readonly Mark[];
  /** False where the search was given up: then more may be used than is marked. */
  readonly complete: boolean;
}

/** So often a reading is computed at most; a process list of 400 takes some 700. */
const maxEvaluations = 4000;

/**
 * Which bytes a reading depends on, found by asking the parser itself: each number that the host printed is made
 * another one, and those that change the reading are the used ones. So it is true of every collector, the next one too,
 * and says nothing that the code does not do. Many are changed at once and halved where something changes.
 *
 * Yields before each computation, so that who drives it can do something else meanwhile.
 * @param collectors the one that tells it and, where it counts a whole round, those that say which commands are of it
 * @param records of these collectors and of the rounds' beginnings and ends, of the round before and this one, in order
 */
export function* traceReading(
  collectors: readonly Collector[],
  records: readonly CommandRecord[],
  path: ReadingPath,
): Generator<undefined, Trace, undefined> {
  const sample = sampleOf(collectors, records);
  if (sample === null) return { sample, value: null, marks: [], complete: true };
  const steady = steadyPath(sample, path);
  const value = valueAt(sample.data, steady);
  const isLeaf = typeof value === 'number' || typeof value === 'string' || typeof value === 'boolean';
  if (!isLeaf) return { sample, value: value === missing ? null : value, marks: [], complete: true };
  const tokens = records.flatMap((record, index) => tokensOf(record.stdout, index, typeof value !== 'number'));
  let left = maxEvaluations;

  /** What becomes of the reading when these are others: the values that differ. */
  function* others(changed: readonly Token[]): Generator<undefined, unknown[], undefined> {
    const found: unknown[] = [];
    for (const way of ways) {
      yield;
      left -= 1;
      const other = sampleOf(collectors, rewritten(records, changed, way));
      const now = other === null ? missing : valueAt(other.data, steady);
      if (now !== value) found.push(now);
      if (found.length > 0 && changed.length > 1) break;
    }
    return found;
  }

  const parts = new Set(typeof value === 'string' ? value.split(/[^A-Za-z0-9.]+/) : []);
  /** A word of the reading itself: where another one is none that the parser knows, the whole row is gone with it. */
  const isPart = ({ record, start, end }: Token) =>
    parts.has(new TextDecoder().decode(records[record]?.stdout.subarray(start, end)));

  /** @param broad whether one that makes the reading unknown counts too, and one of its words that makes it go */
  function* used(group: readonly Token[], broad: boolean): Generator<undefined, Token[], undefined> {
    if (group.length === 0 || left <= 0) return [];
    const changes = yield* others(group);
    if (changes.length === 0) return [];
    if (group.length === 1) {
      if (broad && isPart(group[0] as Token)) return [...group];
      return changes.some((now) => now !== missing && (now !== null || broad)) ? [...group] : [];
    }
    const middle = group.length >> 1;
    return [...(yield* used(group.slice(0, middle), broad)), ...(yield* used(group.slice(middle), broad))];
  }

  const narrow = yield* used(tokens, false);
  const found = narrow.length > 0 || left <= 0 ? narrow : yield* used(tokens, true);
  const marks = typeof value === 'string' ? joined(found, records, value) : found.map(markOf);
  return { sample, value, marks, complete: left > 0 };
}

/** More, less (a counter may not grow), and quite another one (what is rounded or bounded). */
const ways = [0, 1, 2] as const;

function rewritten(records: readonly CommandRecord[], changed: readonly Token[], way: number): CommandRecord[] {
  const outputs = new Map<number, Uint8Array>();
  for (const token of changed) {
    const before = records[token.record] as CommandRecord;
    let stdout = outputs.get(token.record);
    if (stdout === undefined) {
      stdout = new Uint8Array(before.stdout);
      outputs.set(token.record, stdout);
    }
    rewrite(stdout, token, way);
  }
  return records.map((record, index) => {
    const stdout = outputs.get(index);
    return stdout === undefined ? record : { ...record, stdout };
  });
}

function markOf({ record, start, end }: Token): Mark {
  return { record, start, end };
}

/** What lies between two words of the text belongs to it: `/dev/sda1` is one. */
function joined(tokens: readonly Token[], records: readonly CommandRecord[], value: string): Mark[] {
  const marks: Mark[] = [];
  const decoder = new TextDecoder();
  for (const token of tokens) {
    const last = marks.at(-1);
    const isNear = last !== undefined && last.record === token.record && token.end - last.start <= value.length * 4;
    const text = isNear ? decoder.decode(records[token.record]?.stdout.subarray(last.start, token.end)) : '';
    if (isNear && value.includes(text)) marks[marks.length - 1] = { ...last, end: token.end };
    else marks.push(markOf(token));
  }
  return marks;
}

/** The newest sample of these records. */
function sampleOf(collectors: readonly Collector[], records: readonly CommandRecord[]): Sample | null {
  const pipeline = createPipeline(collectors);
  return records.flatMap((record) => pipeline.push(record)).at(-1) ?? null;
}
