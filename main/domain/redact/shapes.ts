import { hexValue, isDigit, textBetween } from './characters.ts';
import { parseIpv6 } from './ipv6.ts';

/** What is known by its shape, whatever stands around it. */
export type ShapeType = 'ipv4' | 'ipv6' | 'mac' | 'uuid' | 'id';
export type OnShape = (type: ShapeType, from: number, to: number) => void;

const dot = 0x2e;
const colon = 0x3a;
const dash = 0x2d;

const alphanumeric = Uint8Array.from({ length: 256 }, (_, code) =>
  Number(/[0-9A-Za-z]/.test(String.fromCharCode(code))),
);

/**
 * The shapes in one word: a run of letters, digits, `.`, `:`, `-` and what else a token may have. Every place is looked
 * at once, and no look goes further than the longest address, so that a hostile word costs no more than its length.
 */
export function findShapes(bytes: Uint8Array, from: number, to: number, onShape: OnShape): void {
  for (let at = from; at < to; ) {
    const isStart = alphanumeric[bytes[at] as number] === 1 || isDoubleColon(bytes, at, to);
    const end =
      isStart && !(at > 0 && alphanumeric[bytes[at - 1] as number] === 1) ? shapeAt(bytes, at, to, onShape) : at;
    at = Math.max(end, at + 1);
  }
}

function isDoubleColon(bytes: Uint8Array, at: number, to: number): boolean {
  return at + 1 < to && bytes[at] === colon && bytes[at + 1] === colon;
}

/** Where the shape that begins there ends; `at` when there is none. */
function shapeAt(bytes: Uint8Array, at: number, to: number, onShape: OnShape): number {
  const hex = hexRun(bytes, at, to);
  const told = (type: ShapeType, end: number): number => {
    onShape(type, at, end);
    return end;
  };
  if (hex === 8 && bytes[at + 8] === dash) {
    const end = uuidEnd(bytes, at, to);
    if (end > at) return told('uuid', end);
  }
  if (hex === 2 && (bytes[at + 2] === colon || bytes[at + 2] === dash)) {
    const end = macEnd(bytes, at, to, bytes[at + 2] as number);
    if (end > at) return told('mac', end);
  }
  if (hex === 4 && bytes[at + 4] === dot) {
    const end = dottedMacEnd(bytes, at, to);
    if (end > at) return told('mac', end);
  }
  if (hex >= 1 && hex <= 3 && bytes[at + hex] === dot) {
    const end = ipv4End(bytes, at, to);
    if (end > at) return told('ipv4', end);
  }
  if (hex <= 4 && bytes[at + hex] === colon) {
    const end = ipv6End(bytes, at, to);
    if (end > at) return told('ipv6', end);
  }
  if (hex >= 32 && isAlone(bytes, at + hex, to) && isId(bytes, at, at + hex)) return told('id', at + hex);
  return at;
}

function hexRun(bytes: Uint8Array, at: number, to: number): number {
  let end = at;
  while (end < to && (hexValue[bytes[end] as number] as number) < 16) end += 1;
  return end - at;
}

function isAlone(bytes: Uint8Array, end: number, to: number): boolean {
  return end >= to || alphanumeric[bytes[end] as number] === 0;
}

/** Letters and digits, and not one digit over and over, as in a mask. */
function isId(bytes: Uint8Array, from: number, to: number): boolean {
  let digits = 0;
  let changes = 0;
  for (let at = from; at < to; at++) {
    if (isDigit(bytes[at] as number)) digits += 1;
    if (at > from && bytes[at] !== bytes[at - 1]) changes += 1;
  }
  return digits > 0 && digits < to - from && changes > 8;
}

function uuidEnd(bytes: Uint8Array, at: number, to: number): number {
  let end = at;
  for (const length of [8, 4, 4, 4, 12]) {
    if (end > at) {
      if (bytes[end] !== dash) return at;
      end += 1;
    }
    if (hexRun(bytes, end, Math.min(to, end + length)) < length) return at;
    end += length;
  }
  return isAlone(bytes, end, to) ? end : at;
}

