import type { Provenance, SourceRecord } from '../../contract/provenance.ts';
import type { Collector } from '../collect/collector.ts';
import { commandIndexOf } from '../collect/command-line.ts';
import { cutText } from '../collect/cut-text.ts';
import type { CommandRecord } from '../collect/record.ts';
import { roundMark } from '../collect/round-lines.ts';
import { formulaOf } from './formulas.ts';
import { pathKind, type ReadingPath } from './reading-path.ts';
import { type Mark, traceReading } from './trace-reading.ts';
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
 */
export function* explainReading(
  collectors: readonly Collector[],
  sources: readonly Source[],
  path: ReadingPath,
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
  const { sample, value, marks, complete } = yield* traceReading(
    known === undefined
      ? []
      : known.ofWholeRound
        ? collectors.map((one) => (one === known ? one : silent(one)))
        : [known],
    own.map(({ record }) => record),
    path,
  );
  const problem = sample?.data.problems[collector.id] ?? null;
  const isValue = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
  const inputs = marks.map((mark) => inputOf(own[mark.record] as Source, mark));
  return {
    ...{ collector: collector.id, about: collector.about, complete },
    ...{ status: problem?.status ?? 'ok', reason: problem?.reason ?? null, remedy: problem?.remedy ?? null },
    value: isValue ? value : null,
    formula: isValue ? formulaOf(pathKind(path)) : null,
    worked: isValue ? cutOrNull(workedOf(pathKind(path), value, inputs)) : null,
    records: shownRecords(own, marks),
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

function cutOrNull(text: string | null): string | null {
  return text === null ? null : cutText(text, 2000);
}

function inputOf({ round, record }: Source, { start, end }: Mark): Input {
  const { stdout } = record;
  const lineEnd = stdout.indexOf(10, end);
  const line = latin1(stdout, lineStart(stdout, start), Math.min(lineEnd < 0 ? stdout.length : lineEnd, end + 512));
  return { round, isClock: roundMark(record.command) !== null, text: latin1(stdout, start, end), line };
}

/** Those with a used part first of all, and the round's frame only where its clock was used. */
function shownRecords(sources: readonly Source[], marks: readonly Mark[]): SourceRecord[] {
  const shown = sources.flatMap(({ round, record }, index) => {
    const used = marks.filter((mark) => mark.record === index).slice(0, maxMarks);
    if (used.length === 0 && (roundMark(record.command) !== null || round === 'before')) return [];
    return [{ used: used.length, told: toldRecord(round, record, used) }];
  });
  return shown
    .sort((a, b) => Number(b.used > 0) - Number(a.used > 0))
    .slice(0, maxRecords)
    .map(({ told }) => told);
}

function toldRecord(round: Source['round'], record: CommandRecord, used: readonly Mark[]): SourceRecord {
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
