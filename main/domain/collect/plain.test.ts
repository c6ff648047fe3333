import { expect, test } from 'vitest';
import { toPlain } from './plain.ts';

class Point {
  readonly x = 1;
  get twice(): number {
    return 2 * this.x;
  }
}

test.each<[string, unknown]>([
  ['what is not known', { a: null, b: [null] }],
  ['undefined', { a: undefined, b: 1, c: undefined, d: { e: undefined } }],
  ['-0, first, last and deep', { a: -0, b: 1, c: [1, -0, 2], d: [{ e: 3, f: -0 }] }],
  ['something that is of a class', { point: new Point(), points: [new Point()] }],
  ['no prototype', { bare: Object.assign(Object.create(null), { a: 1 }) }],
  ['a name that means something to objects', JSON.parse('{"__proto__": {"a": 1}, "b": -0}')],
  ['texts, and nothing', { a: '', b: [], c: {}, d: false }],
])('a value is as JSON would give it back: %s', (_, value) => {
  expect(toPlain(value)).toStrictEqual(JSON.parse(JSON.stringify(value)));
});

test('what is plain already is not copied, and nothing is changed that is not', () => {
  const list = [{ name: 'a', share: 0.5 }, { name: 'b' }];
  expect(toPlain(list)).toBe(list);
  const value = { list, total: -0, rest: [list, undefined] };
  const plain = toPlain(value) as typeof value;
  expect([plain.list, Object.is(value.total, -0), Object.is(plain.total, 0)]).toEqual([list, true, true]);
  expect(plain.list).toBe(list);
});

test.each<[unknown, string]>([
  [{ cores: [{ busy: 1 }, { busy: Number.NaN }] }, 'The reading.cores[1].busy is not a number.'],
  [[Number.POSITIVE_INFINITY], 'The reading[0] is not a number.'],
  [Number.NaN, 'The reading is not a number.'],
])('a number that JSON cannot say is a fault, and where it stands is told: %j', (value, message) => {
  expect(() => toPlain(value)).toThrow(message);
});
