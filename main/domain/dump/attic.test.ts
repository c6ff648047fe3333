import { expect, test } from 'vitest';
import { Attic, type PutAway } from './attic.ts';

const encode = (text: string) => new TextEncoder().encode(text);
const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

/** Squeezes nothing, and counts; what it gives lies in a piece that the next one is written to. */
function counted(blockBytes?: number) {
  const room = new Uint8Array(16 << 20);
  const squeezed: number[] = [];
  let read = 0;
  const pack = (bytes: Uint8Array) => {
    squeezed.push(bytes.length);
    room.set(bytes);
    return room.subarray(0, bytes.length);
  };
  const unpack = (packed: Uint8Array) => {
    read += 1;
    return packed.slice();
  };
  const attic = new Attic({ pack, unpack }, blockBytes);
  return { attic, squeezed, read: () => read };
}

/** What so many hosts say in a round, some kilobytes each. */
const said = (host: number, round: number) => `host ${host} in round ${round} `.repeat(400);

test('hosts replace what they said, and each finds what it said last', () => {
  const { attic, squeezed } = counted();
  const hosts: PutAway[] = [];
  for (let round = 0; round < 20; round++) {
    for (let host = 0; host < 30; host++) {
      const before = hosts[host];
      hosts[host] = attic.put(encode(said(host, round)));
      before?.drop();
    }
    expect(hosts.map((away) => decode(away.bytes()))).toEqual(hosts.map((_, host) => said(host, round)));
  }
  // By the block: thirty or so at once.
  expect([squeezed.length, Math.max(...squeezed)]).toEqual([17, 262_000]);
});

test('a host that fell silent keeps what it said, whatever becomes of the others', () => {
  const { attic, read } = counted();
  const silent = attic.put(encode('the last words'));
  let before: PutAway | null = null;
  for (let round = 0; round < 200; round++) {
    const next = attic.put(encode(said(1, round)));
    before?.drop();
    before = next;
  }
  expect([decode(silent.bytes()), read()]).toEqual(['the last words', 1]);
  const copy = silent.bytes();
  copy.fill(0);
  expect([decode(silent.bytes()), read()]).toEqual(['the last words', 1]);
  attic.put(encode('more'));
  expect([decode(silent.bytes()), read()]).toEqual(['the last words', 2]);
});

test('what was dropped cannot be read, and is dropped once', () => {
  const { attic } = counted();
  const [one, other] = [attic.put(encode('one')), attic.put(encode('other'))];
  one.drop();
  one.drop();
  expect(() => one.bytes()).toThrow('What was dropped cannot be read.');
  other.bytes().fill(0);
  for (let round = 0; round < 50; round++) attic.put(encode(said(1, round))).drop();
  expect(decode(other.bytes())).toBe('other');
});

test('nothing is squeezed of which nothing is left, and what is larger than a block lies alone', () => {
  const { attic, squeezed, read } = counted();
  for (let round = 0; round < 50; round++) attic.put(encode(said(1, round))).drop();
  expect(squeezed).toEqual([]);
  const small = attic.put(encode('small'));
  const large = attic.put(encode('x'.repeat(1 << 20)));
  const next = attic.put(encode('next'));
  expect([large.bytes().length, decode(small.bytes()), decode(next.bytes()), read()]).toEqual([
    1 << 20,
    'small',
    'next',
    2,
  ]);
  expect(squeezed.at(-1)).toBe(1 << 20);
});

test('with blocks of nothing each thing lies alone', () => {
  const { attic, squeezed } = counted(0);
  const things = ['one', '', 'another', 'last'].map((text) => attic.put(encode(text)));
  expect(things.map((away) => decode(away.bytes()))).toEqual(['one', '', 'another', 'last']);
  expect(squeezed).toEqual([3, 0, 7]);
});
