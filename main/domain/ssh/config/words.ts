/**
 * How OpenSSH cuts a line of its configuration into words. There are two ways: the keyword and all of a `Match` line
 * are cut by the old one, where `=` stands for a space; other arguments by that of a shell, with `#` for a comment.
 */

/** ASCII only, as in the C locale. */
export function lower(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

export interface Cut {
  readonly word: string;
  /** Null: the line ended with the word. */
  readonly rest: string | null;
}

/** Null: nothing is left, or a quote is not closed. A word at the very end may be empty. */
export function cutWord(text: string | null): Cut | null {
  if (text === null) return null;
  const end = text.search(/[ \t\r\n"=]/);
  if (end < 0) return { word: text, rest: null };
  if (text[end] === '"') {
    const close = text.indexOf('"', end + 1);
    if (close < 0) return null;
    return { word: text.slice(0, end) + text.slice(end + 1, close), rest: skipSpace(text.slice(close + 1)) };
  }
  const rest = skipSpace(text.slice(end + 1));
  const skipsEquals = text[end] !== '=' && rest.startsWith('=');
  return { word: text.slice(0, end), rest: skipsEquals ? skipSpace(rest.slice(1)) : rest };
}

export interface KeywordLine {
  readonly keyword: string;
  /** Everything behind it, as it stands; empty when there is nothing. */
  readonly rest: string;
}

/** Null for a line that says nothing: empty, or a comment. The keyword is in lower case. */
export function keywordLine(line: string): KeywordLine | null {
  const [text = ''] = line.split('\0', 1);
  let end = text.length;
  while (end > 1 && ' \t\r\n\f'.includes(text[end - 1] as string)) end -= 1;
  let cut = cutWord(text.slice(0, end));
  if (cut?.word === '') cut = cutWord(cut.rest);
  if (cut === null || cut.word === '' || cut.word.startsWith('#')) return null;
  return { keyword: lower(cut.word), rest: skipSpace(cut.rest ?? '') };
}

/** Null: a quote is not closed. */
export function splitArguments(text: string): string[] | null {
  const found: string[] = [];
  let at = 0;
  while (at < text.length) {
    const char = text[at];
    if (char === ' ' || char === '\t') {
      at += 1;
      continue;
    }
    if (char === '#') break;
    const word = readArgument(text, at);
    if (word === null) return null;
    found.push(word.text);
    at = word.end;
  }
  return found;
}

function readArgument(text: string, start: number): { text: string; end: number } | null {
  let word = '';
  let quote: string | null = null;
  let at = start;
  for (; at < text.length; at += 1) {
    const char = text[at] as string;
    const next = text[at + 1];
    if (char === '\\' && (next === "'" || next === '"' || next === '\\' || (quote === null && next === ' '))) {
      word += next;
      at += 1;
    } else if (quote === null && (char === ' ' || char === '\t')) break;
    else if (quote === null && (char === '"' || char === "'")) quote = char;
    else if (char === quote) quote = null;
    else word += char;
  }
  return quote === null ? { text: word, end: at } : null;
}

function skipSpace(text: string): string {
  return text.replace(/^[ \t\r\n]+/, '');
}
