import { UsageError } from './usage.ts';

/** A week. */
const maxMinutes = 10_080;

/** Throws a `UsageError` for a word that is none of these; so do the others for what they cannot read. */
export function oneOf<Known extends string>(word: string, known: readonly Known[], what: string): Known {
  const found = known.find((one) => one === word);
  if (found === undefined) throw new UsageError(`There is no ${what} "${word}"; there are ${known.join(', ')}.`);
  return found;
}

export function parseSeconds(text: string): number {
  const seconds = Number(text);
  if (text.trim() !== '' && seconds > 0 && Number.isFinite(seconds)) return seconds;
  throw new UsageError(`"${text}" is no number of seconds.`);
}

export function parseMinutes(text: string): number {
  const minutes = Number(text);
  if (text.trim() !== '' && minutes > 0 && minutes <= maxMinutes) return minutes;
  throw new UsageError(`"${text}" is no number of minutes: they go up to ${maxMinutes}.`);
}

export function parsePort(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port > 0 && port <= 65_535) return port;
  throw new UsageError(`"${text}" is no port: they go from 1 to 65535.`);
}

export function parseNumber(text: string, what: string): number {
  if (/^-?\d{1,15}$/.test(text)) return Number(text);
  throw new UsageError(`"${text}" is no ${what}.`);
}

/** A time as dumps write it; without a zone it is in UTC, as theirs. */
export function parseInstant(text: string): number {
  const at = Date.parse(/(Z|[+-]\d\d:?\d\d)$/i.test(text) ? text : `${text}Z`);
  if (!Number.isNaN(at)) return at;
  throw new UsageError(`"${text}" is no time such as 2026-04-22T20:13:19Z.`);
}
