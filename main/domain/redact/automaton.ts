import { folded } from './characters.ts';

/** Finds many patterns in one pass, whatever stands in the text: one step per byte. Capitals are as good as small letters. */
export interface Automaton {
  /** Tells each pattern (by its number) and where it ends, in the order of the ends; of nested ones the longest first. */
  scan(bytes: Uint8Array, from: number, to: number, onMatch: (pattern: number, end: number) => void): void;
  /** The longest beginning of a pattern that stands right before `to`; null when none does. */
  begun(bytes: Uint8Array, from: number, to: number): { readonly pattern: number; readonly length: number } | null;
}

/** A host can make patterns that end in one another, to have each place told many times. */
const mostNested = 8;

/** @param patterns in small letters, one letter per byte; a pattern that comes twice is told by its last number. */
export function createAutomaton(patterns: readonly string[]): Automaton {
  const { classes, classCount } = classify(patterns);
  const most = patterns.reduce((sum, pattern) => sum + pattern.length, 1);
  const next = new Int32Array(most * classCount);
  const depth = new Uint16Array(most);
  const own = new Int32Array(most).fill(-1);
  const begins = new Int32Array(most).fill(-1);
  let states = 1;
  patterns.forEach((pattern, number) => {
    let state = 0;
    for (let at = 0; at < pattern.length; at++) {
      const place = state * classCount + (classes[pattern.charCodeAt(at)] as number);
      if (next[place] === 0) {
        depth[states] = (depth[state] as number) + 1;
        begins[states] = number;
        next[place] = states;
        states += 1;
      }
      state = next[place] as number;
    }
    if (state > 0) own[state] = number;
  });

  // Aho and Corasick, with every step worked out beforehand.
  const fallback = new Int32Array(states);
  const nested = new Int32Array(states).fill(-1);
  const queue = new Int32Array(states);
  let queued = 1;
  for (let taken = 0; taken < queued; taken++) {
    const state = queue[taken] as number;
    const back = fallback[state] as number;
    if (state !== 0) nested[state] = own[back] !== -1 ? back : (nested[back] as number);
    for (let letter = 0; letter < classCount; letter++) {
      const place = state * classCount + letter;
      const child = next[place] as number;
      const otherwise = state === 0 ? 0 : (next[back * classCount + letter] as number);
      if (child !== 0) {
        fallback[child] = otherwise;
        queue[queued] = child;
        queued += 1;
      } else {
        next[place] = otherwise;
      }
    }
  }
  const tells = Uint8Array.from({ length: states }, (_, state) => Number(own[state] !== -1 || nested[state] !== -1));

  return {
    scan: (bytes, from, to, onMatch) => {
      let state = 0;
      for (let at = from; at < to; at++) {
        state = next[state * classCount + (classes[bytes[at] as number] as number)] as number;
        if (tells[state] === 0) continue;
        let told = own[state] === -1 ? (nested[state] as number) : state;
        for (let count = 0; told !== -1 && count < mostNested; count++) {
          onMatch(own[told] as number, at + 1);
          told = nested[told] as number;
        }
      }
    },
    begun: (bytes, from, to) => {
      let state = 0;
      for (let at = from; at < to; at++) {
        state = next[state * classCount + (classes[bytes[at] as number] as number)] as number;
      }
      return state === 0 ? null : { pattern: begins[state] as number, length: depth[state] as number };
    },
  };
}

/** Bytes that no pattern has are one class, and so are capitals with their small letters: the table stays small. */
function classify(patterns: readonly string[]): { classes: Uint8Array; classCount: number } {
  const used = new Uint8Array(256);
  for (const pattern of patterns) for (let at = 0; at < pattern.length; at++) used[pattern.charCodeAt(at)] = 1;
  const classes = new Uint8Array(256);
  let classCount = 1;
  for (let code = 0; code < 256; code++) {
    if (used[code] === 1 && folded[code] === code) classes[code] = classCount++;
  }
  for (let code = 0; code < 256; code++) classes[code] = classes[folded[code] as number] as number;
  return { classes, classCount };
}
