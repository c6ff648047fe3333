import { type FileHandle, open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { FaultError } from '../../contract/faults.ts';
import type { FileStat } from '../../domain/collect/host-files.ts';

/** What a part was taken from: of anything else it is no part. */
interface Source extends Pick<FileStat, 'size' | 'modifiedAt'> {
  readonly path: string;
}

/** A file on its way to this machine: `NAME.part`, and beside it what it is a part of. Only its owner may read it. */
export interface PartialFile {
  /** Bytes that were there from before. */
  readonly from: number;
  /** Why it was begun anew, although there was a part; null where there was none, or where it goes on. */
  readonly anew: string | null;
  append(bytes: Uint8Array): Promise<void>;
  /** It is whole: gets its name. */
  finish(): Promise<void>;
  /** Stays for a later resume. */
  leave(): Promise<void>;
}

/** Throws `bad_input` where there is a file of that name already, `not_permitted` where none can be written. */
export async function openPartial(to: string, source: Source, resume: boolean): Promise<PartialFile> {
  if ((await stat(to).catch(() => null)) !== null) {
    throw new FaultError('bad_input', 'pull', `There is a ${to} here already; nothing is written over.`);
  }
  const part = `${to}.part`;
  const notes = `${part}.source`;
  const before = resume ? await knownPart(part, notes, source) : { from: 0, anew: null };
  let handle: FileHandle;
  try {
    await writeFile(notes, JSON.stringify(source), { mode: 0o600 });
    handle = await open(part, before.from > 0 ? 'r+' : 'w', 0o600);
  } catch (error) {
    throw unwritten(part, error);
  }
  let at = before.from;
  return {
    ...before,
    async append(bytes) {
      for (let done = 0; done < bytes.length; ) {
        const { bytesWritten } = await handle.write(bytes, done, bytes.length - done, at).catch((error) => {
          throw unwritten(part, error);
        });
        done += bytesWritten;
        at += bytesWritten;
      }
    },
    async finish() {
      await handle.sync();
      await handle.close();
      await rename(part, to);
      await rm(notes, { force: true });
    },
    leave: () => handle.close(),
  };
}

async function knownPart(part: string, notes: string, source: Source): Promise<{ from: number; anew: string | null }> {
  const [there, text] = await Promise.all([stat(part).catch(() => null), readFile(notes, 'utf8').catch(() => null)]);
  if (there === null) return { from: 0, anew: null };
  if (text === null) return { from: 0, anew: 'What the part was taken from is not known, so it is taken anew.' };
  if (text !== JSON.stringify(source))
    return { from: 0, anew: 'The file on the host has changed, so it is taken anew.' };
  return { from: Math.min(there.size, source.size), anew: null };
}

function unwritten(path: string, error: unknown): FaultError {
  const { code, message } = error as NodeJS.ErrnoException;
  const why = code === 'ENOSPC' ? 'the disk is full' : message;
  return new FaultError('not_permitted', 'pull', `${path} cannot be written here: ${why}.`, { cause: error });
}
