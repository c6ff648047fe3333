import { expect, test } from 'vitest';
import { csvRows } from './csv.ts';

test.each([
  ['plain', 'plain'],
  ['a, "b"\nc', '"a, ""b""\nc"'],
  ['=HYPERLINK("http://x")', '"\'=HYPERLINK(""http://x"")"'],
  ['+1', '"\'+1"'],
  ['-1+2', '"\'-1+2"'],
  ['@SUM(A1)', '"\'@SUM(A1)"'],
  ['\t=1', '"\'\t=1"'],
  [-12.5, '-12.5'],
  [null, ''],
  [true, 'true'],
  ['', ''],
])('the cell %j', (cell, expected) => {
  expect(csvRows([[cell]])).toBe(`${expected}\r\n`);
});

test('rows and cells', () => {
  expect(
    csvRows([
      ['at', 'exit'],
      ['x', 1],
    ]),
  ).toBe('at,exit\r\nx,1\r\n');
});
