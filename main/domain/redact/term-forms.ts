import type { Term } from './terms.ts';

/** A term as it may be written, and which letter of the term each of its own is; -1 for what escapes another. */
export interface TermForm {
  readonly term: Term;
  readonly text: string;
  readonly letters: readonly number[];
}

/** Escapes that stand for one letter; those of JSON, C and URLs are undone where they are met. */
const ways: readonly Readonly<Record<string, string>>[] = [
  { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' },
  { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&#34;', "'": '&#x27;' },
  { ' ': '+' },
  { "'": "'\\''" },
  { "'": "''", '"': '""' },
];

/** The term as it is, and as HTML, a form, a shell or a table has it where that differs. */
export function formsOf(term: Term): TermForm[] {
  const { original } = term;
  const plain = { term, text: original, letters: Array.from(original, (_, index) => index) };
  return [plain, ...ways.filter((way) => [...original].some((letter) => letter in way)).map(escaped)];

  function escaped(way: Readonly<Record<string, string>>): TermForm {
    const parts = Array.from(original, (letter) => way[letter] ?? letter);
    const letters = parts.flatMap((part, index) => Array.from(part, () => (part.length === 1 ? index : -1)));
    return { term, text: parts.join(''), letters };
  }
}
