import { hexValue, textBetween } from './characters.ts';
import type { Pseudonyms } from './pseudonyms.ts';

/** An address in another form, where it stands, and what replaces it. */
export interface OtherAddress {
  readonly at: number;
  readonly type: 'ipv4' | 'mac';
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
  const [runs, dashes] = interesting(bytes, from, to);
  if (!runs && dashes < 3) return none;
  const token = textBetween(bytes, from, to);
  return [...(runs ? bareMacs(token, from, pseudonyms) : []), ...(dashes < 3 ? [] : dashed(token, from, pseudonyms))];
}

const none: OtherAddress[] = [];

/** Whether twelve or sixteen hexadecimal digits stand alone somewhere, and how many dashes there are. */
function interesting(bytes: Uint8Array, from: number, to: number): [runs: boolean, dashes: number] {
  let [run, dashes, runs] = [0, 0, false];
  for (let at = from; at < to; at++) {
    const byte = bytes[at] as number;
    if ((hexValue[byte] as number) < 16) run += 1;
    else {
      runs ||= run === 12 || run === 16;
      run = 0;
      if (byte === 0x2d || byte === 0x5f) dashes += 1;
    }
  }
  return [runs || run === 12 || run === 16, dashes];
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

function bareMacs(token: string, from: number, { hex }: Pseudonyms): OtherAddress[] {
  const found: OtherAddress[] = [];
  for (const match of token.matchAll(
    /(?<![0-9A-Fa-f])(?:[0-9a-f]{12}(?:[0-9a-f]{4})?|[0-9A-F]{12}(?:[0-9A-F]{4})?)(?![0-9A-Fa-f])/g,
  )) {
    const isInterface = /(?:en|wl|ww)x$/.test(token.slice(0, match.index));
    if (!isInterface && !hex.isKnown(match[0].toLowerCase())) continue;
    const [original] = match;
    found.push({ at: from + match.index, type: 'mac', original, address: original, text: hex.of('mac', original) });
  }
  return found;
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
