import { setImmediate } from 'node:timers/promises';
import type { Entry } from '../../contract/dump-entries.ts';
import type { EntryTable } from '../../domain/dump/entry-table.ts';
import type { CommandsLog } from './commands-log.ts';
import { createFileWindow } from './file-window.ts';
import { readHeadAt } from './read-records.ts';

/** After so many entries others have their turn. */
const turn = 256;
/** A page of entries ends early when their command lines have more letters than that. */
const maxPageText = 1 << 20;

/** The entries at these positions, with what their heads say; fewer where their lines are too long for a page. */
export async function readEntries(log: CommandsLog, positions: readonly number[]): Promise<Entry[]> {
  const { table, commands } = log;
  const file = createFileWindow(log.file, bytesOfRun(table, positions));
  const entries: Entry[] = [];
  let text = 0;
  for (const position of positions) {
    if (text > maxPageText) break;
    if (entries.length % turn === turn - 1) await setImmediate();
    const place = table.place(position);
    const commandId = table.commandOf(position);
    const known = commands.commands[commandId];
    const head = await readHeadAt(file, place);
    // Where the file has changed under the index, the row says what is left of it.
    const { command, exit, error, durationMs, stderr, truncated, timedOut } = head ?? {
      ...{
        command: known?.line ?? '',
        exit: null,
        error: null,
        durationMs: 0,
        stderr: 0,
        truncated: false,
        timedOut: false,
      },
    };
    text += command.length + (error?.length ?? 0);
    const { at, bodyOffset: offset, size, state } = place;
    const kind = known?.kind ?? null;
    const absent = commands.isAbsence(commandId, exit, size);
    entries.push({
      ...{ position, at, command, commandId, exit, error, durationMs, offset, size },
      ...{ stderr: Math.min(stderr, size), truncated, timedOut, state, kind, absent },
    });
  }
  return entries;
}

/** How many bytes entries take that stand one behind the other; 0 for others, between which much may lie. */
function bytesOfRun(table: EntryTable, positions: readonly number[]): number {
  const [first, last] = [positions[0], positions.at(-1)];
  if (first === undefined || last === undefined || last - first !== positions.length - 1) return 0;
  return table.place(last).bodyOffset - table.place(first).offset;
}
