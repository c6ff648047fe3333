import { visible, visibleLines } from '../present/words.ts';

/** Markup: made by `html` and nothing else, so that no text of a host is ever taken for it. */
export interface Html {
  readonly markup: string;
}

type Part = Html | string | number | null | readonly (Html | null)[];

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (letter) => escapes[letter] as string);
}

/** Markup with texts in it: each is escaped, and what cannot be seen becomes an escape that can. Null is nothing. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  let markup = strings[0] as string;
  parts.forEach((part, index) => {
    markup += markupOf(part) + (strings[index + 1] as string);
  });
  return { markup };
}

/** A text of many lines, which stay. */
export function lines(text: string): Html {
  return { markup: escaped(visibleLines(text)) };
}

function markupOf(part: Part): string {
  if (part === null) return '';
  if (typeof part === 'number') return String(part);
  if (typeof part === 'string') return escaped(visible(part));
  if ('markup' in part) return part.markup;
  return part.map(markupOf).join('');
}
