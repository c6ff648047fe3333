import type { CommandRecord } from '../collect/record.ts';
import type { Token } from './tokens.ts';

/** Bytes of a record's standard output, from `start` to before `end`. */
export interface Mark {
  /** Which of the records that were given. */
  readonly record: number;
  readonly start: number;
  readonly end: number;
}

export function markOf({ record, start, end }: Token): Mark {
  return { record, start, end };
}

/** What lies between two words of the text belongs to it: `/dev/sda1` is one. */
export function joined(tokens: readonly Token[], records: readonly CommandRecord[], value: string): Mark[] {
  const marks: Mark[] = [];
  const decoder = new TextDecoder();
  for (const token of tokens) {
    const last = marks.at(-1);
    const isNear = last !== undefined && last.record === token.record && token.end - last.start <= value.length * 4;
    const text = isNear ? decoder.decode(records[token.record]?.stdout.subarray(last.start, token.end)) : '';
    if (isNear && value.includes(text)) marks[marks.length - 1] = { ...last, end: token.end };
    else marks.push(markOf(token));
  }
  return marks;
}
