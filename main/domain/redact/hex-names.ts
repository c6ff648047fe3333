import { bytesFor, disguiseHex, type Keyed } from './disguise.ts';

/**
 * Pseudonyms of identifiers in hexadecimal, whatever stands between their digits: MAC addresses, UUIDs, WWNs, and the
 * long ones of machines and containers.
 */
export interface HexNames {
  /** As the original was written, separators and capitals too. */
  of(type: 'mac' | 'uuid' | 'id' | 'wwn', text: string): string;
  /** Whether these digits, without separators, were met as such an identifier, or begin one. */
  isKnown(digits: string): boolean;
}

/** Beyond that two of them may get one pseudonym, which for so many digits does not happen. */
const mostKnown = 200_000;
/** What tools cut a container's id to. */
const shortId = 12;

export function createHexNames(keyed: Keyed): HexNames {
  const given = new Map<string, string>();
  const issued = new Set<string>();
  const shorts = new Map<string, string>();

  function pseudonymOf(type: string, digits: string): string {
    const before = given.get(digits) ?? shorts.get(digits);
    if (before !== undefined) return before;
    if (issued.has(digits)) return digits;
    const next = bytesFor(keyed, `hex ${digits}`);
    let found = moved(type, digits, next);
    while (found === digits) found = moved(type, digits, next);
    if (given.size < mostKnown) {
      given.set(digits, found);
      issued.add(found);
      if (digits.length === 64) {
        shorts.set(digits.slice(0, shortId), found.slice(0, shortId));
        issued.add(found.slice(0, shortId));
      }
    }
    return found;
  }

  return {
    of: (type, text) => {
      const digits = text.replace(/[^0-9a-f]/gi, '').toLowerCase();
      if (type !== 'id' && /^(.)\1*$/.test(digits)) return text;
      const pseudonym = pseudonymOf(type, digits);
      const isUpper = /[A-F]/.test(text);
      let place = 0;
      return text.replace(/[0-9a-f]/gi, () => {
        const digit = pseudonym[place] as string;
        place += 1;
        return isUpper ? digit.toUpperCase() : digit;
      });
    },
    isKnown: (digits) => given.has(digits) || shorts.has(digits) || issued.has(digits),
  };
}

function moved(type: string, digits: string, next: () => number): string {
  const hex = (count: number): string => Array.from({ length: count }, () => (next() % 16).toString(16)).join('');
  // The second digit says whether it is one station's and who gave it; 33:33 and 01:00:5e are groups.
  if (type === 'mac' && digits.startsWith('3333')) return `3333${hex(digits.length - 4)}`;
  if (type === 'mac' && digits.startsWith('01005e')) return `01005e${hex(digits.length - 6)}`;
  if (type === 'mac') return `${hex(1)}${digits[1]}${hex(digits.length - 2)}`;
  // Version and variant.
  if (type === 'uuid') return `${hex(12)}${digits[12]}${hex(3)}${digits[16]}${hex(15)}`;
  // The first digit is the kind of the name.
  if (type === 'wwn') return `${digits[0]}${hex(digits.length - 1)}`;
  return disguiseHex(digits, next);
}
