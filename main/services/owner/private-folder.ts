import { lstatSync, mkdirSync, statSync } from 'node:fs';
import { userInfo } from 'node:os';
import { FaultError } from '../../contract/faults.ts';

/**
 * Makes a folder that is there for this user only, or accepts the one that is there. Who can write into it can stand in
 * for Rackside, so one that belongs to another user, or that others may write to, is refused with a sentence.
 */
export function makePrivateFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (process.platform === 'win32') return;
  // Without a slash at its end, which would follow a link: a link is looked at too, and must be one's own.
  const path = folder.replace(/\/+$/, '') || '/';
  const { uid } = userInfo();
  const [link, meant] = [lstatSync(path), statSync(path)];
  const problem = !meant.isDirectory()
    ? 'is not a folder'
    : link.uid !== uid || meant.uid !== uid
      ? 'belongs to another user'
      : (meant.mode & 0o022) !== 0
        ? 'can be written to by other users (chmod go-w mends that)'
        : null;
  if (problem === null) return;
  throw new FaultError('not_permitted', 'data folder', `${folder} ${problem}, so Rackside does not use it.`);
}
