import { fold } from './characters.ts';
import { isKnownWord } from './known-words.ts';
import type { Reach } from './terms.ts';

/** What stands where a secret could, and says that there is none, or where it is. */
const noSecret =
  /^(?:true|false|null|none|nil|undefined|yes|no|on|off|enabled|disabled|required|optional|hidden|redacted|removed|masked|unset|empty|not|set|is|was|for|and|or|the|[*x.#-]+|%\w|\$\{?\w+\}?|\{\{.*|<[\w -]*>?|(?:\/[\w.@-]+){2,}\/?|~\/.*)$/;

/**
 * How far a secret is replaced beyond the place where its name stands: null where that is none. What could as well be
 * a word or a number stays elsewhere, because values would change.
 * @param isNamed by an option or an assignment, and not in what may be a sentence
 */
export function reachOfSecret(value: string, isNamed: boolean): Reach | null {
  const word = fold(value);
  if (!/[a-z0-9\x80-\xff]/.test(word) || noSecret.test(word)) return null;
  if (isKnownWord(word) || /^[/~.]/.test(word) || /^[\d.:+-]+$/.test(word)) return 'place';
  const kinds = kindsOf(value);
  if (value.length >= 20 || (value.length >= 8 && kinds >= 2)) return 'anywhere';
  if (value.length >= 6 && kinds >= 2) return 'word';
  return isNamed && value.length >= 4 ? 'word' : 'place';
}

/** True for what no person would write as a word: what makes a value a secret where its name alone does not. */
export function looksRandom(value: string): boolean {
  if (value.length < 16 || /^[\d.:TZ+-]+$/.test(value) || /^(?:\/?[\w.-]+\/){2}/.test(value)) return false;
  return /\d/.test(value) && /[A-Za-z]/.test(value) && new Set(value).size >= Math.min(10, value.length / 2);
}

/** Small letters, capitals, digits, other signs: how many of the four. */
function kindsOf(value: string): number {
  return [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z0-9]/].filter((kind) => kind.test(value)).length;
}
