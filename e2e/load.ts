import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, copyFile, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A process that uses CPU, under a name of its own. */
export interface Load {
  readonly pid: number;
  stop(): Promise<void>;
}

/** A shell's loop that keeps one core busy. */
const busy = 'while :; do :; done';
/** One that takes some percent of a core, as a service at work does. */
export const atWork = 'while :; do i=0; while [ $i -lt 4000 ]; do i=$((i+1)); done; sleep 0.1; done';

/** Starts a process that runs this loop, whose kernel name and command line are `name`, whatever bytes that holds. */
export async function startLoad(name: string, loop: string = busy): Promise<Load> {
  const folder = await mkdtemp(join(tmpdir(), 'rackside-load-'));
  const program = join(folder, 'sh');
  await copyFile('/bin/sh', program);
  await chmod(program, 0o755);
  // The kernel takes the name from the file that is executed; a link may have one that no shell could type.
  const link = join(folder, name.replaceAll('/', '∕'));
  await symlink(program, link);
  const child = spawn(link, ['-c', loop], { argv0: name, stdio: 'ignore' });
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
