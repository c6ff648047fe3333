import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FaultError } from '../../contract/faults.ts';

/** What one connection needs on disk, in a directory that only this user may enter. No secret is ever among it. */
export interface RuntimeFolder {
  readonly path: string;
  /** Where the master listens. */
  readonly socket: string;
  write(name: string, text: string, mode: number): Promise<string>;
  /** Never fails: what stays is empty of secrets, and in a place for what is temporary. */
  remove(): Promise<void>;
}

/** The shortest `sun_path` that a system has (104, macOS), without what ssh appends while it binds. */
const maxSocketPath = 104 - 18;

/** Throws `internal` where no directory has a path that is short enough for a socket. */
export async function createRuntimeFolder(
  bases: readonly (string | undefined)[] = [process.env.XDG_RUNTIME_DIR, tmpdir(), '/tmp'],
): Promise<RuntimeFolder> {
  let last: unknown;
  for (const base of bases) {
    if (base === undefined || Buffer.byteLength(join(base, 'rackside-XXXXXX', 'm')) > maxSocketPath) continue;
    try {
      // mkdtemp makes it 0700.
      const path = await mkdtemp(join(base, 'rackside-'));
      return {
        path,
        socket: join(path, 'm'),
        async write(name, text, mode) {
          const file = join(path, name);
          await writeFile(file, text, { mode, flag: 'wx' });
          return file;
        },
        // The watcher of the leash may be at it too.
        remove: () => rm(path, { recursive: true, force: true, maxRetries: 3 }).catch(() => {}),
      };
    } catch (error) {
      last = error;
    }
  }
  const message = 'There is no place for a control socket: set TMPDIR to a directory of yours with a short path.';
  throw new FaultError('not_permitted', 'program', message, { cause: last });
}
