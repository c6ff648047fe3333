import { ascii } from '../dump/ascii.ts';
import { createAutomaton } from './automaton.ts';
import { asBytes, fold, folded, isUpper, textBetween } from './characters.ts';
import type { Keyed } from './disguise.ts';
import type { Inner } from './encodings.ts';
import { unescaped } from './escapes.ts';
import { isNoName } from './known-words.ts';
import { reachOfName } from './name-contexts.ts';
import { otherAddresses } from './other-addresses.ts';
import { mostOutput, readersOf } from './outputs.ts';
import { createPseudonyms } from './pseudonyms.ts';
import { findShapes } from './shapes.ts';
import { formsOf } from './term-forms.ts';
import { longestTerm, type TermType } from './terms.ts';
import { type AnyShape, type Finds, patternsFor, walk } from './walk.ts';

export interface RedactionOptions {
  /** Keeps the pseudonyms of one slice together, and those of two apart: a fresh secret key for each. */
  readonly keyed: Keyed;
  /** More words that must not be seen, whatever they are. */
  readonly words: readonly string[];
  /** What is known of the host beforehand: its name, where it is reached, who signs in. */
  readonly names: readonly string[];
}

/** The first pass: what there is to replace. A text may be told in parts that overlap, and in any order. */
export interface Learner {
  learn(bytes: Uint8Array): void;
  /** An output of which the command says what it names. */
  learnOutput(command: string, bytes: Uint8Array): void;
  /** Ends learning. */
  settle(): Redactor;
}

export interface Found {
  readonly type: TermType | AnyShape;
  readonly original: string;
  readonly pseudonym: string;
  readonly count: number;
}

/** The second pass. */
export interface Redactor {
  /**
   * The same bytes but for what is replaced, which is as long as before.
   * @param ending `cut` where what comes last may be the beginning of something only; `strings` where that is so for
   * each long string of a JSON
   */
  redact(bytes: Uint8Array, ending: 'whole' | 'cut' | 'strings'): Uint8Array;
  /** What was replaced until now, as it stands in the text: the first 10,000 different ones. */
  found(): Found[];
  /** How many places, by type. */
  counts(): Record<string, number>;
}

const mostFound = 10_000;
const mostCommands = 1000;
/** A word of so few letters may end a text by chance. */
const leastEnd = { surely: 3, secret: 6 };

export function createLearner({ keyed, words, names }: RedactionOptions): Learner {
  const pseudonyms = createPseudonyms(keyed);
  const { terms } = pseudonyms;
  const triggers = createAutomaton(patternsFor([]));
  const nothing = new Uint8Array(0);
  const outputs = new Map<string, ReturnType<typeof readersOf>>();

  for (const word of words) if (!isShape(asBytes(word))) terms.learn('word', asBytes(word), 'anywhere');
  for (const name of names) {
    for (const part of asBytes(name).split(/[\s@.:/]+/)) {
      if (!isNoName(fold(part)) && !/^\d+$/.test(part)) terms.learn('host', part, reachOfName(part));
    }
  }

  const learning: Finds = {
    term: (bytes, _, type, from, to, reach) => {
      const text = textBetween(bytes, from, to);
      const inQuotes = escapedBetween(bytes, from, to);
      if (inQuotes !== null) terms.learn(type, textBetween(inQuotes.bytes, 0, inQuotes.bytes.length), reach);
      else if (!isShape(text)) terms.learn(type, text, reach);
    },
    shape: (bytes, _, type, from, to) => pseudonyms.noteShape(type, textBetween(bytes, from, to)),
    form: () => {},
    end: () => {},
    token: (bytes, _, from, to) => {
      for (const { address } of otherAddresses(bytes, from, to, pseudonyms)) pseudonyms.ipv4.note(address);
    },
  };

  return {
    learn: (bytes) => walk(bytes, nothing, false, triggers, [], learning),
    learnOutput: (command, bytes) => {
      const known = outputs.get(command) ?? readersOf(command);
      if (outputs.size < mostCommands) outputs.set(command, known);
      if (known.length === 0) return;
      const text = textBetween(bytes, 0, Math.min(bytes.length, mostOutput));
      for (const read of known) read(text, (type, name, reach) => terms.learn(type, name, reach));
    },
    settle: () => createRedactor(pseudonyms),
  };
}

/** What stands in double quotes with escapes in it, without these. */
function escapedBetween(bytes: Uint8Array, from: number, to: number): Inner | null {
  return bytes[from - 1] === 0x22 && bytes.subarray(from, to).includes(0x5c) ? unescaped(bytes, from, to) : null;
}

/** What is one as a whole gets the pseudonym of its shape. */
function isShape(word: string): boolean {
  const bytes = ascii(word);
  let isWhole = false;
  findShapes(bytes, 0, bytes.length, (_, from, to) => {
    isWhole ||= from === 0 && to === bytes.length;
  });
  return isWhole;
}

