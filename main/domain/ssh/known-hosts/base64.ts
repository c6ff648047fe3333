const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const values = new Map([...alphabet].map((letter, value) => [letter, value]));

/**
 * The bytes of a base64 text (RFC 4648 §4); null where it is not exactly one: a letter that does not belong there, a
 * missing `=`, or bits left over that are not zero. So two texts that are read stand for the same bytes only when they
 * are equal.
 */
export function decodeBase64(text: string): Uint8Array | null {
  const letters = text.replace(/={1,2}$/, '');
  if (text.length % 4 !== 0 || letters.length % 4 === 1 || Math.ceil(letters.length / 4) * 4 !== text.length)
    return null;
  const bytes = new Uint8Array(Math.floor((letters.length * 3) / 4));
  let bits = 0;
  let held = 0;
  let at = 0;
  for (const letter of letters) {
    const value = values.get(letter);
    if (value === undefined) return null;
    held = ((held << 6) | value) & 0xffff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes[at++] = held >> bits;
  }
  return (held & ((1 << bits) - 1)) === 0 ? bytes : null;
}

export function encodeBase64(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const [first = 0, second = 0, third = 0] = bytes.subarray(at, at + 3);
    const group = (first << 16) | (second << 8) | third;
    const letters = [18, 12, 6, 0].map((shift) => alphabet[(group >> shift) & 63]).join('');
    const left = bytes.length - at;
    text += left >= 3 ? letters : letters.slice(0, left + 1).padEnd(4, '=');
  }
  return text;
}
