/**
 * Bytes as redaction looks at them. A text is a string with one letter per byte, whatever the bytes mean, so that
 * places in it are places in the file.
 */

function table(entry: (code: number) => number): Uint8Array {
  return Uint8Array.from({ length: 256 }, (_, code) => entry(code));
}

const between = (code: number, first: string, last: string): boolean =>
  code >= first.charCodeAt(0) && code <= last.charCodeAt(0);

export const isDigit = (code: number): boolean => between(code, '0', '9');
export const isUpper = (code: number): boolean => between(code, 'A', 'Z');
const isLower = (code: number): boolean => between(code, 'a', 'z');

/** Capital letters as small ones. */
export const folded = table((code) => (isUpper(code) ? code + 32 : code));

/** 1 for letters and digits, and for what letters beyond ASCII are made of. */
export const wordByte = table((code) => Number(isDigit(code) || isUpper(code) || isLower(code) || code >= 0x80));

/** What a hexadecimal digit counts; 255 for anything else. */
export const hexValue = table((code) => {
  if (isDigit(code)) return code - 48;
  const letter = folded[code] as number;
  return between(letter, 'a', 'f') ? letter - 87 : 255;
});

const piece = 8192;

export function textBetween(bytes: Uint8Array, from: number, to: number): string {
  let text = '';
  for (let at = Math.max(0, from); at < to; at += piece) {
    // Spread, the same takes three times as long.
    text += String.fromCharCode.apply(null, bytes.subarray(at, Math.min(to, at + piece)) as unknown as number[]);
  }
  return text;
}

/** Only ASCII letters: others have more than one byte. */
export function fold(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}

const encoder = new TextEncoder();

/** A string of the usual kind, with one letter per byte of its UTF-8. */
export function asBytes(text: string): string {
  const bytes = encoder.encode(text);
  return textBetween(bytes, 0, bytes.length);
}
