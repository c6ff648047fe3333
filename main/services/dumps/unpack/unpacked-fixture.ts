import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Fault, FaultError } from '../../../contract/faults.ts';
import type { TarMember } from './archive-fixture.ts';
import { unpackDump } from './unpack-dump.ts';
import { type UnpackLimits, usualLimits } from './unpack-limits.ts';

export const log = '===== 2026-04-22T20:13:19Z =====\n$ uptime\nexit=0  duration=1ms  size=2\n\nup\n\n';
export const samples = '===== 2026-04-22T20:13:19Z  kind=fast =====\n{}\n\n';

export const dumpIn = (directory: string): TarMember[] => [
  { name: `${directory}/commands.log`, body: log },
  { name: `${directory}/samples.log`, body: samples },
];

/** The same as `unpackIn` tells it. */
export const bothOf = (directory: string): Record<string, string> => ({
  [`${directory}:commands.log`]: log,
  [`${directory}:samples.log`]: samples,
});

/** What comes out of these bytes, as `dump:file`, and what is said of them. The archive is `mailed` in that folder. */
export async function unpackIn(
  folder: string,
  bytes: Buffer,
  limits: Partial<UnpackLimits> = {},
): Promise<{ files: Record<string, string>; notes: readonly string[] }> {
  const path = join(folder, 'mailed');
  await writeFile(path, bytes);
  const { dumps, notes } = await unpackDump(path, {
    into: join(folder, 'into'),
    limits: { ...usualLimits, ...limits },
    signal: new AbortController().signal,
    onProgress: () => {},
  });
  const files: Record<string, string> = {};
  for (const dump of dumps) {
    for (const file of await readdir(dump.path)) {
      files[`${dump.name}:${file}`] = await readFile(join(dump.path, file), 'latin1');
    }
  }
  return { files, notes };
}

/** The fault of an archive that is refused, and what is left in the folder. */
export async function refusalIn(
  folder: string,
  bytes: Buffer,
  limits: Partial<UnpackLimits> = {},
): Promise<Fault & { left: string[] }> {
  try {
    await unpackIn(folder, bytes, limits);
  } catch (error) {
    if (error instanceof FaultError) return { ...error.fault, left: await readdir(folder) };
    throw error;
  }
  throw new Error('It was not refused.');
}
