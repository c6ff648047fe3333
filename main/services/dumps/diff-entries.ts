import type { Entry, EntryDiff, EntryRef, openDumpContract } from '../../contract/dumps.ts';
import { FaultError } from '../../contract/faults.ts';
import type { Client } from '../../contract/rpc/definition.ts';
import { diffLines } from '../../domain/dump/diff-lines.ts';

type DumpOf = (hostId: string) => Client<typeof openDumpContract>;

/** So much of each output is compared. */
const maxBytes = 1 << 20;

/** Compares what two runs printed, line by line. Throws a `FaultError` `not_found` for a run that there is not. */
export async function diffEntries(
  left: EntryRef,
  right: EntryRef,
  dumpOf: DumpOf,
  signal: AbortSignal,
): Promise<EntryDiff> {
  const [a, b] = await Promise.all([left, right].map((ref) => readRun(ref, dumpOf, signal)));
  if (a === undefined || b === undefined) throw new FaultError('internal', 'compare', 'A run is missing.');
  const { lines, added, removed, cut } = diffLines(a.text, b.text);
  const identical = added === 0 && removed === 0 && a.entry.size === b.entry.size;
  const isCut = cut || Math.max(a.entry.size, b.entry.size) > maxBytes;
  return { left: a.entry, right: b.entry, identical, added, removed, lines: [...lines], cut: isCut };
}

async function readRun(
  { hostId, position }: EntryRef,
  dumpOf: DumpOf,
  signal: AbortSignal,
): Promise<{ entry: Entry; text: string }> {
  const client = dumpOf(hostId);
  const { entries } = await client['dumps.page']({ hostId, filter: {}, from: position, limit: 1 }, signal);
  const entry = entries[0];
  if (entry === undefined) throw new FaultError('not_found', 'compare', `There is no entry ${position}.`);
  const decoder = new TextDecoder();
  const length = Math.min(entry.size, maxBytes);
  let text = '';
  if (length > 0) {
    for await (const chunk of client['dumps.bytes']({ hostId, offset: entry.offset, length }, signal)) {
      text += decoder.decode(chunk, { stream: true });
    }
  }
  return { entry, text: text + decoder.decode() };
}
