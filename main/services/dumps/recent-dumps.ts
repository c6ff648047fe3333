import type { Stats } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { RecentDump } from '../../contract/dumps.ts';
import { partOfDirectory } from '../../domain/dump/part-names.ts';

const shown = 100;

/**
 * The dumps right below a folder, the newest first, each with all its parts; none when the folder is not there. No link
 * is followed.
 */
export async function recentDumps(folder: string): Promise<RecentDump[]> {
  const below = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const found = await Promise.all(
    below.map(async (one): Promise<RecentDump | null> => {
      if (!one.isDirectory()) return null;
      const path = join(folder, one.name);
      const commands = await regularFile(join(path, 'commands.log'));
      const samples = await regularFile(join(path, 'samples.log'));
      // One that was made for a recording which ended first.
      if (commands === null || commands.size === 0) return null;
      return { path, modifiedAt: commands.mtimeMs, bytes: commands.size + (samples?.size ?? 0), missing: false };
    }),
  );
  return recordings(found.filter((dump) => dump !== null))
    .sort((a, b) => b.modifiedAt - a.modifiedAt)
    .slice(0, shown);
}

/** A recording that went on in further directories is one dump, under the name of its first. */
function recordings(dumps: readonly RecentDump[]): RecentDump[] {
  const found = new Map<string, RecentDump>();
  const numberOf = ({ path }: RecentDump) => partOfDirectory(path).number;
  for (const dump of [...dumps].sort((a, b) => numberOf(a) - numberOf(b))) {
    const { first } = partOfDirectory(dump.path);
    const before = found.get(first);
    const modifiedAt = Math.max(before?.modifiedAt ?? 0, dump.modifiedAt);
    found.set(first, {
      ...dump,
      path: before?.path ?? dump.path,
      modifiedAt,
      bytes: (before?.bytes ?? 0) + dump.bytes,
    });
  }
  return [...found.values()];
}

async function regularFile(path: string): Promise<Stats | null> {
  const found = await lstat(path).catch(() => null);
  return found?.isFile() ? found : null;
}
