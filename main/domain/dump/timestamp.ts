import { digitsEnd } from './ascii.ts';

const encoder = new TextEncoder();

/** Milliseconds since the epoch, with whole microseconds as the fraction: as exact as a dump can say it. */
export function toMicroseconds(milliseconds: number): number {
  return Math.round(milliseconds * 1000) / 1000;
}

/** `2026-04-22T20:13:19.123456Z`, from milliseconds since the epoch between the years 0 and 9999; exact until 2109. */
export function formatTimestamp(milliseconds: number): string {
  const microseconds = Math.round(milliseconds * 1000);
  const second = Math.floor(microseconds / 1e6);
  const fraction = String(microseconds - second * 1e6).padStart(6, '0');
  return `${new Date(second * 1000).toISOString().slice(0, 19)}.${fraction}Z`;
}

/** Milliseconds since the epoch; null when this is not such a time in UTC. More than six digits are cut. */
export function parseTimestamp(text: string): number | null {
  const bytes = encoder.encode(text);
  return readTimestamp(bytes, 0, bytes.length);
}

/** As `parseTimestamp`, of the bytes between `from` and `to`. */
export function readTimestamp(bytes: Uint8Array, from: number, to: number): number | null {
  const fraction = readFraction(bytes, from + 19, to - 1);
  const isDivided =
    bytes[from + 4] === dash && bytes[from + 7] === dash && bytes[from + 10] === 0x54 && bytes[to - 1] === 0x5a;
  if (fraction === null || !isDivided || bytes[from + 13] !== colon || bytes[from + 16] !== colon) return null;
  const year = readPart(bytes, from, 4, 9999);
  const month = readPart(bytes, from + 5, 2, 12);
  const day = readPart(bytes, from + 8, 2, 31);
  const hour = readPart(bytes, from + 11, 2, 23);
  const minute = readPart(bytes, from + 14, 2, 59);
  const second = readPart(bytes, from + 17, 2, 59);
  if (year < 0 || month < 1 || day < 1 || day > daysIn(year, month) || hour < 0 || minute < 0 || second < 0)
    return null;
  const seconds = ((daysSinceEpoch(year, month, day) * 24 + hour) * 60 + minute) * 60 + second;
  return (seconds * 1e6 + fraction) / 1000;
}

const zero = 0x30;
const dash = 0x2d;
const colon = 0x3a;
const point = 0x2e;

/** That many digits as a number; -1 when they are none, or more than `most`. */
function readPart(bytes: Uint8Array, from: number, digits: number, most: number): number {
  let number = 0;
  for (let at = from; at < from + digits; at++) {
    const digit = (bytes[at] ?? 0) - zero;
    if (digit < 0 || digit > 9) return -1;
    number = number * 10 + digit;
  }
  return number > most ? -1 : number;
}

/** Microseconds from `.123456`, with one to nine digits, or from nothing; null for anything else. */
function readFraction(bytes: Uint8Array, from: number, to: number): number | null {
  if (from === to) return 0;
  if (to < from + 2 || bytes[from] !== point || digitsEnd(bytes, from + 1, 9) !== to) return null;
  let microseconds = 0;
  for (let at = from + 1; at < from + 7; at++) {
    microseconds = microseconds * 10 + (at < to ? (bytes[at] as number) - zero : 0);
  }
  return microseconds;
}

function daysIn(year: number, month: number): number {
  if (month !== 2) return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
}

/** Of the Gregorian calendar; counted in years that begin in March: https://howardhinnant.github.io/date_algorithms.html */
function daysSinceEpoch(year: number, month: number, day: number): number {
  const shifted = month > 2 ? year : year - 1;
  const leapDays = Math.floor(shifted / 4) - Math.floor(shifted / 100) + Math.floor(shifted / 400);
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  return shifted * 365 + leapDays + dayOfYear - 719_468;
}
