import { randomUUID } from 'node:crypto';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import type { DumpNote } from '../../contract/dumps.ts';
import { FaultError } from '../../contract/faults.ts';
import type { EntryTable } from '../../domain/dump/entry-table.ts';
import { countBefore } from '../../domain/present/count-before.ts';
import { dumpFault } from './dump-fault.ts';

/**
 * What technicians wrote at places of a dump, in a small file beside it, so that notes go where the dump goes. A place
 * is an instant, with the command line and the offset of its entry: positions change when a log is indexed in another
 * way, these do not.
 */
interface KeptNote {
  readonly id: string;
  readonly at: number;
  /** Null for an instant. */
  readonly offset: number | null;
  readonly command: string;
  readonly text: string;
  readonly createdAt: number;
}

export interface DumpNotes {
  /** Oldest place first, found again among the entries as they are now. */
  list(table: EntryTable): Promise<DumpNote[]>;
  /** Adds one, replaces one, or, with an empty text, takes one away; answers it as it is now. */
  set(id: string | null, place: Omit<KeptNote, 'id' | 'text' | 'createdAt'>, text: string): Promise<string | null>;
}

export const notesFileName = 'rackside-notes.json';
const maxNotes = 5000;
const maxBytes = 32 << 20;
const step = 'note';

export function createDumpNotes(path: string, now: () => number): DumpNotes {
  let turn: Promise<unknown> = Promise.resolve();

  async function read(): Promise<KeptNote[]> {
    const text = await readFile(path, 'utf8').catch((error) => (error.code === 'ENOENT' ? '' : Promise.reject(error)));
    if (text === '') return [];
    if (text.length > maxBytes) throw new FaultError('bad_input', step, `${path} is too large for notes.`);
    try {
      const { notes } = JSON.parse(text) as { notes: unknown };
      if (Array.isArray(notes)) return notes.filter(isNote).slice(0, maxNotes);
    } catch {
      // Told below, as for any other content.
    }
    throw new FaultError('bad_input', step, `${path} holds no notes of Rackside: move it away to begin anew.`);
  }

  async function write(notes: readonly KeptNote[]): Promise<void> {
    if (notes.length === 0) return rm(path, { force: true });
    const part = `${path}.${process.pid}.part`;
    await writeFile(part, `${JSON.stringify({ rackside: 1, notes }, null, 2)}\n`, { mode: 0o600 });
    await rename(part, path);
  }

  /** One after the other: two changes at once would lose one. */
  function inTurn<Value>(work: () => Promise<Value>): Promise<Value> {
    const next = turn.then(work, work).catch((error) => Promise.reject(dumpFault(error, step, path)));
    turn = next.catch(() => undefined);
    return next;
  }

  return {
    list: (table) =>
      inTurn(async () => {
        const notes = (await read()).map(({ offset, ...note }) => {
          const position = offset === null ? null : positionOf(table, note.at, offset);
          return { ...note, position };
        });
        return notes.sort((a, b) => a.at - b.at || a.createdAt - b.createdAt);
      }),
    set: (id, place, text) =>
      inTurn(async () => {
        const notes = await read();
        const known = id === null ? undefined : notes.find((note) => note.id === id);
        if (id !== null && known === undefined)
          throw new FaultError('not_found', step, 'This note is not there any more.');
        const others = notes.filter((note) => note !== known);
        if (text.trim() === '') {
          await write(others);
          return null;
        }
        if (others.length >= maxNotes) throw new FaultError('bad_input', step, `A dump has at most ${maxNotes} notes.`);
        const note = { id: id ?? randomUUID(), ...place, text, createdAt: known?.createdAt ?? now() };
        await write([...others, note]);
        return note.id;
      }),
  };
}

function isNote(value: unknown): value is KeptNote {
  const { id, at, offset, command, text, createdAt } = (value ?? {}) as Record<string, unknown>;
  const numbers = Number.isFinite(at) && Number.isFinite(createdAt) && (offset === null || Number.isFinite(offset));
  return numbers && [id, command, text].every((part) => typeof part === 'string' && part.length <= 100_000);
}

/** The entry at that offset, if it is the same one; else one that ended at the same microsecond; else none. */
function positionOf(table: EntryTable, at: number, offset: number): number | null {
  const found = countBefore(table.count, (position) => table.place(position).offset < offset);
  if (found < table.count && table.place(found).offset === offset && table.timeOf(found) === at) return found;
  for (let position = 0; position < table.count; position++) if (table.timeOf(position) === at) return position;
  return null;
}
