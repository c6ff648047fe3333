import { lstatSync, mkdirSync } from 'node:fs';
import { userInfo } from 'node:os';
import { FaultError } from '../../contract/faults.ts';

/**
 * Makes a folder that is there for this user only, or accepts the one that is there. Who can write into it can stand in
 * for Rackside, so one that belongs to another user, or that others may write to, is refused with a sentence.
 */
export function makePrivateFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (process.platform === 'win32') return;
  const stat = lstatSync(folder.replace(/\/+$/, '') || '/');
  // A link to one's own folder is one's own choice; what it leads to is what counts.
  const meant = stat.isSymbolicLink() && stat.uid === userInfo().uid ? lstatSync(`${folder}/.`) : stat;
  const problem = !meant.isDirectory()
    ? 'is not a folder'
    : meant.uid !== userInfo().uid
      ? 'belongs to another user'
      : (meant.mode & 0o022) !== 0
        ? 'can be written to by other users (chmod go-w mends that)'
        : null;
  if (problem === null) return;
  throw new FaultError('not_permitted', 'data folder', `${folder} ${problem}, so Rackside does not use it.`);
}
