import type { Entry, EntryDiff, EntryRef } from '../../contract/dump-entries.ts';
import type { openDumpContract } from '../../contract/dumps.ts';
import { FaultError } from '../../contract/faults.ts';
import type { Client } from '../../contract/rpc/definition.ts';
import { diffLines } from '../../domain/dump/diff-lines.ts';

/** A run, and who answers for its dump. */
export interface Run {
  readonly client: Pick<Client<typeof openDumpContract>, 'dumps.page' | 'dumps.bytes'>;
  readonly ref: EntryRef;
}

/** So much of each output is compared. */
const maxBytes = 1 << 20;

/** Compares what two runs printed, line by line. Throws a `FaultError` `not_found` for a run that there is not. */
export async function diffEntries(left: Run, right: Run, signal: AbortSignal): Promise<EntryDiff> {
  const [a, b] = await Promise.all([readRun(left, signal), readRun(right, signal)]);
  const { lines, added, removed, cut } = diffLines(a.text, b.text);
  const identical = added === 0 && removed === 0 && a.entry.size === b.entry.size;
  const isCut = cut || Math.max(a.entry.size, b.entry.size) > maxBytes;
  return { left: a.entry, right: b.entry, identical, added, removed, lines: [...lines], cut: isCut };
}

async function readRun({ client, ref }: Run, signal: AbortSignal): Promise<{ entry: Entry; text: string }> {
  const { hostId, position } = ref;
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