function createRedactor(pseudonyms: ReturnType<typeof createPseudonyms>): Redactor {
  const { terms } = pseudonyms;
  const list = terms.list();
  const forms = list.flatMap(formsOf);
  const automaton = createAutomaton(patternsFor(forms));
  const beginnings = createAutomaton(list.map(({ original }) => original));
  const found = new Map<string, { type: Found['type']; original: string; pseudonym: string; count: number }>();
  const counts = new Map<string, number>();

  function count(type: Found['type'], original: string, pseudonym: string): void {
    if (original === pseudonym) return;
    counts.set(type, (counts.get(type) ?? 0) + 1);
    const key = `${type} ${original}`;
    const before = found.get(key);
    if (before !== undefined) before.count += 1;
    else if (found.size < mostFound) found.set(key, { type, original, pseudonym, count: 1 });
  }

  /** A letter is as large as the one that it replaces. */
  function write(bytes: Uint8Array, output: Uint8Array, at: number, text: string, letters?: readonly number[]): void {
    const length = letters?.length ?? text.length;
    for (let place = 0; place < length; place++) {
      const letter = letters === undefined ? place : (letters[place] as number);
      if (letter < 0) continue;
      const code = text.charCodeAt(letter);
      const original = bytes[at + place] as number;
      output[at + place] =
        code === folded[original] ? original : isUpper(original) && code >= 0x61 && code <= 0x7a ? code - 32 : code;
    }
  }

  const replacing: Finds = {
    term: (bytes, output, type, from, to) => {
      const original = textBetween(bytes, from, to);
      const inQuotes = escapedBetween(bytes, from, to);
      if (inQuotes !== null) {
        const changed = new Uint8Array(inQuotes.bytes);
        output.set(bytes.subarray(from, to), from);
        write(inQuotes.bytes, changed, 0, terms.of(type, textBetween(changed, 0, changed.length)));
        inQuotes.write(changed, output);
      } else if ((type === 'secret' || terms.isDue(original)) && !isShape(original)) {
        write(bytes, output, from, terms.of(type, original));
      }
    },
    shape: (bytes, output, type, from, to) => {
      const original = textBetween(bytes, from, to);
      const pseudonym = pseudonyms.ofShape(type, original);
      count(type, original, pseudonym);
      for (let place = 0; place < pseudonym.length; place++) output[from + place] = pseudonym.charCodeAt(place);
    },
    form: (bytes, output, { term, letters }, from) => {
      const pseudonym = terms.of(term.type, term.original);
      count(term.type, term.original, pseudonym);
      write(bytes, output, from, pseudonym, letters);
    },
    end: (bytes, output, at, surely) => {
      const begun = beginnings.begun(bytes, Math.max(0, at - longestTerm), at);
      const term = begun === null ? undefined : list[begun.pattern];
      const least = surely ? leastEnd.surely : term?.type === 'secret' ? leastEnd.secret : Number.POSITIVE_INFINITY;
      if (begun !== null && term !== undefined && begun.length >= least) {
        const pseudonym = terms.of(term.type, term.original).slice(0, begun.length);
        write(bytes, output, at - begun.length, pseudonym);
      } else if (surely) {
        endOfShape(bytes, output, at);
      }
    },
    token: (bytes, output, from, to) => {
      for (const { at, text, type, original } of otherAddresses(bytes, from, to, pseudonyms)) {
        count(type, original, text);
        for (let place = 0; place < text.length; place++) output[at + place] = text.charCodeAt(place);
      }
    },
  };

  /** An address or identifier of which only the beginning is there. */
  function endOfShape(bytes: Uint8Array, output: Uint8Array, at: number): void {
    const last = /[0-9A-Fa-f][0-9A-Fa-f.:-]{3,44}$/.exec(textBetween(bytes, Math.max(0, at - 48), at))?.[0];
    const whole = last === undefined ? null : pseudonyms.shapeThatBegins(last);
    if (last === undefined || whole === null || whole.text.length === last.length) return;
    const pseudonym = pseudonyms.ofShape(whole.type, whole.text);
    for (let place = 0; place < last.length; place++) output[at - last.length + place] = pseudonym.charCodeAt(place);
  }

  return {
    redact: (bytes, ending) => {
      // Not slice(): of Node's buffers that is no copy.
      const output = new Uint8Array(bytes);
      walk(bytes, output, ending === 'cut', automaton, forms, replacing);
      if (ending === 'strings') for (const end of longStrings(bytes)) replacing.end(bytes, output, end, true);
      return output;
    },
    found: () => [...found.values()],
    counts: () => Object.fromEntries(counts),
  };
}

/** What Rackside's samples cut: command lines, after 4,096 letters. */
const longString = 3900;

/** Where the strings of a JSON end that are so long that they may have been cut. */
function* longStrings(bytes: Uint8Array): Generator<number> {
  let start = -1;
  for (let at = 0; at < bytes.length; at++) {
    if (bytes[at] === 0x5c) at += 1;
    else if (bytes[at] === 0x22) {
      if (start >= 0 && at - start > longString) yield at;
      start = start >= 0 ? -1 : at + 1;
    }
  }
}
