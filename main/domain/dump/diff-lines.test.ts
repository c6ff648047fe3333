import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { diffLines } from './diff-lines.ts';

const short = (left: string, right: string) =>
  diffLines(left, right).lines.map(({ kind, count, text, left, right }) => {
    const sign = { same: ' ', removed: '-', added: '+', skipped: '…' }[kind];
    return kind === 'skipped' ? `…${count}` : `${sign}${text} ${left ?? '·'}:${right ?? '·'}`;
  });

describe('two outputs by lines', () => {
  test('tell what was taken away, added and kept, with the numbers of both sides', () => {
    expect(short('a\nb\nc\nd\n', 'a\nx\nc\nd\ne\n')).toEqual([
      ' a 1:1',
      '-b 2:·',
      '+x ·:2',
      ' c 3:3',
      ' d 4:4',
      '+e ·:5',
    ]);
  });

  test('fold what is far from every change', () => {
    const many = Array.from({ length: 20 }, (_, i) => `line ${i}`);
    const changed = many.with(10, 'other');
    expect(short(many.join('\n'), changed.join('\n'))).toEqual([
      '…7',
      ' line 7 8:8',
      ' line 8 9:9',
      ' line 9 10:10',
      '-line 10 11:·',
      '+other ·:11',
      ' line 11 12:12',
      ' line 12 13:13',
      ' line 13 14:14',
      '…6',
    ]);
  });

  test('that are too different are told whole, and as cut', () => {
    const numbers = (from: number) => Array.from({ length: 800 }, (_, i) => `${from + i}`).join('\n');
    const { cut, added, removed } = diffLines(numbers(0), numbers(10_000));
    expect({ cut, added, removed }).toEqual({ cut: true, added: 800, removed: 800 });
  });

  test('put together again from their difference, with as few changes as there can be', () => {
    const text = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 12 });
    fc.assert(
      fc.property(text, text, (left, right) => {
        const { lines, added, removed } = diffLines(left.join('\n'), right.join('\n'));
        const side = (out: 'removed' | 'added', of: 'left' | 'right') =>
          lines.flatMap((line) => {
            if (line.kind !== 'skipped') return line.kind === out ? [] : [line.text];
            const from = (line[of] as number) - 1;
            return (of === 'left' ? left : right).slice(from, from + line.count);
          });
        expect(side('added', 'left')).toEqual(left);
        expect(side('removed', 'right')).toEqual(right);
        expect(added + removed).toBe(left.length + right.length - 2 * longestCommon(left, right));
      }),
    );
  });
});

function longestCommon(a: readonly string[], b: readonly string[]): number {
  const table = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0));
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      (table[i] as number[])[j] =
        a[i] === b[j]
          ? 1 + (table[i + 1]?.[j + 1] as number)
          : Math.max(table[i + 1]?.[j] as number, table[i]?.[j + 1] as number);
  return table[0]?.[0] as number;
}
