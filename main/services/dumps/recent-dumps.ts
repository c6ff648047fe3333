import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

export interface RecentDump {
  readonly path: string;
  /** When something was last written to it: milliseconds since the epoch. */
  readonly modifiedAt: number;
  /** Of its two files together. */
  readonly bytes: number;
}

const shown = 100;

/** The dumps right below a folder, the newest first; none when the folder is not there. */
export async function recentDumps(folder: string): Promise<RecentDump[]> {
  const names = await readdir(folder).catch(() => []);
  const found = await Promise.all(
    names.map(async (name): Promise<RecentDump | null> => {
      const path = join(folder, name);
      const commands = await stat(join(path, 'commands.log')).catch(() => null);
      const samples = await stat(join(path, 'samples.log')).catch(() => null);
      if (commands === null) return null;
      return { path, modifiedAt: commands.mtimeMs, bytes: commands.size + (samples?.size ?? 0) };
    }),
  );
  return found
    .filter((dump) => dump !== null)
    .sort((a, b) => b.modifiedAt - a.modifiedAt)
    .slice(0, shown);
}
