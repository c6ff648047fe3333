import type { Provenance, ReadingPath, SourceRecord } from '../../contract/provenance.ts';
import type { Kind } from '../../contract/samples.ts';
import { cutText } from '../collect/cut-text.ts';
import { exactWords, readingWords } from '../present/reading-words.ts';
import { visible, visibleLines } from '../present/words.ts';

export interface ReportedReading {
  readonly path: ReadingPath;
  readonly told: Provenance;
}

export interface SourceReport {
  readonly version: string;
  readonly kind: Kind;
  /** When the sample's round began. */
  readonly collectedAt: string;
  readonly readings: readonly ReportedReading[];
}

/** Lines around a used one that are told; of an output that holds none, the first lines. */
const around = 4;
const mostLines = 40;
/** A report is pasted into a form. */
const mostLetters = 120_000;

/** Where readings come from, as a text for who knows the collectors. What was used stands in ⟦ ⟧. */
export function sourceReport({ version, kind, collectedAt, readings }: SourceReport): string {
  const head = [
    `Rackside ${version}: where a number comes from`,
    `Sample: ${kind}, ${collectedAt}. Used bytes stand in ⟦ ⟧. Names, addresses and secrets are replaced.`,
  ];
  const text = [...head, ...readings.flatMap(readingLines)].join('\n');
  return text.length > mostLetters
    ? `${text.slice(0, mostLetters)}\n… cut: the report is longer than ${mostLetters} letters`
    : `${text}\n`;
}

function readingLines({ path, told }: ReportedReading): string[] {
  const { status, reason, remedy, value, formula, worked, collector, about, complete, records } = told;
  const fact = (name: string, text: string | null) =>
    text === null ? [] : [`${name.padEnd(11)}${visible(text, 2000)}`];
  const used = records.filter((record) => record.used);
  const shown = used.length > 0 ? used : records.slice(0, 6);
  const others = records.filter((record) => !shown.includes(record));
  return [
    '',
    `== ${readingWords(path)} ==`,
    ...fact('path', JSON.stringify(path)),
    ...fact('value', exactWords(path, value)),
    ...fact('status', status),
    ...fact('reason', reason),
    ...fact('remedy', remedy),
    ...fact('formula', formula),
    ...fact('here', worked),
    ...fact('collector', `${collector}: ${about}`),
    ...(complete ? [] : ['The search for used bytes was given up: more may be used than is marked.']),
    ...shown.flatMap((record) => ['', ...recordHead(record), ...outputLines(record)]),
    ...(others.length === 0 ? [] : ['', 'Asked as well, and not used:', ...others.flatMap(recordHead)]),
  ];
}

function recordHead(record: SourceRecord): string[] {
  const { command, round, ended_at: at, exit, error, duration_ms: ms, size, truncated, timed_out: timedOut } = record;
  const facts = [
    `${round} round`,
    new Date(at).toISOString(),
    error === null ? `exit ${exit ?? 'none'}` : `error ${visible(error, 400)}`,
    `${ms} ms`,
    `${size} bytes`,
    ...(truncated ? ['truncated'] : []),
    ...(timedOut ? ['timed out'] : []),
  ];
  return [`$ ${visible(command, 4000)}`, `  (${facts.join(', ')})`];
}

/** The lines of an output that hold something used, and their neighbours. */
function outputLines(record: SourceRecord): string[] {
  const { stderr, marks } = record;
  const lines = linesOf(record);
  const isNear = (at: number) =>
    marks.length === 0 || lines.slice(Math.max(0, at - around), at + around + 1).some(({ isUsed }) => isUsed);
  const told: string[] = [];
  let left = 0;
  const tellLeft = () => {
    if (left > 0) told.push(`  … ${left} lines`);
    left = 0;
  };
  for (const [at, { text }] of lines.entries()) {
    if (told.length >= mostLines || !isNear(at)) left += 1;
    else {
      tellLeft();
      told.push(`  ${text}`);
    }
  }
  tellLeft();
  const errors = stderr === '' ? [] : linesOf({ bytes: stderr, offset: 0, marks: [] }).slice(0, mostLines);
  return [...told, ...errors.map(({ text }) => `  standard error: ${text}`)];
}

/** The lines of what is shown of an output, with the signs for what was used. */
function linesOf({ bytes, offset, marks }: Pick<SourceRecord, 'bytes' | 'offset' | 'marks'>) {
  let start = offset;
  return bytes
    .replace(/\n$/, '')
    .split('\n')
    .map((line) => {
      const [from, end] = [start, start + line.length];
      start = end + 1;
      const own = marks.filter(([first, last]) => first < end && last > from);
      let told = '';
      let at = from;
      for (const [first, last] of own) {
        told += `${shown(line.slice(at - from, first - from))}⟦${shown(line.slice(first - from, last - from))}⟧`;
        at = last;
      }
      return { text: cutText(told + shown(line.slice(at - from)), 2000), isUsed: own.length > 0 };
    });
}

const decoder = new TextDecoder();

function shown(bytes: string): string {
  return visibleLines(decoder.decode(Uint8Array.from(bytes, (one) => one.charCodeAt(0))));
}
