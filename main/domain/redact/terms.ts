import { fold } from './characters.ts';
import { bytesFor, disguiseDigits, disguiseSecret, disguiseWord, type Keyed } from './disguise.ts';

/** What is known because it was learned, or was handed in. */
export type TermType = 'host' | 'user' | 'person' | 'serial' | 'secret' | 'word';

/**
 * Where a term is replaced besides the place that it was learned at. `anywhere`: also inside other words. `word`: where
 * no letter or digit touches it. `field`: where nothing touches it but blanks, quotes and what divides fields; for
 * names of a few letters. `place`: nowhere else.
 */
export type Reach = 'anywhere' | 'word' | 'field' | 'place';

export interface Term {
  readonly type: TermType;
  /** In small letters, one letter per byte. */
  readonly original: string;
  readonly reach: Reach;
}

export interface Terms {
  /** Told before the first pseudonym is asked for. */
  learn(type: TermType, text: string, reach: Reach): void;
  /** In small letters, as long as the text. */
  of(type: TermType, text: string): string;
  /** Whether it was learned, or could not be any more. */
  isDue(text: string): boolean;
  /** Those that reach beyond their place. */
  list(): Term[];
}

/** A dump has some hundred names; a host that makes up more gets them replaced where they were seen, and not elsewhere. */
const mostTerms = 20_000;
/** Of all of them together: the automaton needs some 200 bytes for each. */
const mostLetters = 256 << 10;
/** As long as a term that is looked for everywhere. Of a longer one the beginning is. */
export const longestTerm = 512;
const attempts = 64;
const reaches: readonly Reach[] = ['place', 'field', 'word', 'anywhere'];

/** Pseudonyms of names, serials and secrets: no two the same, and none of them a term itself. */
export function createTerms(keyed: Keyed): Terms {
  const terms = new Map<string, Term>();
  const given = new Map<string, string>();
  const issued = new Set<string>();
  let letters = 0;
  let isFull = false;

  function pseudonymFor(type: TermType, original: string): string {
    const before = given.get(original);
    if (before !== undefined) return before;
    if (issued.has(original)) return original;
    const next = bytesFor(keyed, `term ${original}`);
    let found = disguised(type, original, next);
    for (let attempt = 0; attempt < attempts; attempt++) {
      if (!issued.has(found) && !terms.has(found) && found !== original) break;
      found = disguised(type, original, next);
    }
    if (given.size < mostTerms) {
      given.set(original, found);
      issued.add(found);
    }
    return found;
  }

  return {
    learn: (type, text, reach) => {
      const original = fold(text).slice(0, longestTerm);
      const before = terms.get(original);
      if (before !== undefined && reaches.indexOf(before.reach) >= reaches.indexOf(reach)) return;
      if (before === undefined) {
        isFull ||= terms.size === mostTerms || letters + original.length > mostLetters;
        if (isFull) return;
        letters += original.length;
      }
      terms.set(original, { type: before?.type ?? type, original, reach });
    },
    of: (type, text) => {
      const original = fold(text);
      const head = pseudonymFor(
        terms.get(original.slice(0, longestTerm))?.type ?? type,
        original.slice(0, longestTerm),
      );
      if (original.length <= longestTerm) return head;
      return head + disguiseSecret(original.slice(longestTerm), bytesFor(keyed, `rest of ${original}`));
    },
    isDue: (text) => isFull || terms.has(fold(text).slice(0, longestTerm)),
    list: () => [...terms.values()].filter(({ reach }) => reach !== 'place'),
  };
}

/** What such a secret begins with says what it is, and stays. */
const telling =
  /^(?:akia|asia|gh[opusr]_|github_pat_|glpat-|xox[a-z]-|[srp]k_(?:live|test)_|whsec_|aiza|ya29\.|sg\.|npm_|pypi-|dop_v1_|hf_|sk-|age-secret-key-|\$(?:[1256]|2[aby]|y|7|argon2[id]{1,2})\$|aaaa[bce]3nza[a-z0-9+/]{4,12}|eyj)/;

function disguised(type: TermType, original: string, next: () => number): string {
  if (type !== 'secret') return /^\d+$/.test(original) ? digits(original, next) : disguiseWord(original, next);
  const kept = telling.exec(original)?.[0].length ?? 0;
  return original.slice(0, kept) + disguiseSecret(original.slice(kept), next);
}

function digits(original: string, next: () => number): string {
  return original.length > 8 ? disguiseDigits(original, next) : disguiseWord(original, next);
}
