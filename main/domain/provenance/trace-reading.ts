import type { Sample } from '../../contract/samples.ts';
import type { Collector } from '../collect/collector.ts';
import { createPipeline } from '../collect/pipeline.ts';
import type { CommandRecord } from '../collect/record.ts';
import { roundMark } from '../collect/round-lines.ts';
import { withOthers, withoutLines } from './changed-records.ts';
import { joined, type Mark, markOf } from './marks.ts';
import { comparable, missing, type ReadingPath, steadyPath, valueAt } from './reading-path.ts';
import { linesOf, type Token, tokensOf } from './tokens.ts';

export interface Trace {
  readonly sample: Sample | null;
  /** What the reading is, computed anew; null where it is unknown, or is not there. */
  readonly value: unknown;
  /** What it depends on, in the order of the records. */
  readonly marks: readonly Mark[];
  /** Whether these are whole lines, because no part of one is what counts. */
  readonly ofLines: boolean;
  /** Where nothing is marked: the records without which it would be another, or would be unknown for another reason. */
  readonly used: readonly number[];
  /** False where the search was given up: then more may be used than is marked. */
  readonly complete: boolean;
}

/** So often a reading is computed at most; a process list of 400 takes some 700. */
const maxEvaluations = 4000;
/** So many are changed one by one, each in three ways. */
const maxSingly = 300;
const maxOwn = 200;

/** How to look for what a reading depends on. */
interface Look {
  readonly parts: readonly Token[];
  readonly ofLines: boolean;
  /** Whether one that makes the reading unknown counts too, and one of its words that makes it go. */
  readonly broad: boolean;
  /** One by one: two that say the same can hide one another when both are changed, as a name can with what it is of. */
  readonly singly: boolean;
}

/**
 * Which bytes a reading depends on, found by asking the parser itself: each number that the host printed is made
 * another one, and those that change the reading are the used ones; then so with words, and at last lines are taken
 * away, because some readings are counted. So it is true of every collector, the next one too, and says nothing that the
 * code does not do. Many are changed at once and halved where something changes.
 *
 * Yields before each computation, so that who drives it can do something else meanwhile.
 * @param collectors the one that tells it and, where it counts a whole round, those that say which commands are of it
 * @param records of these collectors and of the rounds' beginnings and ends, of the round before and this one, in order
 * @param plus further readings that are added to it: then all of them are traced at once
 */
