/** 32 bytes that only the owner of a secret key can tell from a text; the same for the same text. */
export type Keyed = (text: string) => Uint8Array;

/** As many such bytes as are wanted. */
export function bytesFor(keyed: Keyed, seed: string): () => number {
  let block = new Uint8Array(0);
  let at = 0;
  let blocks = 0;
  return () => {
    if (at === block.length) {
      block = Uint8Array.from(keyed(`${blocks} ${seed}`));
      blocks += 1;
      at = 0;
    }
    at += 1;
    return block[at - 1] as number;
  };
}

const consonants = 'bdfghjklmnprstvz';
const vowels = 'aeiou';
const hexDigits = '0123456789abcdef';
const pick = (from: string, byte: number): string => from[byte % from.length] as string;

/**
 * Another word of the same shape, in small letters: letters for letters, digits for digits, the rest as it is. The
 * letters take turns, so that a name can be said aloud.
 */
export function disguiseWord(text: string, next: () => number): string {
  let letters = 0;
  let inNumber = false;
  return replaceLetters(text, next, (letter) => {
    if (letter >= '0' && letter <= '9') {
      const digit = inNumber ? next() % 10 : letter === '0' ? 0 : 1 + (next() % 9);
      inNumber = true;
      return String(digit);
    }
    inNumber = false;
    letters += 1;
    return pick(letters % 2 === 1 ? consonants : vowels, next());
  });
}

/** The same for what nobody says aloud. */
export function disguiseSecret(text: string, next: () => number): string {
  return replaceLetters(text, next, (letter) =>
    letter >= '0' && letter <= '9' ? String(next() % 10) : String.fromCharCode(97 + (next() % 26)),
  );
}

/** Other hexadecimal digits: letters for letters, so that it reads as hexadecimal as before. */
export function disguiseHex(text: string, next: () => number): string {
  return text.replace(/[0-9a-f]/gi, (digit) =>
    digit >= '0' && digit <= '9' ? String(next() % 10) : pick(hexDigits.slice(10), next()),
  );
}

/** Other decimal digits; the first two stay, so that what fits into 64 bits fits again. */
export function disguiseDigits(text: string, next: () => number): string {
  return text.slice(0, 2) + text.slice(2).replace(/\d/g, () => String(next() % 10));
}

/**
 * Beyond ASCII the last byte of a letter changes by what it says of the letter, which keeps UTF-8 well formed. Signs
 * and punctuation (what begins with C2 or E2) stay.
 */
function replaceLetters(text: string, next: () => number, letterFor: (letter: string) => string): string {
  return text.replace(/[A-Za-z0-9]|[\xc3-\xdf\xe0\xe1\xe3-\xef\xf0-\xf4][\x80-\xbf]{1,3}/g, (letter) => {
    if (letter.length === 1) return letterFor(letter);
    return letter.slice(0, -1) + String.fromCharCode(0x80 | (next() & 0x3f));
  });
}
