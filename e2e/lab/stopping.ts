import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';

/** Processes that the lab started: killed when this process ends, whatever ended it. */
const running = new Set<ChildProcess>();
process.on('exit', () => {
  for (const child of running) killTree(child.pid);
});

export function track(child: ChildProcess): ChildProcess {
  running.add(child);
  child.once('exit', () => running.delete(child));
  return child;
}

const setpriv = '/usr/bin/setpriv';

/** Starts a program that the kernel ends with us, even when we are killed; where it cannot, `stop` has to do. */
export function startMortal(program: string, args: readonly string[], options: SpawnOptions): ChildProcess {
  const child = existsSync(setpriv)
    ? spawn(setpriv, ['--pdeathsig', 'KILL', program, ...args], options)
    : spawn(program, args, options);
  return track(child);
}

/** Ends a process and everything below it, by id, and waits until it is gone. */
export async function stopProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  killTree(child.pid);
  await gone;
}

/** sshd gives every connection a session of its own, so its process group would not reach them. */
function killTree(pid: number | undefined): void {
  if (pid === undefined) return;
  for (const id of [pid, ...below(pid)]) {
    try {
      process.kill(id, 'SIGKILL');
    } catch {
      // Gone already.
    }
  }
}

/** All processes below one. */
export function below(pid: number): number[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'latin1');
      parents.set(Number(name), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]));
    } catch {
      // It ended meanwhile.
    }
  }
  const found: number[] = [];
  for (let wanted = [pid]; wanted.length > 0; ) {
    wanted = [...parents].filter(([, parent]) => wanted.includes(parent)).map(([child]) => child);
    found.push(...wanted);
  }
  return found;
}
