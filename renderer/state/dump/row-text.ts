import type { Hit } from '../../../main/contract/dump-search.ts';
import { visible, visibleLines } from '../../../main/domain/present/words.ts';

export interface TextPiece {
  /** Where it begins in the output, in bytes. */
  readonly at: number;
  readonly text: string;
  /** `escape`: a sequence meant for a terminal, shown and not obeyed. */
  readonly tone: 'plain' | 'escape' | 'hit';
}

/** Sequences of ECMA-48 that colour, move and clear; and the strings of OSC, which set titles and make links. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const terminalSequence = /(\u001b\[[0-?]*[ -/]*[@-~]|\u001b\][^\u0007\u001b]*(?:\u0007|\u001b\\)?)/;

/**
 * The text of one row of an output, in pieces. Bytes that are no UTF-8 are shown as U+FFFD.
 * @param start where the row begins in the output, as the hits count, whose offsets are the output's too
 */
export function rowPieces(bytes: Uint8Array, start: number, hits: readonly Hit[]): TextPiece[] {
  const pieces: TextPiece[] = [];
  let from = 0;
  const end = lengthWithoutLineEnd(bytes);
  for (const { offset, length } of hits) {
    const hitFrom = Math.max(from, offset - start);
    const hitEnd = Math.min(end, offset + length - start);
    if (hitEnd <= hitFrom || hitFrom >= end) continue;
    pieces.push(...plainPieces(bytes, from, hitFrom, start));
    pieces.push({ at: start + hitFrom, text: visible(decode(bytes, hitFrom, hitEnd), maxPiece), tone: 'hit' });
    from = hitEnd;
  }
  pieces.push(...plainPieces(bytes, from, end, start));
  return pieces;
}

/** A row is bounded already; what its unseen characters become is longer. */
const maxPiece = 40_000;

function plainPieces(bytes: Uint8Array, from: number, end: number, start: number): TextPiece[] {
  if (from >= end) return [];
  return decode(bytes, from, end)
    .split(terminalSequence)
    .flatMap((text, index): TextPiece[] => {
      if (text === '') return [];
      const isEscape = index % 2 === 1;
      return [
        {
          at: start + from,
          text: isEscape ? visible(text, maxPiece) : visibleLines(text),
          tone: isEscape ? 'escape' : 'plain',
        },
      ];
    });
}

function decode(bytes: Uint8Array, from: number, end: number): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes.subarray(from, end));
}

/** A carriage return before the line feed is a line end of Windows, and no character. */
function lengthWithoutLineEnd(bytes: Uint8Array): number {
  if (bytes.at(-1) !== 10) return bytes.length;
  return bytes.at(-2) === 13 ? bytes.length - 2 : bytes.length - 1;
}

/**
 * Whether an output's beginning is no text: NULs stand beside one another, or more than a fiftieth of it is neither UTF-8
 * nor what a terminal knows. A NUL alone parts words, as in the command line of a process.
 */
export function looksBinary(beginning: Uint8Array): boolean {
  for (let at = beginning.indexOf(0); at >= 0; at = beginning.indexOf(0, at + 1)) {
    if (beginning[at + 1] === 0) return true;
  }
  const text = decode(beginning, 0, beginning.length);
  let wrong = 0;
  for (const character of text) if (character === '\ufffd' || !isOfText(character.charCodeAt(0))) wrong += 1;
  return wrong > 1 + text.length / 50;
}

/** Of the control characters, tab, line ends, escape and the NUL between words are in texts. */
function isOfText(code: number): boolean {
  return code >= 0x20 || code === 0 || code === 0x1b || (code >= 0x09 && code <= 0x0d);
}

/** Bytes that a row of a hex view shows. */
export const hexBytes = 16;

export interface HexRow {
  /** Where it begins in the output. */
  readonly offset: string;
  readonly hex: string;
  readonly text: string;
}

/** As `hexdump -C` shows it: `0000 0010  de ad be ef …  ....`. */
export function hexRow(bytes: Uint8Array, start: number): HexRow {
  const values = [...bytes.subarray(0, hexBytes)];
  const pairs = values.map((value) => value.toString(16).padStart(2, '0'));
  return {
    offset: start.toString(16).padStart(8, '0'),
    hex: [pairs.slice(0, 8).join(' '), pairs.slice(8).join(' ')].join('  ').padEnd(48),
    text: values.map((value) => (value >= 32 && value < 127 ? String.fromCharCode(value) : '.')).join(''),
  };
}
