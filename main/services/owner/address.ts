import { createHash } from 'node:crypto';
import { lstatSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join, resolve } from 'node:path';
import { FaultError } from '../../contract/faults.ts';
import { makePrivateFolder } from './private-folder.ts';

/** The address field of a Unix socket holds 108 bytes on Linux and 104 on macOS, the closing NUL among them. */
const longestPath = 100;

/** Where the owner of a data folder listens: in the folder, or, where that path is too long, in one of the user's own. */
export function addressFor(dataFolder: string, id: string): string {
  const name = `${createHash('sha256').update(resolve(dataFolder)).digest('hex').slice(0, 16)}-${id.slice(0, 16)}`;
  if (process.platform === 'win32') return `\\\\.\\pipe\\rackside-${name}`;
  const beside = join(resolve(dataFolder), `console-${id.slice(0, 16)}.sock`);
  if (Buffer.byteLength(beside) <= longestPath) return beside;
  return join(privateFolder(), `${name}.sock`);
}

/** A folder that only this user can look into, at a short path. Refuses one that somebody else prepared. */
function privateFolder(): string {
  const base = process.env.XDG_RUNTIME_DIR;
  const folder = base ? join(base, 'rackside') : join(tmpdir(), `rackside-${userInfo().uid}`);
  makePrivateFolder(folder);
  // The folder of the data may be looked into by others; what leads to the console itself may not.
  if ((lstatSync(folder).mode & 0o077) === 0) return folder;
  throw new FaultError('not_permitted', 'data folder', `${folder} must be a folder that only you can open (mode 700).`);
}
