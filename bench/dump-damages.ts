/** A part of a damaged file: bytes of the whole one, or others. */
export type Piece = { readonly from: number; readonly to: number } | { readonly bytes: Buffer };

type Random = () => number;
/** Where entries begin, in the whole file, and its end. */
type Starts = readonly number[];

/** What happens to files: each gives the pieces that the damaged one consists of. */
const damages: Readonly<Record<string, (whole: Buffer, starts: Starts, random: Random) => Piece[]>> = {
  'cut at the end': (whole, _, random) => [{ from: 0, to: at(whole, random) }],
  'cut at the start': (whole, _, random) => [{ from: at(whole, random), to: whole.length }],
  'bytes flipped': (whole, _, random) => replaced(whole, random, 1 + Math.floor(random() * 8), () => 1),
  'digits changed': (whole, _, random) => {
    // The figures of heads are where a wrong byte matters most.
    const digits = [...whole.toString('latin1').matchAll(/(?:size|exit|stderr)=(\d)/g)];
    const { index, 0: text } = digits[Math.floor(random() * digits.length)] as RegExpExecArray;
    const place = index + text.length - 1;
    const bytes = Buffer.from(String(Math.floor(random() * 10)));
    return [{ from: 0, to: place }, { bytes }, { from: place + 1, to: whole.length }];
  },
  'NUL hole': (whole, _, random) =>
    replaced(
      whole,
      random,
      1,
      () => 1 + Math.floor(random() * 6000),
      () => 0,
    ),
  deleted: (whole, _, random) => {
    const from = at(whole, random);
    return [
      { from: 0, to: from },
      { from: Math.min(whole.length, from + 1 + Math.floor(random() * 4000)), to: whole.length },
    ];
  },
  duplicated: (whole, _, random) => {
    const from = at(whole, random);
    const to = Math.min(whole.length, from + 1 + Math.floor(random() * 4000));
    return [
      { from: 0, to },
      { from, to: whole.length },
    ];
  },
  'glued in the middle': (whole, starts, random) => {
    const index = Math.floor(random() * (starts.length - 2));
    const [start, next] = [starts[index] as number, starts[index + 1] as number];
    return [
      { from: 0, to: start + Math.floor(random() * (next - start)) },
      { from: next, to: whole.length },
    ];
  },
  'another text in it': (whole, _, random) => {
    const place = at(whole, random);
    const bytes = Buffer.from(noise[Math.floor(random() * noise.length)] as string);
    return [{ from: 0, to: place }, { bytes }, { from: place, to: whole.length }];
  },
  'newlines of Windows': (whole, starts, random) => {
    const index = Math.floor(random() * (starts.length - 2));
    const [start, next] = [starts[index] as number, starts[index + 1] as number];
    const bytes = Buffer.from(whole.toString('latin1', start, next).replaceAll('\n', '\r\n'), 'latin1');
    return [{ from: 0, to: start }, { bytes }, { from: next, to: whole.length }];
  },
};
export const damageNames = Object.keys(damages);

const noise = [
  '\n',
  '\r',
  '=====',
  '\n===== ',
  '\n===== 2026-04-22T20:13:19Z =====\n$ half',
  '\n\n===== 2026-04-22T20:13:19Z =====\n$ forged\nexit=0  duration=1ms  size=3\n\nabc\n\n',
  'exit=0  duration=1ms  size=99999\n\n',
  '\xff\xfe\x00',
  'Binary file matches\n'.repeat(40),
];

/** One damage, and now and then a second one on top of it. */
export function damage(
  name: string,
  whole: Buffer,
  starts: Starts,
  random: Random,
): { readonly pieces: Piece[]; readonly bytes: Buffer } {
  const pieces = (damages[name] as (typeof damages)[string])(whole, starts, random);
  const bytes = Buffer.concat(
    pieces.map((piece) => ('bytes' in piece ? piece.bytes : whole.subarray(piece.from, piece.to))),
  );
  return { pieces, bytes };
}

/** A place inside. */
function at(whole: Buffer, random: Random): number {
  return Math.floor(random() * whole.length);
}

/** That many runs of other bytes; by default each is not what it was. */
function replaced(
  whole: Buffer,
  random: Random,
  runs: number,
  lengthOf: () => number,
  byteOf: (was: number) => number = (was) => was ^ (1 + Math.floor(random() * 255)),
): Piece[] {
  const places = Array.from({ length: runs }, () => at(whole, random)).sort((a, b) => a - b);
  const pieces: Piece[] = [];
  let from = 0;
  for (const place of places) {
    if (place < from) continue;
    const end = Math.min(whole.length, place + lengthOf());
    pieces.push({ from, to: place }, { bytes: Buffer.from(whole.subarray(place, end).map(byteOf)) });
    from = end;
  }
  return [...pieces, { from, to: whole.length }];
}
