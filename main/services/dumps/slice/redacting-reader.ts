import { readHead } from '../../../domain/dump/read-head.ts';
import { findError } from '../../../domain/dump/read-result.ts';
import type { Learner, Redactor } from '../../../domain/redact/redactor.ts';
import type { SliceEntry, SliceSource } from './slice-source.ts';

/** Larger outputs are looked at in pieces, each with so much of its neighbours that nothing is cut in two. */
const pieceBytes = 1 << 20;
const aroundBytes = 32 << 10;

/** Parts of an entry that are looked at on their own, because one does not go on in the next. */
interface Part {
  readonly from: number;
  readonly to: number;
  readonly ending: 'whole' | 'cut';
}

function bodyParts({ bodyOffset, bodyEnd, stderr, end, isCut }: SliceEntry): Part[] {
  const ending = isCut ? 'cut' : 'whole';
  const stderrAt = bodyEnd - stderr;
  const parts: Part[] = [
    { from: bodyOffset, to: stderrAt, ending },
    { from: stderrAt, to: bodyEnd, ending },
    { from: bodyEnd, to: end, ending: 'whole' },
  ];
  return parts.filter(({ from, to }) => to > from);
}

interface Piece {
  readonly bytes: Uint8Array;
  /** Which of the bytes are this piece's own. */
  readonly from: number;
  readonly to: number;
  readonly isLast: boolean;
}

async function* piecesOf(source: SliceSource, { from, to }: Part): AsyncGenerator<Piece> {
  for (let at = from; at < to; at += pieceBytes) {
    const end = Math.min(to, at + pieceBytes);
    const [first, last] = [Math.max(from, at - aroundBytes), Math.min(to, end + aroundBytes)];
    const bytes = await source.read(first, last - first);
    yield { bytes, from: at - first, to: Math.min(bytes.length, end - first), isLast: last === to };
  }
}

/** Where a head says what the host, or a person, chose: the command line and, where it never ran, why. */
function headParts(head: Uint8Array, isOwn: boolean): { from: number; to: number }[] {
  const read = readHead(head, 0);
  if (read === null) return [{ from: 0, to: head.length }];
  const lineEnd = head.indexOf(10, read.resultAt);
  const error = findError(head, read.resultAt, lineEnd < 0 ? head.length : lineEnd);
  const command = { from: head.indexOf(10) + 3, to: read.resultAt - 1 };
  return [...(isOwn ? [] : [command]), ...(error === null ? [] : [error])];
}

/** Reads an entry as it is, in pieces. */
export async function* plainEntry(source: SliceSource, { offset, end }: SliceEntry): AsyncGenerator<Uint8Array> {
  for (let at = offset; at < end; at += pieceBytes) yield await source.read(at, Math.min(pieceBytes, end - at));
}

export async function learnEntry(
  source: SliceSource,
  entry: SliceEntry,
  learner: Learner,
  onBytes: (bytes: number) => Promise<void>,
): Promise<void> {
  const head = await source.read(entry.offset, entry.bodyOffset - entry.offset);
  for (const { from, to } of headParts(head, entry.isOwn)) learner.learn(head.subarray(from, to));
  await onBytes(head.length);
  for (const part of bodyParts(entry)) {
    for await (const { bytes, from, to } of piecesOf(source, part)) {
      learner.learn(bytes);
      if (part.from === entry.bodyOffset) learner.learnOutput(entry.command, bytes.subarray(from, to));
      await onBytes(to - from);
    }
  }
}

/** The same bytes with pseudonyms in them. */
export async function* redactedEntry(
  source: SliceSource,
  entry: SliceEntry,
  redactor: Redactor,
): AsyncGenerator<Uint8Array> {
  const head = Uint8Array.from(await source.read(entry.offset, entry.bodyOffset - entry.offset));
  for (const { from, to } of headParts(head, entry.isOwn)) {
    head.set(redactor.redact(head.subarray(from, to), 'whole'), from);
  }
  yield head;
  for (const part of bodyParts(entry)) {
    for await (const { bytes, from, to, isLast } of piecesOf(source, part)) {
      yield redactor.redact(bytes, isLast ? part.ending : 'whole').subarray(from, to);
    }
  }
}

/** Of an entry of `samples.log`: the time and the kind in its first line stay. */
export function learnSample(sample: Uint8Array, learner: Learner): void {
  learner.learn(sample.subarray(sample.indexOf(10) + 1));
}

export function redactedSample(sample: Uint8Array, redactor: Redactor): Uint8Array {
  const from = sample.indexOf(10) + 1;
  const redacted = Uint8Array.from(sample);
  redacted.set(redactor.redact(sample.subarray(from), 'strings'), from);
  return redacted;
}
