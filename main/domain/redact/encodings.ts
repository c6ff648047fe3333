import { hexValue } from './characters.ts';

/** A text that stands encoded in another. */
export interface Inner {
  readonly bytes: Uint8Array;
  /** Puts what became of it, as long as before, in its place. */
  write(changed: Uint8Array, output: Uint8Array): void;
}

const percent = 0x25;
export const hex = (bytes: Uint8Array, at: number): number => hexValue[bytes[at] as number] as number;
export const pair = (bytes: Uint8Array, at: number): number => (hex(bytes, at) << 4) | hex(bytes, at + 1);

/** Digits in the case of those that stood there. */
export function writeHex(output: Uint8Array, at: number, value: number, digits: number, original: Uint8Array): void {
  let isUpper = false;
  for (let place = at; place < at + digits; place++) {
    const code = original[place] as number;
    if (code >= 0x41 && code <= 0x46) isUpper = true;
  }
  const text = value.toString(16).padStart(digits, '0');
  const written = isUpper ? text.toUpperCase() : text;
  for (let place = 0; place < digits; place++) output[at + place] = written.charCodeAt(place);
}

/** `%41` as in a URL. */
export function percentDecoded(bytes: Uint8Array, from: number, to: number): Inner {
  const inner = new Uint8Array(to - from);
  const places = new Int32Array(to - from);
  let length = 0;
  for (let at = from; at < to; length++) {
    const isEscape = bytes[at] === percent && at + 2 < to && hex(bytes, at + 1) < 16 && hex(bytes, at + 2) < 16;
    inner[length] = isEscape ? pair(bytes, at + 1) : (bytes[at] as number);
    places[length] = isEscape ? -at - 1 : at;
    at += isEscape ? 3 : 1;
  }
  const decoded = inner.subarray(0, length);
  return {
    bytes: decoded,
    write: (changed, output) => {
      for (let index = 0; index < length; index++) {
        if (changed[index] === decoded[index]) continue;
        const at = places[index] as number;
        if (at >= 0) output[at] = changed[index] as number;
        else writeHex(output, -at, changed[index] as number, 2, bytes);
      }
    },
  };
}

/** Every second byte, as UTF-16 has ASCII. */
export function narrowed(bytes: Uint8Array, from: number, to: number): Inner {
  const decoded = Uint8Array.from(
    { length: Math.ceil((to - from) / 2) },
    (_, index) => bytes[from + 2 * index] as number,
  );
  return {
    bytes: decoded,
    write: (changed, output) => {
      changed.forEach((byte, index) => {
        if (byte !== decoded[index]) output[from + 2 * index] = byte;
      });
    },
  };
}

/** Pairs of hexadecimal digits. */
export function hexDecoded(bytes: Uint8Array, from: number, to: number): Inner {
  const decoded = Uint8Array.from({ length: (to - from) >> 1 }, (_, index) => pair(bytes, from + 2 * index));
  return {
    bytes: decoded,
    write: (changed, output) => {
      changed.forEach((byte, index) => {
        if (byte !== decoded[index]) writeHex(output, from + 2 * index, byte, 2, bytes);
      });
    },
  };
}

/** What is looked for has at least so many letters in a row, which few binary data have. */
const leastText = 5;

/** Counts letters of ASCII, or of two bytes, that come in a row; true when there are enough. */
export function textCounter(): (byte: number) => boolean {
  let row = 0;
  let before = 0;
  return (byte) => {
    // Between the letters of UTF-16.
    if (byte === 0 && before !== 0) {
      before = 0;
      return false;
    }
    const isLetter = (byte >= 0x20 && byte < 0x7f) || byte === 0xc3 || (before === 0xc3 && byte >= 0x80 && byte < 0xc0);
    row = isLetter ? row + 1 : 0;
    before = byte;
    return row >= leastText;
  };
}

export function hexHoldsText(bytes: Uint8Array, from: number, to: number): boolean {
  const isText = textCounter();
  for (let at = from; at + 1 < to; at += 2) if (isText(pair(bytes, at))) return true;
  return false;
}
