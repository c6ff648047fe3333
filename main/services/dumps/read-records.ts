import { setImmediate } from 'node:timers/promises';
import type { Kind } from '../../contract/samples.ts';
import type { CommandRecord } from '../../domain/collect/record.ts';
import type { BodyLimit } from '../../domain/dump/body-limits.ts';
import type { Place } from '../../domain/dump/entry-table.ts';
import { type EntryHead, type EntryTexts, maxHeadBytes, readHead, readTexts } from '../../domain/dump/read-head.ts';
import type { CommandsLog } from './commands-log.ts';
import { createFileWindow, type FileWindow } from './file-window.ts';

/** After so many entries others have their turn: most of them are in memory, and nothing else would wait. */
const turn = 256;

/**
 * The records of the entries between two positions that are whole, in the order of the file. `limitOf` says from a command
 * line how much of the body is read; null leaves the entry out, and its body unread. With a kind, only what its rounds
 * are made of.
 */
export async function* readRecords(
  log: CommandsLog,
  from: number,
  to: number,
  limitOf: (command: string) => BodyLimit | null,
  only?: Kind,
): AsyncGenerator<CommandRecord> {
  const { table, commands } = log;
  const file = createFileWindow(log.file);
  for (let position = from; position < to; position++) {
    if (position % turn === turn - 1) await setImmediate();
    const place = table.place(position);
    if (place.state === 'torn' || place.state === 'suspect') continue;
    // Of no round, or of another one: its head need not be read either.
    const kind = commands.commands[table.commandOf(position)]?.kind ?? null;
    if (kind === null || (only !== undefined && kind !== only)) continue;
    const head = await readHeadAt(file, place);
    const limit = head === null ? null : limitOf(head.command);
    if (head === null || limit === null) continue;
    const { command, at: endedAt, exit, error, durationMs, timedOut } = head;
    const stderrSize = Math.min(head.stderr, place.size);
    const stdoutSize = place.size - stderrSize;
    const stdout = await readCopy(file, place.bodyOffset, Math.min(stdoutSize, limit.stdout));
    const stderr = await readCopy(file, place.bodyOffset + stdoutSize, Math.min(stderrSize, limit.stderr));
    const truncated = head.truncated || stdoutSize > limit.stdout || stderrSize > limit.stderr;
    yield { command, endedAt, exit, error, durationMs, stdout, stderr, truncated, timedOut };
  }
}

/** The head of that entry; null where the file has changed under it. */
export async function readHeadAt(
  file: FileWindow,
  { offset, bodyOffset }: Place,
): Promise<(EntryHead & EntryTexts) | null> {
  const bytes = await file.read(offset, Math.min(bodyOffset - offset, maxHeadBytes));
  const head = readHead(bytes, 0);
  return head === null ? null : { ...head, ...readTexts(bytes, 0, head) };
}

/** A copy, because the window moves on. */
async function readCopy(file: FileWindow, offset: number, length: number): Promise<Uint8Array> {
  return length === 0 ? new Uint8Array(0) : Uint8Array.from(await file.read(offset, length));
}
