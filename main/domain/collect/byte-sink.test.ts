import { expect, test } from 'vitest';
import { createByteSink } from './byte-sink.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const text = (of: Uint8Array) => new TextDecoder().decode(of);

test.each<[pieces: string[], limit: number, dropped: number, kept: string, overflowed: boolean]>([
  [[], 8, 1, '', false],
  [['one'], 8, 0, 'one', false],
  [['one\n'], 8, 1, 'one', false],
  [['on', 'e', '\n'], 8, 1, 'one', false],
  [['one\n', 'two'], 8, 0, 'one\ntwo', false],
  [['one two three'], 7, 0, 'one two', true],
  [['one two three'], 7, 1, 'one two', true],
  [['one ', 'two three'], 7, 0, 'one two', true],
  [['one two\n'], 7, 1, 'one two', false],
])('%j, at most %i, the last %i dropped', (pieces, limit, dropped, kept, overflowed) => {
  const sink = createByteSink(limit);
  for (const piece of pieces) {
    const around = bytes(`<<${piece}>>`);
    sink.add(around, 2, around.length - 2);
  }
  for (let time = 0; time < dropped; time++) sink.dropLast();
  expect([text(sink.bytes()), sink.overflowed]).toEqual([kept, overflowed]);
});

test('what came in is not written to, whatever comes after it', () => {
  const sink = createByteSink(1000);
  const chunk = Buffer.from('first|and what belongs to the next record');
  sink.add(chunk, 0, 6);
  sink.dropLast();
  sink.add(bytes('second'), 0, 6);
  sink.add(bytes('third'), 0, 5);
  expect([text(sink.bytes()), chunk.toString()]).toEqual([
    'firstsecondthird',
    'first|and what belongs to the next record',
  ]);
});
