import type { CommandRecord } from '../collect/record.ts';
import { rewrite, type Token } from './tokens.ts';

/** The records with these made others, of the same length. */
export function withOthers(
  records: readonly CommandRecord[],
  changed: readonly Token[],
  way: number,
): readonly CommandRecord[] {
  const outputs = new Map<number, Uint8Array>();
  for (const token of changed) {
    const before = records[token.record] as CommandRecord;
    const stdout = outputs.get(token.record) ?? new Uint8Array(before.stdout);
    outputs.set(token.record, stdout);
    rewrite(stdout, token, way);
  }
  return printing(records, outputs);
}

/** The records without these lines, which stand in their order. */
export function withoutLines(records: readonly CommandRecord[], lines: readonly Token[]): readonly CommandRecord[] {
  const outputs = new Map<number, Uint8Array>();
  for (const [record, gone] of Map.groupBy(lines, (line) => line.record)) {
    const { stdout } = records[record] as CommandRecord;
    const left = new Uint8Array(stdout.length);
    let [length, from] = [0, 0];
    const keep = (to: number) => {
      left.set(stdout.subarray(from, to), length);
      length += Math.max(0, to - from);
    };
    for (const { start, end } of gone) {
      keep(start);
      from = end + 1;
    }
    keep(stdout.length);
    outputs.set(record, left.subarray(0, length));
  }
  return printing(records, outputs);
}

function printing(records: readonly CommandRecord[], outputs: ReadonlyMap<number, Uint8Array>): CommandRecord[] {
  return records.map((record, index) => {
    const stdout = outputs.get(index);
    return stdout === undefined ? record : { ...record, stdout };
  });
}
