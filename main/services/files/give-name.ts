import { link, open, rename, rm } from 'node:fs/promises';

/** What `link` answers where a file system has no second names: FAT, exFAT, some of the network. */
const noLinks = new Set(['EPERM', 'ENOSYS', 'ENOTSUP', 'EOPNOTSUPP', 'EMLINK']);

/**
 * Gives a file another name, and never that of a file that is there: then it rejects with `EEXIST`, as the system says
 * it. A rename alone would replace that one. Where a file system has no links, the name is taken by an empty file, which
 * the rename replaces: who writes into that one in between is written over.
 */
export async function giveName(from: string, to: string, linkFile: typeof link = link): Promise<void> {
  try {
    await linkFile(from, to);
  } catch (error) {
    if (!noLinks.has((error as NodeJS.ErrnoException).code ?? '')) throw error;
    await (await open(to, 'wx', 0o600)).close();
    try {
      return await rename(from, to);
    } catch (error) {
      await rm(to, { force: true });
      throw error;
    }
  }
  await rm(from);
}
