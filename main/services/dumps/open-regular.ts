import { constants } from 'node:fs';
import { type FileHandle, open, stat } from 'node:fs/promises';
import { FaultError } from '../../contract/faults.ts';

/** Without it, opening a FIFO waits for whoever writes into it, and takes a thread along. Windows has neither. */
const { O_RDONLY, O_NONBLOCK = 0 } = constants;

/**
 * Opens a regular file for reading; a symbolic link to one will do. Throws a `FaultError` `bad_input` for a FIFO, a
 * device or a directory, and else what the file system says.
 */
export async function openRegular(path: string, step: string): Promise<FileHandle> {
  const refusal = () => new FaultError('bad_input', step, `${path} is not a regular file.`);
  // Asked before, because opening a device may do something, and after, because it may have been exchanged.
  if (!(await stat(path)).isFile()) throw refusal();
  const handle = await open(path, O_RDONLY | O_NONBLOCK);
  if ((await handle.stat()).isFile()) return handle;
  await handle.close();
  throw refusal();
}
