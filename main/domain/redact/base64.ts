import { type Inner, textCounter } from './encodings.ts';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
/** 255 for what is no digit of base64, in either alphabet. */
export const base64Value = Uint8Array.from({ length: 256 }, (_, code) => {
  const letter = String.fromCharCode(code);
  const value = alphabet.indexOf(letter === '-' ? '+' : letter === '_' ? '/' : letter);
  return value < 0 ? 255 : value;
});

/** Base64 whose first digit is the one of that number in the span; what is no digit there is passed over. */
export function base64Decoded(bytes: Uint8Array, from: number, to: number, first: number): Inner {
  const places = new Int32Array(to - from);
  let digits = 0;
  let isUrl = false;
  for (let at = from; at < to; at++) {
    if (base64Value[bytes[at] as number] === 255) continue;
    if (bytes[at] === 0x2d || bytes[at] === 0x5f) isUrl = true;
    places[digits] = at;
    digits += 1;
  }
  const used = Math.max(0, digits - first);
  const decoded = new Uint8Array(Math.floor((used * 3) / 4));
  const value = (digit: number): number =>
    first + digit < digits ? (base64Value[bytes[places[first + digit] as number] as number] as number) : 0;
  for (let index = 0; index < decoded.length; index++) {
    const digit = Math.floor(index / 3) * 4 + (index % 3);
    const shift = 2 * (index % 3) + 2;
    decoded[index] = ((value(digit) << shift) | (value(digit + 1) >> (6 - shift))) & 0xff;
  }
  return {
    bytes: decoded,
    write: (changed, output) => {
      for (let group = 0; group * 3 < decoded.length; group++) {
        const [a, b, c] = [0, 1, 2].map((place) => [changed[3 * group + place], decoded[3 * group + place]]) as [
          (number | undefined)[],
          (number | undefined)[],
          (number | undefined)[],
        ];
        if (a[0] === a[1] && b[0] === b[1] && c[0] === c[1]) continue;
        // Bits that belong to no whole byte stay.
        const rest = value(4 * group + 1) & 0xf;
        const restOfTwo = value(4 * group + 2) & 0x3;
        const [x = 0, y, z] = [a[0], b[0], c[0]];
        const sextets = [
          x >> 2,
          ((x & 3) << 4) | (y === undefined ? rest : y >> 4),
          y === undefined ? null : ((y & 15) << 2) | (z === undefined ? restOfTwo : z >> 6),
          z === undefined ? null : z & 63,
        ];
        sextets.forEach((sextet, place) => {
          const at = places[first + 4 * group + place];
          if (sextet === null || at === undefined) return;
          output[at] = isUrl && sextet > 61 ? (sextet === 62 ? 0x2d : 0x5f) : alphabet.charCodeAt(sextet);
        });
      }
    },
  };
}

/** Whether some text stands in base64 that begins there; looks without decoding all of it. */
export function base64HoldsText(bytes: Uint8Array, from: number, to: number): boolean {
  const isText = textCounter();
  let [held, bits] = [0, 0];
  for (let at = from; at < to; at++) {
    const value = base64Value[bytes[at] as number] as number;
    if (value === 255) continue;
    held = ((held << 6) | value) & 0xffff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    if (isText((held >> bits) & 0xff)) return true;
  }
  return false;
}
