import type { Stats } from 'node:fs';
import { opendir, open as openFile, stat as statFile } from 'node:fs/promises';
import { join } from 'node:path';
import { FaultError } from '../../contract/faults.ts';
import type { FileStat, HostFiles } from '../../domain/collect/host-files.ts';

/** Files of this machine, told as those of a host are. */
export const localFiles: HostFiles = {
  by: 'this machine',
  window: { bytes: 1 << 20, ahead: 2 },
  stat: async (path) => statOf(await told(path, statFile(path))),
  async list(path, limit) {
    const names: string[] = [];
    for await (const { name } of await told(path, opendir(path))) names.push(name);
    names.sort();
    const entries = await Promise.all(
      names.slice(0, limit).map(async (name) => {
        const found = await statFile(join(path, name)).catch(() => null);
        return { name, ...(found === null ? { type: 'other' as const, size: 0, modifiedAt: 0 } : statOf(found)) };
      }),
    );
    return { entries, more: names.length > limit };
  },
  async open(path) {
    const handle = await told(path, openFile(path, 'r'));
    return {
      stat: statOf(await handle.stat()),
      async read(offset, length) {
        const buffer = Buffer.allocUnsafe(length);
        let have = 0;
        while (have < length) {
          const { bytesRead } = await told(path, handle.read(buffer, have, length - have, offset + have));
          if (bytesRead === 0) break;
          have += bytesRead;
        }
        return buffer.subarray(0, have);
      },
      close: () => void handle.close().catch(() => {}),
    };
  },
  close: () => {},
};

function statOf(stats: Stats): FileStat {
  const type = stats.isFile() ? 'file' : stats.isDirectory() ? 'directory' : 'other';
  return { type, size: stats.size, modifiedAt: Math.floor(stats.mtimeMs / 1000) * 1000 };
}

async function told<Value>(path: string, work: Promise<Value>): Promise<Value> {
  try {
    return await work;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR')
      throw new FaultError('not_found', 'files', `There is no ${path} here.`);
    if (code === 'EACCES' || code === 'EPERM') {
      throw new FaultError('not_permitted', 'files', `This user may not read ${path}.`);
    }
    throw new FaultError('bad_output', 'files', `${path} cannot be read: ${message}.`, { cause: error });
  }
}
