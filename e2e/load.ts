import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, copyFile, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A process that keeps one core busy, under a name of its own. */
export interface Load {
  readonly pid: number;
  stop(): Promise<void>;
}

/** Starts a busy process whose kernel name and command line are `name`, whatever bytes that holds. */
export async function startLoad(name: string): Promise<Load> {
  const folder = await mkdtemp(join(tmpdir(), 'rackside-load-'));
  const program = join(folder, 'sh');
  await copyFile('/bin/sh', program);
  await chmod(program, 0o755);
  // The kernel takes the name from the file that is executed; a link may have one that no shell could type.
  const link = join(folder, name.replaceAll('/', '∕'));
  await symlink(program, link);
  const child = spawn(link, ['-c', 'while :; do :; done'], { argv0: name, stdio: 'ignore' });
  await once(child, 'spawn');
  return {
    pid: child.pid as number,
    stop: async () => {
      child.kill('SIGKILL');
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
      await rm(folder, { recursive: true, force: true });
    },
  };
}
