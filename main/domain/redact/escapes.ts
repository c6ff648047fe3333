import { hex, type Inner, pair, writeHex } from './encodings.ts';

const backslash = 0x5c;
const simple: Readonly<Record<string, number>> = { n: 10, r: 13, t: 9, b: 8, f: 12, e: 27, 0: 0 };
const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** Escapes of JSON, C and `/proc/mounts`: `\"`, `\n`, `\x41`, `\u00e9`, `\040`. */
export function unescaped(bytes: Uint8Array, from: number, to: number): Inner {
  const inner = new Uint8Array(to - from + 4);
  /** Per escape or letter: where it begins outside, and inside. */
  const outside = new Int32Array(to - from + 1);
  const inside = new Int32Array(to - from + 1);
  let [count, length] = [0, 0];
  for (let at = from; at < to; count++) {
    outside[count] = at;
    inside[count] = length;
    const found = bytes[at] === backslash && at + 1 < to ? escapeAt(bytes, at, to) : null;
    if (found === null) {
      inner[length] = bytes[at] as number;
      length += 1;
      at += 1;
    } else {
      inner.set(found.bytes, length);
      length += found.bytes.length;
      at += found.length;
    }
  }
  outside[count] = to;
  inside[count] = length;
  const decoded = inner.subarray(0, length);
  return {
    bytes: decoded,
    write: (changed, output) => {
      for (let unit = 0; unit < count; unit++) {
        const [begin, end] = [inside[unit] as number, inside[unit + 1] as number];
        let isChanged = false;
        for (let at = begin; at < end; at++) if (changed[at] !== decoded[at]) isChanged = true;
        if (isChanged)
          writeUnit(changed.subarray(begin, end), output, outside[unit] as number, bytes, outside[unit + 1] as number);
      }
    },
  };
}

function escapeAt(bytes: Uint8Array, at: number, to: number): { bytes: Uint8Array; length: number } | null {
  const letter = String.fromCharCode(bytes[at + 1] as number);
  if (letter === 'x' && at + 3 < to && hex(bytes, at + 2) < 16 && hex(bytes, at + 3) < 16) {
    return { bytes: Uint8Array.of(pair(bytes, at + 2)), length: 4 };
  }
  if (letter === 'u') {
    const first = unitAt(bytes, at, to);
    if (first === null) return null;
    const second = first >= 0xd800 && first < 0xdc00 ? unitAt(bytes, at + 6, to) : null;
    const isPair = second !== null && second >= 0xdc00 && second < 0xe000;
    const text = isPair ? String.fromCharCode(first, second) : String.fromCharCode(first);
    return { bytes: encoder.encode(text), length: isPair ? 12 : 6 };
  }
  const octal = [1, 2, 3].map((place) => (bytes[at + place] ?? 0) - 0x30);
  if (at + 3 < to && octal.every((digit) => digit >= 0 && digit < 8) && (octal[0] as number) < 4) {
    return {
      bytes: Uint8Array.of(((octal[0] as number) << 6) | ((octal[1] as number) << 3) | (octal[2] as number)),
      length: 4,
    };
  }
  const known = simple[letter];
  if (known !== undefined) return { bytes: Uint8Array.of(known), length: 2 };
  return /[\\"'/ ]/.test(letter) ? { bytes: Uint8Array.of(bytes[at + 1] as number), length: 2 } : null;
}

function unitAt(bytes: Uint8Array, at: number, to: number): number | null {
  if (at + 5 >= to || bytes[at] !== backslash || bytes[at + 1] !== 0x75) return null;
  const [high, low] = [pair(bytes, at + 2), pair(bytes, at + 4)];
  return [2, 3, 4, 5].every((place) => hex(bytes, at + place) < 16) ? (high << 8) | low : null;
}

function writeUnit(changed: Uint8Array, output: Uint8Array, at: number, original: Uint8Array, end: number): void {
  const length = end - at;
  if (length === 1) output[at] = changed[0] as number;
  else if (length === 4 && original[at + 1] === 0x78) writeHex(output, at + 2, changed[0] as number, 2, original);
  else if (length === 4) {
    const text = (changed[0] as number).toString(8).padStart(3, '0');
    for (let place = 0; place < 3; place++) output[at + 1 + place] = text.charCodeAt(place);
  } else if (length >= 6) {
    const text = decoder.decode(changed);
    for (let unit = 0; unit < length / 6; unit++)
      writeHex(output, at + 6 * unit + 2, text.charCodeAt(unit), 4, original);
  }
}
