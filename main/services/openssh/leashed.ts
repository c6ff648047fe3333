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
 * in the group ends the group and removes its folder. ssh itself would not notice: a master reads no input, nor does
 * one that signs in. The watcher outlives the signal that it sends, and looks twice: who ends may still write.
 */
const onLeash = `trap '' TERM
(cat <&3; kill -s TERM 0; [ -n "$0" ] || exit; rm -rf -- "$0"; sleep 1; rm -rf -- "$0") </dev/null >/dev/null 2>&1 &
trap - TERM
exec "$@" 3<&-`;

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
  // What is left of the group goes by the watcher, or for good.
  const letGo = () => {
    leash.destroy();
    setTimeout(() => signalGroup(child, 'SIGKILL'), graceMs).unref();
  };
  const ended = watchEnd(child, letGo);
  return {
    stdin,
    stdout,
    stderr,
    ended,
    end() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      letGo();
      signalGroup(child, 'SIGTERM');
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
