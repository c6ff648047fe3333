import { expect, test } from 'vitest';
import { marksOf, rowOfMark, sourceRows } from './source-rows.ts';

test('an output is cut into rows, and each mark is found in one', () => {
  const { rows } = sourceRows({ bytes: `a 1\n${'x'.repeat(200)} 7\n\xff` });
  expect(rows).toEqual([
    { start: 0, end: 4, line: 1 },
    { start: 4, end: 136, line: 2 },
    { start: 136, end: 207, line: null },
    { start: 207, end: 208, line: 3 },
  ]);
  const shown = { command: '', ended_at: 0, round: 'this', exit: 0, error: null, duration_ms: 0, stderr: '' } as const;
  const record = { ...shown, truncated: false, timed_out: false, size: 900, bytes: '', used: true };
  const marks = marksOf({
    records: [
      { ...record, offset: 0, marks: [[2, 3]] },
      { ...record, offset: 100, marks: [[305, 306]] },
    ],
  });
  expect(marks).toEqual([
    { record: 0, offset: 2, length: 1 },
    { record: 1, offset: 205, length: 1 },
  ]);
  expect(marks.map((mark) => rowOfMark(rows, mark))).toEqual([0, 2]);
});
