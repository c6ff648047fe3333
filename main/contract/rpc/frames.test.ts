import { expect, test } from 'vitest';
import { decodeBytes, decodeFrame, encodeBytes, encodeFrame, type Frame } from './frames.ts';

test('a binary frame keeps its id and its bytes', () => {
  expect(decodeBytes(encodeBytes(4_000_000_000, new Uint8Array([1, 2])))).toEqual({
    id: 4_000_000_000,
    payload: new Uint8Array([1, 2]),
  });
  expect(decodeBytes(new Uint8Array([1, 2, 3]))).toBeNull();
});

test('a frame keeps what it says', () => {
  const fault = { code: 'timeout', step: 'tcp', message: 'Nobody answers.' } as const;
  const frames: Frame[] = [
    { t: 'ask', id: 0, name: 'add', input: { a: 1 } },
    { t: 'credit', id: 1, n: 1 },
    { t: 'cancel', id: 2 },
    { t: 'answer', id: 3, value: null },
    { t: 'item', id: 4, value: [1] },
    { t: 'end', id: 5 },
    { t: 'fault', id: 6, fault },
    { t: 'fault', id: 7, fault: { ...fault, hop: 'gate' } },
  ];
  expect(frames.map((frame) => decodeFrame(encodeFrame(frame)))).toEqual(frames);
});

test.each([
  ['no JSON', '{"t":"end","id":'],
  ['no object', '7'],
  ['null', 'null'],
  ['a list', '[{"t":"end","id":1}]'],
  ['no kind', '{"id":1}'],
  ['another kind', '{"t":"constructor","id":1}'],
  ['no id', '{"t":"end"}'],
  ['an id that is no number', '{"t":"end","id":"1"}'],
  ['an id below zero', '{"t":"end","id":-1}'],
  ['half an id', '{"t":"end","id":0.5}'],
  ['an id beyond what is counted exactly', '{"t":"end","id":9007199254740992}'],
  ['a question without a name', '{"t":"ask","id":1,"input":{}}'],
  ['credit for nothing', '{"t":"credit","id":1,"n":0}'],
  ['credit without an amount', '{"t":"credit","id":1}'],
  ['no fault', '{"t":"fault","id":1}'],
  ['a fault that is none', '{"t":"fault","id":1,"fault":null}'],
  ['a code that is not in the list', '{"t":"fault","id":1,"fault":{"code":"odd","step":"s","message":"m"}}'],
  ['a fault without a sentence', '{"t":"fault","id":1,"fault":{"code":"busy","step":"s"}}'],
  ['a hop that is no name', '{"t":"fault","id":1,"fault":{"code":"busy","step":"s","message":"m","hop":1}}'],
])('%s is no frame', (_what, text) => {
  expect(decodeFrame(text)).toBeNull();
});
