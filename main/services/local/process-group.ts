import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { commandEnvironment } from './environment.ts';

/** A child that somebody else started out of the group may hold our pipes open: this long is waited for their end. */
const pipesGraceMs = 500;

/** `sh` at the head of a process group of its own. */
export interface ProcessGroup {
  readonly child: ChildProcessWithoutNullStreams;
  /** Resolves with the exit code, null when a signal ended it; rejects when `sh` could not be started. */
  readonly ended: Promise<number | null>;
  /** Ends every process of the group, now: they only read, so they have nothing to tidy up. */
  kill(): void;
}

/** Starts `sh` with these arguments; when it ends, what it left behind in its group is killed. */
export function startProcessGroup(shellArguments: readonly string[]): ProcessGroup {
  const child = spawn('sh', shellArguments, {
    cwd: '/',
    detached: true,
    env: commandEnvironment(process.env),
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  // Whoever wrote to a program that is gone learns it from its end, not from EPIPE.
  child.stdin.on('error', () => undefined);

  function kill(): void {
    if (child.pid === undefined) return;
    try {
      process.kill(-child.pid, 'SIGKILL');
    } catch {
      // No process is left in the group.
    }
  }

  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => {
      kill();
      const abandon = setTimeout(() => {
        child.stdout.destroy();
        child.stderr.destroy();
        resolve(code);
      }, pipesGraceMs);
      child.once('close', () => {
        clearTimeout(abandon);
        resolve(code);
      });
    });
  });
  return { child, ended, kill };
}
