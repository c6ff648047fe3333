import { cutText } from '../cut-text.ts';

/** Values out of what a host calls JSON: whatever is not there, or is not what it should be, is null. */

export type Loose = Readonly<Record<string, unknown>>;

/** What the text says as JSON; undefined where it is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export function looseObject(value: unknown): Loose | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Loose) : null;
}

/** The objects of a list, the first `most` of them. */
export function looseObjects(value: unknown, most: number): Loose[] {
  if (!Array.isArray(value)) return [];
  return value.slice(0, most).flatMap((one: unknown) => {
    const found = looseObject(one);
    return found === null ? [] : [found];
  });
}

/** A number that is one and not below zero, as a number or as digits. */
export function looseNumber(value: unknown): number | null {
  if (typeof value === 'string') return /^\d{1,20}(?:\.\d{1,20})?(?:e-?\d{1,2})?$/.test(value) ? Number(value) : null;
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : null;
}

/** The same where it has no fraction. */
export function looseCount(value: unknown): number | null {
  const number = looseNumber(value);
  return number !== null && Number.isSafeInteger(number) ? number : null;
}

/** 0, 1, `"1"`, true or false. */
export function looseFlag(value: unknown): boolean | null {
  if (typeof value === 'boolean') return value;
  if (value === 1 || value === '1') return true;
  return value === 0 || value === '0' ? false : null;
}

/** A text that is not empty, cut to so many UTF-16 units; numbers are names too. */
export function looseText(value: unknown, most: number): string | null {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? cutText(value, most) : null;
}
