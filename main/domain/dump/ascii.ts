/** The bytes of a word that the format itself consists of. */
export function ascii(word: string): Uint8Array {
  return Uint8Array.from(word, (letter) => letter.charCodeAt(0));
}

/** True where that word stands at that place. */
export function standsAt(bytes: Uint8Array, at: number, word: Uint8Array): boolean {
  for (let index = 0; index < word.length; index++) if (bytes[at + index] !== word[index]) return false;
  return true;
}

/** Where the digits that begin at `at` end, after at most that many. */
export function digitsEnd(bytes: Uint8Array, at: number, atMost: number): number {
  let end = at;
  while (end < at + atMost && isDigit(bytes[end])) end += 1;
  return end;
}

/** The number that digits make; exact up to fifteen of them. */
export function numberIn(bytes: Uint8Array, from: number, to: number): number {
  let number = 0;
  for (let at = from; at < to; at++) number = number * 10 + (bytes[at] as number) - 0x30;
  return number;
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x30 && byte <= 0x39;
}
