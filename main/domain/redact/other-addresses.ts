import { hexValue, textBetween } from './characters.ts';
import type { Pseudonyms } from './pseudonyms.ts';

/** An address in another form, where it stands, and what replaces it. */
export interface OtherAddress {
  readonly at: number;
  readonly type: 'ipv4' | 'ipv6' | 'mac' | 'wwn';
  /** As it stands there. */
  readonly original: string;
  /** The address itself. */
  readonly address: string;
  readonly text: string;
}

const isUpperHex = (text: string): boolean => /^[0-9A-F]+$/.test(text);

/**
 * Addresses that do not look like any: of `/proc/net/tcp` and `/proc/net/route`, where four bytes stand the wrong way
 * round in hexadecimal; with dashes in a name (`ip-10-0-0-5`), if that network was met; MACs without separators and WWNs without
 * what says so, if that one was met, also as a part of an interface's name (`enx001122334455`).
 */
export function otherAddresses(bytes: Uint8Array, from: number, to: number, pseudonyms: Pseudonyms): OtherAddress[] {
  const length = to - from;
  const isHex = (hexValue[bytes[from] as number] as number) < 16;
  if (length === 13 && isHex && bytes[from + 8] === 0x3a) return reversed(bytes, from, pseudonyms);
  if (length === 8 && isHex && bytes[from - 1] === 9 && bytes[to] === 9) return reversed(bytes, from, pseudonyms);
  if (length < 7 || length > 255) return none;
  const found = bareNumbers(bytes, from, to, pseudonyms);
  if (countOf(bytes, from, to, 0x2e, 0x2e) > 8) {
    return [...found, ...reversedDigits(textBetween(bytes, from, to), from, pseudonyms)];
  }
  return countOf(bytes, from, to, 0x2d, 0x5f) < 3
    ? found
    : [...found, ...dashed(textBetween(bytes, from, to), from, pseudonyms)];
}

const none: OtherAddress[] = [];

function countOf(bytes: Uint8Array, from: number, to: number, one: number, other: number): number {
  let count = 0;
  for (let at = from; at < to; at++) if (bytes[at] === one || bytes[at] === other) count += 1;
  return count;
}

function reversed(bytes: Uint8Array, at: number, { ipv4 }: Pseudonyms): OtherAddress[] {
  const original = textBetween(bytes, at, at + 8);
  if (!isUpperHex(original)) return [];
  const address = [6, 4, 2, 0].map((place) => Number.parseInt(original.slice(place, place + 2), 16)).join('.');
  if (ipv4.canonical(address) === null) return [];
  const numbers = ipv4.of(address).split('.').map(Number);
  const text = numbers.reverse().map((number) => number.toString(16).toUpperCase().padStart(2, '0'));
  return [{ at, type: 'ipv4', original, address, text: text.join('') }];
}

/** Twelve or sixteen digits that stand alone. Masks, which begin with zeros, are passed over before they are a text. */
function bareNumbers(bytes: Uint8Array, from: number, to: number, { hex }: Pseudonyms): OtherAddress[] {
  let found = none;
  for (let at = from; at < to; at++) {
    const start = at;
    while (at < to && (hexValue[bytes[at] as number] as number) < 16) at += 1;
    if ((at - start !== 12 && at - start !== 16) || isMask(bytes, start)) continue;
    const original = textBetween(bytes, start, at);
    const isInterface = /(?:en|wl|ww)x$/.test(textBetween(bytes, start - 3, start));
    if (!(isInterface && at - start === 12) && !hex.isKnown(original.toLowerCase())) continue;
    found = [
      ...found,
      {
        at: start,
        type: at - start === 12 ? 'mac' : 'wwn',
        original,
        address: original,
        text: hex.of('mac', original),
      },
    ];
  }
  return found;
}

function isMask(bytes: Uint8Array, at: number): boolean {
  return [0, 1, 2, 3, 4, 5].every((place) => bytes[at + place] === 0x30);
}

/** `4.3.2.1.….8.b.d.0.1.0.0.2.ip6.arpa`. */
function reversedDigits(token: string, from: number, { hex }: Pseudonyms): OtherAddress[] {
  const match = /(?:[0-9a-f]\.){8,32}(?=ip6\.arpa)/i.exec(token);
  if (match === null) return [];
  const [original] = match;
  return [{ at: from + match.index, type: 'ipv6', original, address: original, text: hex.of('id', original) }];
}

function dashed(token: string, from: number, { ipv4 }: Pseudonyms): OtherAddress[] {
  const found: OtherAddress[] = [];
  for (const match of token.matchAll(/(?<!\d)\d{1,3}([-_])\d{1,3}\1\d{1,3}\1\d{1,3}(?!\d)/g)) {
    const [original, separator = '-'] = match;
    const address = original.replaceAll(separator, '.');
    if (ipv4.canonical(address) !== address || !ipv4.isKnown(address)) continue;
    const text = ipv4.of(address).replaceAll('.', separator);
    found.push({ at: from + match.index, type: 'ipv4', original, address, text });
  }
  return found;
}
