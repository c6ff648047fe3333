/** A number, a word or a line of an output: the bytes from `start` to before `end`. */
export interface Token {
  readonly record: number;
  readonly start: number;
  readonly end: number;
  readonly isNumber: boolean;
  /** Its place among all, by which it is changed. */
  readonly seed: number;
}

const zero = 48;
const nine = 57;
const point = 46;
const newline = 10;

const isDigit = (byte: number | undefined): boolean => byte !== undefined && byte >= zero && byte <= nine;
const isLetter = (byte: number | undefined): boolean => {
  const lower = (byte ?? 0) | 32;
  return lower >= 97 && lower <= 122;
};

/** The numbers of an output, with their fractions, and its words. */
export function tokensOf(bytes: Uint8Array, record: number): Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < bytes.length; ) {
    const start = at;
    if (isDigit(bytes[at])) {
      while (isDigit(bytes[at])) at += 1;
      if (bytes[at] === point && isDigit(bytes[at + 1])) for (at += 1; isDigit(bytes[at]); ) at += 1;
      tokens.push({ record, start, end: at, isNumber: true, seed: record * 7919 + start });
    } else if (isLetter(bytes[at])) {
      while (isLetter(bytes[at])) at += 1;
      tokens.push({ record, start, end: at, isNumber: false, seed: record * 7919 + start });
    } else at += 1;
  }
  return tokens;
}

/** The lines of an output, without their ends. */
export function linesOf(bytes: Uint8Array, record: number): Token[] {
  const lines: Token[] = [];
  for (let start = 0; start < bytes.length; ) {
    const found = bytes.indexOf(newline, start);
    const end = found < 0 ? bytes.length : found;
    if (end > start) lines.push({ record, start, end, isNumber: false, seed: 0 });
    start = end + 1;
  }
  return lines;
}

/**
 * Makes it another one of the same length, in place: way 0 a little more, 1 a little less, 2 another first digit. Each
 * token changes by an amount of its own, so that two do not cancel each other out. What cannot be less stays.
 */
export function rewrite(bytes: Uint8Array, { start, end, isNumber, seed }: Token, way: number): void {
  const amount = (most: number) => 1 + ((Math.imul(seed + 1, way === 1 ? 40_503 : 2_654_435_761) >>> 13) % most);
  if (!isNumber) {
    const at = way === 2 ? start : end - 1;
    const letter = bytes[at] as number;
    bytes[at] = (letter & 32) + 65 + (((letter & 31) - 1 + amount(25)) % 26);
    return;
  }
  // Numbers do not begin with a nought.
  if (way === 2) {
    const digit = (bytes[start] as number) - zero;
    bytes[start] = end - start > 1 ? zero + 1 + ((digit + amount(8)) % 9) : zero + ((digit + amount(9)) % 10);
    return;
  }
  for (let at = end - 1; at >= start; at--) {
    const byte = bytes[at] as number;
    const room = way === 0 ? nine - byte : byte - zero;
    if (byte === point || room === 0 || (way === 1 && at === start && room === 1 && end - start > 1)) continue;
    bytes[at] = way === 0 ? byte + amount(room) : byte - amount(at === start && end - start > 1 ? room - 1 : room);
    return;
  }
}
