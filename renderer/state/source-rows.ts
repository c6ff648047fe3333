import type { Provenance, SourceRecord } from '../../main/contract/provenance.ts';
import { type ByteRow, cutRows } from './dump/byte-rows.ts';

/** Longer lines are folded: a mark at their end would be out of sight. */
const foldAt = 132;

export interface SourceRows {
  readonly bytes: Uint8Array;
  readonly rows: readonly ByteRow[];
}

/** What a record shows of its output, as rows for the eye; they count from the first byte that is shown. */
export function sourceRows({ bytes: text }: Pick<SourceRecord, 'bytes'>): SourceRows {
  const bytes = Uint8Array.from(text, (character) => character.charCodeAt(0));
  const begin = { row: 0, start: 0, line: 1, goesOn: false };
  const shape = { maxBytes: foldAt, breakAt: Number.POSITIVE_INFINITY };
  return { bytes, rows: cutRows(bytes, begin, shape, true).rows };
}

/** A mark of an answer: which one of which record, and where in the bytes that are shown. */
export interface SourceMark {
  readonly record: number;
  readonly offset: number;
  readonly length: number;
}

/** All marks in the order of the page. */
export function marksOf({ records }: Pick<Provenance, 'records'>): SourceMark[] {
  return records.flatMap(({ marks, offset }, record) =>
    marks.map(([from, to]) => ({ record, offset: from - offset, length: to - from })),
  );
}

/** The row that a mark begins in; 0 where it is in none. */
export function rowOfMark(rows: readonly ByteRow[], { offset }: SourceMark): number {
  return Math.max(
    0,
    rows.findIndex(({ start, end }) => offset >= start && offset < end),
  );
}
