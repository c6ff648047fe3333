import { BadLine, quoted } from './bad-line.ts';

const maxInt = 0x7fff_ffff;

/** A whole number from 0, as C's `int` holds it. */
export function wholeNumber(text: string | undefined): number {
  if (text === undefined || text === '') throw new BadLine('a number is missing');
  if (!/^\s*[+-]?\d+$/.test(text)) throw new BadLine(`${quoted(text)} is no whole number`);
  const value = Number(text);
  if (value < 0 || value > maxInt) throw new BadLine(`${quoted(text)} is out of range`);
  return value;
}

/** `90`, `1m30s`, `2W`: seconds; null for anything else. */
export function secondsOf(text: string): number | null {
  const part = /\s*([+-]?\d+)([smhdw]?)/giy;
  let total = 0;
  do {
    const [, digits, unit = ''] = part.exec(text) ?? [];
    if (digits === undefined) return null;
    const seconds = Number(digits) * (secondsIn[unit.toLowerCase()] ?? 1);
    total += seconds;
    if (Number(digits) < 0 || total > maxInt) return null;
  } while (part.lastIndex < text.length);
  return total;
}

const secondsIn: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 };

/** 0 to 65535, or the name of a service; null for anything else. */
export function portOf(text: string, services: ReadonlyMap<string, number>): number | null {
  if (/^\s*[+-]?\d+$/.test(text)) {
    const port = Number(text);
    if (port >= 0 && port <= 65_535) return port;
  }
  return services.get(text) ?? null;
}

/** `1G`, `1.5k`, `512`: bytes; null for anything else. */
export function bytesOf(text: string): bigint | null {
  const [, sign, whole = '', part = '', unit = ''] = /^\s*([+-]?)(\d*)(?:\.(\d*))?([bkmgtpe]?)$/i.exec(text) ?? [];
  if (sign === undefined || whole + part === '') return null;
  const scale = 1024n ** BigInt(Math.max(0, 'bkmgtpe'.indexOf(unit.toLowerCase())));
  const digits = part.slice(0, 18);
  const bytes = BigInt(whole || '0') * scale + (BigInt(digits || '0') * scale) / 10n ** BigInt(digits.length);
  if (bytes >= 2n ** 63n) return null;
  return sign === '-' ? -bytes : bytes;
}