export function* traceReading(
  collectors: readonly Collector[],
  records: readonly CommandRecord[],
  path: ReadingPath,
  plus: readonly ReadingPath[] = [],
): Generator<undefined, Trace, undefined> {
  const sample = sampleOf(collectors, records);
  const nothing = { sample, marks: [], ofLines: false, used: [], complete: true };
  if (sample === null) return { ...nothing, value: null };
  const steady = [path, ...plus].map((one) => steadyPath(sample, one));
  const read = (from: Sample | null): unknown => {
    const values = from === null ? [missing] : steady.map((one) => comparable(valueAt(from.data, one)));
    if (values.length === 1 || values.includes(missing)) return values.length === 1 ? values[0] : missing;
    const known = values.filter((value) => typeof value === 'number');
    return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0);
  };
  const value = read(sample);
  const isLeaf = typeof value === 'number' || typeof value === 'string' || typeof value === 'boolean';
  let left = maxEvaluations;

  /** What becomes of the reading when these are others: the values that differ. */
  function* others(changed: readonly Token[], { ofLines }: Look): Generator<undefined, unknown[], undefined> {
    const found: unknown[] = [];
    for (const way of ofLines ? [0] : ways) {
      yield;
      left -= 1;
      const other = ofLines ? withoutLines(records, changed) : withOthers(records, changed, way);
      const now = read(sampleOf(collectors, other));
      if (now !== value) found.push(now);
      if (found.length > 0 && changed.length > 1) break;
    }
    return found;
  }

  const own = new Set(typeof value === 'string' ? value.split(/[^A-Za-z0-9.]+/) : []);
  /** A word of the reading itself: where another one is none that the parser knows, the whole row is gone with it. */
  const isOwn = ({ record, start, end }: Token) =>
    own.has(new TextDecoder().decode(records[record]?.stdout.subarray(start, end)));

  function* usedOf(group: readonly Token[], look: Look): Generator<undefined, Token[], undefined> {
    if (group.length === 0 || left <= 0) return [];
    const changes = yield* others(group, look);
    if (changes.length === 0) return [];
    if (group.length === 1) {
      const { broad, ofLines } = look;
      if (broad && (ofLines || isOwn(group[0] as Token))) return [...group];
      return changes.some((now) => now !== missing && (now !== null || broad)) ? [...group] : [];
    }
    const middle = group.length >> 1;
    return [...(yield* usedOf(group.slice(0, middle), look)), ...(yield* usedOf(group.slice(middle), look))];
  }

  /** With those of its words that were hidden, because what stands beside them was changed as well. */
  function* withOwn(found: readonly Token[], look: Look): Generator<undefined, Token[], undefined> {
    const hidden = look.parts.filter((part) => isOwn(part) && !found.includes(part)).slice(0, maxOwn);
    const more: Token[] = [];
    for (const part of hidden) more.push(...(yield* usedOf([part], { ...look, broad: false })));
    return [...found, ...more].sort((a, b) => a.record - b.record || a.start - b.start);
  }

  /** Each record taken away: with its outputs, or as if it had not been run. */
  function* usedRecords(): Generator<undefined, number[], undefined> {
    const before = reasonOf(sample, path);
    const found: number[] = [];
    for (const [index, { command }] of records.entries()) {
      if (roundMark(command) !== null) continue;
      yield;
      const other = sampleOf(
        collectors,
        records.filter((_, at) => at !== index),
      );
      if (read(other) !== value || reasonOf(other, path) !== before) found.push(index);
    }
    return found;
  }

  // What is made of the whole round, of everything that was printed, is made of every line of it.
  const ofRound = collectors.some((collector) => collector.ofWholeRound);
  const looks = isLeaf ? looksFor(records, value, path) : [];
  for (const look of ofRound ? looks.slice(0, 2) : looks) {
    const groups = look.singly ? look.parts.map((part) => [part]) : [look.parts];
    const found: Token[] = [];
    for (const group of groups) found.push(...(yield* usedOf(group, look)));
    if (found.length === 0 && left > 0) continue;
    const { ofLines } = look;
    const isText = typeof value === 'string' && !ofLines;
    const marks = isText ? joined(yield* withOwn(found, look), records, value) : found.map(markOf);
    return { ...nothing, value, marks, ofLines, complete: left > 0 };
  }
  return { ...nothing, value: value === missing ? null : value, used: ofRound ? [] : yield* usedRecords() };
}

/** More, less (a counter may not grow), and quite another one (what is rounded or bounded). */
const ways = [0, 1, 2] as const;

/** In this order, until something is found. What is counted is counted in lines. */
function looksFor(records: readonly CommandRecord[], value: unknown, path: ReadingPath): Look[] {
  const tokens = records.flatMap((record, index) => tokensOf(record.stdout, index));
  const whole = records.flatMap(({ command, stdout }, index) =>
    roundMark(command) === null ? linesOf(stdout, index) : [],
  );
  const together = { ofLines: false, broad: false, singly: false };
  const numbers: Look = { ...together, parts: tokens.filter(({ isNumber }) => isNumber) };
  const words: Look = { ...together, parts: tokens };
  const lines: Look = { ...together, parts: whole, ofLines: true };
  const broad = (look: Look): Look => ({ ...look, broad: true });
  const singly = tokens.length > maxSingly ? [] : [{ ...words, singly: true }];
  if (path.at(-1) === 'length') return [lines, words, ...singly, broad(lines)];
  const parts = typeof value === 'number' ? [numbers, broad(numbers), words] : [words, broad(words)];
  return [...parts, lines, ...singly, broad(lines)];
}

/** Why a reading is not there. */
function reasonOf(sample: Sample | null, path: ReadingPath): string | null {
  const id = path[0] === 'problems' ? path[1] : path[0];
  return sample?.data.problems[id as string]?.reason ?? null;
}

/** The newest sample of these records. */
function sampleOf(collectors: readonly Collector[], records: readonly CommandRecord[]): Sample | null {
  const pipeline = createPipeline(collectors);
  return records.flatMap((record) => pipeline.push(record)).at(-1) ?? null;
}
