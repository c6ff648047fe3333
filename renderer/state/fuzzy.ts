export interface FuzzyMatch {
  /** Higher is better; comparable between texts for the same query. */
  readonly score: number;
  /** Which characters of the text were meant, in ascending order. */
  readonly at: readonly number[];
}

/**
 * How a query fits a text: every word of it, as a part of the text or as letters in their order, not far apart. Null
 * where one does not.
 */
export function fuzzyMatch(query: string, text: string): FuzzyMatch | null {
  const folded = fold(text);
  const at = new Set<number>();
  let score = 0;
  for (const word of fold(query).split(/\s+/)) {
    if (word === '') continue;
    const found = asPart(word, folded) ?? asLetters(word, folded);
    if (found === null) return null;
    score += found.score;
    for (const place of found.at) at.add(place);
  }
  // Of two that fit as well, the shorter one is more what was meant.
  return { score: score - text.length / 1000, at: [...at].sort((a, b) => a - b) };
}

/** Lower case, where that leaves every character in its place. */
function fold(text: string): string {
  const lower = text.toLowerCase();
  return lower.length === text.length ? lower : text;
}

function beginsWord(text: string, place: number): boolean {
  return place === 0 || /[^\p{L}\p{N}]/u.test(text[place - 1] ?? '');
}

function asPart(word: string, text: string): FuzzyMatch | null {
  let place = text.indexOf(word);
  if (place < 0) return null;
  for (let next = place; next >= 0; next = text.indexOf(word, next + 1)) {
    if (!beginsWord(text, next)) continue;
    place = next;
    break;
  }
  const bonus = place === 0 ? 3 : beginsWord(text, place) ? 2 : 0;
  return { score: word.length * (3 + bonus), at: Array.from(word, (_, index) => place + index) };
}

function asLetters(word: string, text: string): FuzzyMatch | null {
  const at: number[] = [];
  let score = 0;
  let place = -1;
  for (const letter of word) {
    const next = text.indexOf(letter, place + 1);
    if (next < 0) return null;
    score += next === place + 1 || beginsWord(text, next) ? 2 : 1;
    at.push(next);
    place = next;
  }
  const spread = place - (at[0] ?? 0) + 1;
  // Letters from one end of a long text to the other are chance.
  return spread > 4 * word.length + 4 ? null : { score: score - spread / 100, at };
}
