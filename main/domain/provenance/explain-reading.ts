import type { Provenance, SourceRecord } from '../../contract/provenance.ts';
import type { Collector } from '../collect/collector.ts';
import { commandIndexOf } from '../collect/command-line.ts';
import { cutText } from '../collect/cut-text.ts';
import type { CommandRecord } from '../collect/record.ts';
import { roundMark } from '../collect/round-lines.ts';
import { formulaOf } from './formulas.ts';
import type { Mark } from './marks.ts';
import { pathKind, type ReadingPath } from './reading-path.ts';
import { traceReading } from './trace-reading.ts';
import { type Input, workedOf } from './worked.ts';

/** A record with the round that told it. */
export interface Source {
  readonly round: SourceRecord['round'];
  readonly record: CommandRecord;
}

/** What is shown of one output, with a used part and without; of how many outputs; and marks of one at most. */
const maxUsedBytes = 64 << 10;
const maxOtherBytes = 4 << 10;
const maxRecords = 48;
const maxMarks = 400;

/**
 * Where a reading comes from, out of the records of its round and of the one before. Yields as `traceReading` does.
 * @param sources in order: the round before, as far as there is one, then this one; what was told once stands behind
 *   the beginning of the first of them
 * @param plus further readings of the same collector that are added to it
 */
export function* explainReading(
  collectors: readonly Collector[],
  sources: readonly Source[],
  path: ReadingPath,
  plus: readonly ReadingPath[] = [],
): Generator<undefined, Provenance, undefined> {
  const id = path[0] === 'problems' ? path[1] : path[0];
  const known = collectors.find((one) => one.id === id);
  const collector = id === 'clock' ? clock : known;
  if (collector === undefined) return nothing(String(id), '', 'No collector tells this.');
  const index = commandIndexOf(collectors);
  const own = sources.filter(({ record: { command } }) => {
    return (
      collector.ofWholeRound ||
      roundMark(command) !== null ||
      (known !== undefined && index.byLine(command)?.collector === known)
    );
  });
  if (own.length === 0)
    return nothing(collector.id, collector.about, 'What the host printed for it is not kept any more.');
  const { sample, value, marks, ofLines, used, complete } = yield* traceReading(
    known === undefined
      ? []
      : known.ofWholeRound
        ? collectors.map((one) => (one === known ? one : silent(one)))
        : [known],
    own.map(({ record }) => record),
    path,
    plus,
  );
  const problem = sample?.data.problems[collector.id] ?? null;
  const isValue = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
  const inputs = marks.map((mark) => inputOf(own[mark.record] as Source, mark));
  return {
    ...{ collector: collector.id, about: collector.about, complete },
    ...{ status: problem?.status ?? 'ok', reason: problem?.reason ?? null, remedy: problem?.remedy ?? null },
    value: isValue ? value : null,
    formula: isValue ? formulaFor(pathKind(path), ofLines, 1 + plus.length) : null,
    worked: isValue
      ? cutOrNull(ofLines ? linesWords(marks.length, value) : workedOf(pathKind(path), value, inputs))
      : null,
    records: shownRecords(own, marks, used),
  };
}

/** What begins every round is of no collector. */
const clock = {
  id: 'clock',
  about: 'Uptime and boot of the host, read at the beginning of every round.',
  ofWholeRound: false,
};

function nothing(collector: string, about: string, reason: string): Provenance {
  const unknown = { value: null, formula: null, worked: null, complete: true, records: [] };
  return { collector, about, status: 'gone', reason, remedy: null, ...unknown };
}

/** The commands of a collector, without its readings. */
function silent(collector: Collector): Collector {
  return { ...collector, parse: () => ({ status: 'absent', reason: 'Not asked.' }) };
}

function formulaFor(kind: string, ofLines: boolean, summed: number): string | null {
  const formula = formulaOf(kind) ?? (ofLines ? 'counted, or put together, out of the lines that are marked' : null);
  if (summed === 1) return formula;
  return formula === null ? `the sum of ${summed}` : `the sum of ${summed}, each of them ${formula}`;
}

/** Where a line is one of what is counted. */
function linesWords(lines: number, value: unknown): string | null {
  return lines === value ? `${lines} marked ${lines === 1 ? 'line' : 'lines'}` : null;
}

function cutOrNull(text: string | null): string | null {
  return text === null ? null : cutText(text, 2000);
}

function inputOf({ round, record }: Source, { start, end }: Mark): Input {
  const { stdout } = record;
  const lineEnd = stdout.indexOf(10, end);
  const line = latin1(stdout, lineStart(stdout, start), Math.min(lineEnd < 0 ? stdout.length : lineEnd, end + 512));
  return { round, isClock: roundMark(record.command) !== null, text: latin1(stdout, start, end), line };
}

/** Those that were used first of all, and the round's frame only where its clock was used. */
function shownRecords(sources: readonly Source[], marks: readonly Mark[], unmarked: readonly number[]): SourceRecord[] {
  const shown = sources.flatMap(({ round, record }, index) => {
    const own = marks.filter((mark) => mark.record === index).slice(0, maxMarks);
    const told = toldRecord(round, record, own, unmarked.includes(index));
    const isBeside = !told.used && (roundMark(record.command) !== null || round === 'before');
    return isBeside ? [] : [told];
  });
  return shown.sort((a, b) => Number(b.used) - Number(a.used)).slice(0, maxRecords);
}

function toldRecord(
  round: Source['round'],
  record: CommandRecord,
  used: readonly Mark[],
  isUsed: boolean,
): SourceRecord {
  const { command, endedAt, exit, error, durationMs, truncated, timedOut, stdout, stderr } = record;
  const most = used.length > 0 ? maxUsedBytes : maxOtherBytes;
  const first = used[0]?.start ?? 0;
  const offset = stdout.length <= most || first < most / 2 ? 0 : lineStart(stdout, first - most / 4);
  const end = Math.min(stdout.length, offset + most);
  return {
    ...{ command: cutText(command, 8000), ended_at: endedAt, round, exit, error, duration_ms: durationMs },
    ...{ truncated, timed_out: timedOut, size: stdout.length, offset },
    ...{ bytes: latin1(stdout, offset, end), stderr: latin1(stderr, 0, Math.min(stderr.length, maxOtherBytes)) },
    marks: used.filter((mark) => mark.end <= end).map((mark) => [mark.start, mark.end]),
    used: used.length > 0 || isUsed,
  };
}

function lineStart(bytes: Uint8Array, from: number): number {
  return bytes.lastIndexOf(10, Math.max(0, Math.floor(from))) + 1;
}

function latin1(bytes: Uint8Array, from: number, to: number): string {
  let text = '';
  for (let at = from; at < to; at += 4096) text += String.fromCharCode(...bytes.subarray(at, Math.min(to, at + 4096)));
  return text;
}
