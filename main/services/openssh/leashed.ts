import { type ChildProcess, spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';

/** A program in a process group of its own, which does not outlive Rackside. */
export interface Leashed {
  readonly stdin: Writable;
  readonly stdout: Readable;
  readonly stderr: Readable;
  /** Resolves when it is over and its pipes are read: the exit code, null when a signal ended it or it did not start. */
  readonly ended: Promise<number | null>;
  /** Ends the whole group: politely, so that ssh removes its socket, and soon for good. */
  end(): void;
}

/**
 * The leash is a pipe whose other end only Rackside holds: when it closes, even because Rackside was killed, a watcher
 * in the group removes its folder and ends the group. ssh itself would not notice: a master reads no input, nor does
 * one that signs in.
 */
const onLeash = '(cat <&3; rm -rf -- "$0"; kill -s TERM 0) </dev/null >/dev/null 2>&1 & exec "$@" 3<&-';

const graceMs = 2000;
/** Somebody else's child may hold our pipes open: this long is waited for their end. */
const pipesGraceMs = 500;

/** `folder` goes with the program. */
export function startLeashed(
  program: string,
  args: readonly string[],
  { env, folder = '' }: { env: NodeJS.ProcessEnv; folder?: string },
): Leashed {
  const child = spawn('/bin/sh', ['-c', onLeash, folder, program, ...args], {
    cwd: '/',
    detached: true,
    env,
    stdio: ['pipe', 'pipe', 'pipe', 'pipe'],
  });
  const [stdin, stdout, stderr, leash] = child.stdio as unknown as [Writable, Readable, Readable, Writable];
  // Whoever writes to a program that is gone learns it from its end.
  for (const pipe of [stdin, leash]) pipe.on('error', () => {});
  const ended = watchEnd(child, () => {
    leash.destroy();
    signalGroup(child, 'SIGKILL');
  });
  return {
    stdin,
    stdout,
    stderr,
    ended,
    end() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      leash.destroy();
      signalGroup(child, 'SIGTERM');
      const timer = setTimeout(() => signalGroup(child, 'SIGKILL'), graceMs);
      void ended.then(() => clearTimeout(timer));
    },
  };
}

function watchEnd(child: ChildProcess, onExit: () => void): Promise<number | null> {
  return new Promise((resolve) => {
    child.once('error', () => resolve(null));
    child.once('exit', (code) => {
      onExit();
      const abandon = setTimeout(() => {
        child.stdout?.destroy();
        child.stderr?.destroy();
        resolve(code);
      }, pipesGraceMs);
      child.once('close', () => {
        clearTimeout(abandon);
        resolve(code);
      });
    });
  });
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch {
    // No process is left in the group.
  }
}
