const encoder = new TextEncoder();

/** What parsers trip over: edges of numbers, names that objects have, quotes and brackets without an end. */
const awkward = [
  ...['', '-1', '0', '00', '-', 'NaN', 'Infinity', '1e999', '9007199254740993', '18446744073709551615', '4294967296'],
  ...['__proto__', 'constructor', 'null', 'N/A', '\0', '\x1b[2J', '\u202e', '�', '\r\n', '\t', ':', ',', '%', 'kB'],
  ...['{', '}', '[', ']', '"', '\\', '\\u0000', '{"a":', '[[[[[[[[', '(', ')', '<', '</', '&amp;', '=', '@', '/'],
].map((text) => encoder.encode(text));

const most = 1 << 18;

/** An output that somebody spoilt: 1 to 4 changes of bytes, lines and numbers. `random` gives 0 to 1. */
export function spoilt(output: Uint8Array, other: Uint8Array, random: () => number): Uint8Array {
  let bytes = output;
  const changes = 1 + Math.floor(random() * 4);
  for (let change = 0; change < changes; change++) {
    const way = ways[Math.floor(random() * ways.length)] as Way;
    bytes = way(bytes, other, random).subarray(0, most);
  }
  return bytes;
}

type Way = (bytes: Uint8Array, other: Uint8Array, random: () => number) => Uint8Array;

const ways: readonly Way[] = [
  // A few bytes are others.
  (bytes, _, random) => {
    const copy = new Uint8Array(bytes);
    for (let count = 1 + random() * 8; count > 0; count--) copy[below(random, copy.length)] = below(random, 256);
    return copy;
  },
  // Cut at the end, or at the beginning.
  (bytes, _, random) => bytes.slice(0, below(random, bytes.length + 1)),
  (bytes, _, random) => bytes.slice(below(random, bytes.length + 1)),
  // Something awkward, put in or in place of a number or word.
  (bytes, _, random) => spliced(bytes, below(random, bytes.length + 1), 0, awkward[below(random, awkward.length)]),
  (bytes, _, random) => {
    const start = below(random, bytes.length);
    let end = start;
    while (end < bytes.length && isWord(bytes[end])) end += 1;
    return spliced(bytes, start, end - start, awkward[below(random, awkward.length)]);
  },
  // A number with many more digits.
  (bytes, _, random) => {
    const at = below(random, bytes.length + 1);
    return spliced(bytes, at, 0, encoder.encode('7'.repeat(1 + below(random, 400))));
  },
  // A line less, twice, many times, or with another.
  (bytes, _, random) => {
    const [start, end] = lineAt(bytes, below(random, bytes.length + 1));
    return spliced(bytes, start, end - start, new Uint8Array());
  },
  (bytes, _, random) => {
    const [start, end] = lineAt(bytes, below(random, bytes.length + 1));
    const line = bytes.slice(start, end);
    const times = random() < 0.05 ? 2000 : 1 + below(random, 3);
    return spliced(bytes, end, 0, repeated(line, times));
  },
  (bytes, other, random) => {
    const [start, end] = lineAt(other, below(random, other.length + 1));
    return spliced(bytes, lineAt(bytes, below(random, bytes.length + 1))[0], 0, other.slice(start, end));
  },
  // Windows was on the way.
  (bytes) => encoder.encode(new TextDecoder().decode(bytes).replaceAll('\n', '\r\n')),
  // One line without an end.
  (bytes, _, random) =>
    spliced(
      bytes,
      below(random, bytes.length + 1),
      0,
      new Uint8Array(below(random, 1 << 14)).fill(32 + below(random, 90)),
    ),
  // Brackets, deep.
  (bytes, _, random) =>
    spliced(bytes, below(random, bytes.length + 1), 0, encoder.encode('[{"a":'.repeat(below(random, 3000)))),
];

function below(random: () => number, count: number): number {
  return Math.floor(random() * count);
}

function isWord(byte: number | undefined): boolean {
  return byte !== undefined && byte > 32 && byte !== 34 && byte !== 44;
}

function lineAt(bytes: Uint8Array, at: number): readonly [number, number] {
  const start = at === 0 ? 0 : bytes.lastIndexOf(10, at - 1) + 1;
  const end = bytes.indexOf(10, at);
  return [start, end < 0 ? bytes.length : end + 1];
}

function repeated(bytes: Uint8Array, times: number): Uint8Array {
  const fitting = Math.min(times, Math.ceil(most / Math.max(1, bytes.length)));
  const all = new Uint8Array(bytes.length * fitting);
  for (let index = 0; index < fitting; index++) all.set(bytes, index * bytes.length);
  return all;
}

function spliced(bytes: Uint8Array, at: number, removed: number, added: Uint8Array = new Uint8Array()): Uint8Array {
  const result = new Uint8Array(bytes.length - removed + added.length);
  result.set(bytes.subarray(0, at));
  result.set(added, at);
  result.set(bytes.subarray(at + removed), at + added.length);
  return result;
}
