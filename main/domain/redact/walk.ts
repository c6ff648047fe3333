import type { Automaton } from './automaton.ts';
import { wordByte } from './characters.ts';
import type { Inner } from './encodings.ts';
import { lookInside } from './inner-texts.ts';
import { type OnTerm, placeIn } from './place.ts';
import { findShapes, type ShapeType } from './shapes.ts';
import type { TermForm } from './term-forms.ts';
import type { Reach, TermType } from './terms.ts';
import { isWorthALook, lookAround, triggerWords } from './triggers.ts';

export type AnyShape = ShapeType | 'wwn';

/** Takes what is found in a text. `bytes` are those of the text itself, or of one that stands encoded in it. */
export interface Finds {
  term(bytes: Uint8Array, output: Uint8Array, type: TermType, from: number, to: number, reach: Reach): void;
  shape(bytes: Uint8Array, output: Uint8Array, type: AnyShape, from: number, to: number): void;
  /** A term that is known, in one of its forms. */
  form(bytes: Uint8Array, output: Uint8Array, form: TermForm, from: number): void;
  /** A place where the text may have been cut; `surely`: something says that it was. */
  end(bytes: Uint8Array, output: Uint8Array, at: number, surely: boolean): void;
  /** What is only looked for where a word ends or begins another: bare MACs, addresses with dashes, of /proc/net. */
  token(bytes: Uint8Array, output: Uint8Array, from: number, to: number): void;
}

/** A text in base64 in a URL in JSON is looked at; one that is deeper in is not. */
const deepest = 3;
const ellipsis = '\xe2\x80\xa6';

/** The patterns of the automaton, in this order: words that say something of what stands beside them, then terms. */
export function patternsFor(forms: readonly TermForm[]): string[] {
  return [...triggerWords, ellipsis, ...forms.map(({ text }) => text)];
}

/**
 * Looks at a text once, and at what stands encoded in it. All is found in `bytes`, which does not change, and written
 * to `output`, so that what is found does not depend on the order.
 */
export function walk(
  bytes: Uint8Array,
  output: Uint8Array,
  isCut: boolean,
  automaton: Automaton,
  forms: readonly TermForm[],
  finds: Finds,
  depth = 0,
): void {
  const shapes: number[] = [];
  lookInside(bytes, 0, bytes.length, {
    token: (from, to) => {
      findShapes(bytes, from, to, (type, start, end) => {
        shapes.push(start, end);
        finds.shape(bytes, output, type, start, end);
      });
      finds.token(bytes, output, from, to);
    },
    inner: (inner, isAtEnd) => {
      if (depth < deepest) lookInto(inner, isCut && isAtEnd);
    },
  });
  // Last, because more is known here than inside.
  let replacedTo = -1;
  let shape = 0;
  /** A user may be called as a part of an address reads. Asked with ends that go up. */
  const isInShape = (from: number, to: number): boolean => {
    while (shape < shapes.length && (shapes[shape + 1] as number) < to) shape += 2;
    return shape < shapes.length && (shapes[shape] as number) <= from;
  };
  // Within what one word has told the same word tells nothing new; else a line of nothing but it would take for ever.
  const toldTo = new Map<number, number>();
  automaton.scan(bytes, 0, bytes.length, (pattern, end) => {
    const form = forms[pattern - triggerWords.length - 1];
    if (form !== undefined) {
      const from = end - form.text.length;
      if (replacedTo === end || !reaches(form.term.reach, bytes, from, end)) return;
      if (form.term.reach !== 'anywhere' && isInShape(from, end)) return;
      replacedTo = end;
      finds.form(bytes, output, form, from);
      return;
    }
    if (pattern === triggerWords.length) {
      const at = end - ellipsis.length;
      if (at > 0 && wordByte[bytes[at - 1] as number] === 1 && (bytes[at - 1] as number) < 0x80)
        finds.end(bytes, output, at, true);
      return;
    }
    const word = triggerWords[pattern] as string;
    if (end <= (toldTo.get(pattern) ?? 0) || !isWorthALook(pattern, bytes, end - word.length, end)) return;
    const onPassed = (to: number) => void toldTo.set(pattern, to);
    const onTerm: OnTerm = (type, from, to, reach) => {
      onPassed(to);
      finds.term(bytes, output, type, from, to, reach);
    };
    const place = placeIn(bytes, 0, bytes.length, word, end, onTerm, onPassed);
    lookAround(pattern, place, (from, to) => finds.shape(bytes, output, 'wwn', from, to));
  });
  finds.end(bytes, output, bytes.length, isCut);

  function lookInto(inner: Inner, isInnerCut: boolean): void {
    const changed = new Uint8Array(inner.bytes);
    walk(inner.bytes, changed, isInnerCut, automaton, forms, finds, depth + 1);
    inner.write(changed, output);
  }
}

/** Whether a term counts at that place. */
function reaches(reach: Reach, bytes: Uint8Array, from: number, to: number): boolean {
  if (reach === 'anywhere') return true;
  if (reach === 'place' || !endsBefore(bytes, from) || !beginsAfter(bytes, to)) return false;
  return reach === 'word' || (isDivider(bytes[from - 1]) && isDivider(bytes[to]));
}

/** Quotation marks and dashes of print begin with E2, and a hard space with C2. */
function endsBefore(bytes: Uint8Array, at: number): boolean {
  return wordByte[bytes[at - 1] ?? 0] === 0 || bytes[at - 3] === 0xe2 || bytes[at - 2] === 0xc2;
}

function beginsAfter(bytes: Uint8Array, at: number): boolean {
  return wordByte[bytes[at] ?? 0] === 0 || bytes[at] === 0xe2 || bytes[at] === 0xc2;
}

function isDivider(byte: number | undefined): boolean {
  return byte === undefined || byte >= 0x80 || /[\s\0"'`:@/=,;()[\]{}<>\\|&]/.test(String.fromCharCode(byte));
}