/** Six pairs, or eight of an EUI-64, or the twenty of InfiniBand, with one separator between them. */
function macEnd(bytes: Uint8Array, at: number, to: number, separator: number): number {
  let pairs = 0;
  let end = at;
  while (pairs < 20 && hexRun(bytes, end, Math.min(to, end + 2)) === 2) {
    pairs += 1;
    end += 2;
    if (bytes[end] !== separator || end >= to) break;
    end += 1;
  }
  if (bytes[end - 1] === separator && end > at) end -= 1;
  return (pairs === 6 || pairs === 8 || pairs === 20) && isAlone(bytes, end, to) ? end : at;
}

/** `aabb.ccdd.eeff`, as switches write it. */
function dottedMacEnd(bytes: Uint8Array, at: number, to: number): number {
  const end = at + 14;
  if (end > to || bytes[at + 9] !== dot || !isAlone(bytes, end, to) || bytes[end] === dot) return at;
  const isMac = [at, at + 5, at + 10].every((part) => hexRun(bytes, part, part + 4) === 4);
  return isMac && /[a-f]/i.test(textBetween(bytes, at, end)) ? end : at;
}

const versionBefore = /(?:\bv|\bver\.?|version|release|firmware|kernel|driver)[\s"':=]{0,4}$/i;

function ipv4End(bytes: Uint8Array, at: number, to: number): number {
  const before = bytes[at - 1];
  // Part of something with more numbers, such as an OID, or of a version.
  if (at > 0 && (before === dot || before === 0x2b || before === 0x7e)) return at;
  let end = at;
  for (let part = 0; part < 4; part++) {
    if (part > 0) {
      if (bytes[end] !== dot || end >= to) return at;
      end += 1;
    }
    const start = end;
    let number = 0;
    while (end < to && end < start + 3 && isDigit(bytes[end] as number)) {
      number = number * 10 + (bytes[end] as number) - 48;
      end += 1;
    }
    if (end === start || number > 255 || (end - start > 1 && bytes[start] === 0x30)) return at;
  }
  if (!isAlone(bytes, end, to)) return at;
  const after = bytes[end];
  if (end + 1 < to && after === dot && isDigit(bytes[end + 1] as number)) return at;
  if (end + 1 < to && (after === dash || after === 0x2b || after === 0x7e) && !rangeFollows(bytes, end + 1, to))
    return at;
  return versionBefore.test(textBetween(bytes, at - 16, at)) ? at : end;
}

/** `10.0.0.1-10.0.0.9`, and not the `-5ubuntu1` of a package. */
function rangeFollows(bytes: Uint8Array, at: number, to: number): boolean {
  return /^\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}/.test(textBetween(bytes, at, Math.min(to, at + 15)));
}

function ipv6End(bytes: Uint8Array, at: number, to: number): number {
  let end = at;
  const most = Math.min(to, at + 40);
  let colons = 0;
  let isShort = false;
  for (; end < most && (bytes[end] === colon || (hexValue[bytes[end] as number] as number) < 16); end++) {
    if (bytes[end] !== colon) continue;
    colons += 1;
    isShort ||= bytes[end - 1] === colon && end > at;
  }
  if (colons < 7 && !isShort) return at;
  // The beginning of an IPv4 address behind it belongs to that, and a colon at the end to the sentence.
  if (bytes[end] === dot) while (end > at && bytes[end - 1] !== colon) end -= 1;
  if (bytes[end - 1] === colon && bytes[end - 2] !== colon) end -= 1;
  if (!isAlone(bytes, end, to)) return at;
  const text = textBetween(bytes, at, end);
  return (/\d/.test(text) || /^f[de]/i.test(text)) && parseIpv6(text) !== null ? end : at;
}
