import { spawn } from 'node:child_process';
import { Duplex } from 'node:stream';
import type { Approach } from './approach.ts';

const maxSaid = 4096;

/**
 * Runs a `ProxyCommand` of the technician's own configuration, as ssh does: by their shell, which is replaced by the
 * command. What it says on standard error is kept for the message of a fault. It ends with the stream.
 */
export function startProxyCommand(line: string): Approach {
  const windows = process.platform === 'win32';
  const shell = process.env.SHELL || '/bin/sh';
  const child = windows
    ? spawn(line, { shell: true, stdio: 'pipe', windowsHide: true })
    : // A group of its own: what the shell started ends with it.
      spawn(shell, ['-c', `exec ${line}`], { stdio: 'pipe', detached: true });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => {
    if (said.length < maxSaid) said += chunk.toString('latin1');
  });
  const end = () => {
    if (child.pid === undefined || child.exitCode !== null) return;
    try {
      if (windows) child.kill();
      else process.kill(-child.pid, 'SIGTERM');
    } catch {
      // It ended meanwhile.
    }
  };
  const stream = new Duplex({
    allowHalfOpen: false,
    read: () => void child.stdout.resume(),
    // What it does not take any more, it answers with its end.
    write: (chunk, _encoding, done) => void child.stdin.write(chunk, () => done()),
    final: (done) => void child.stdin.end(() => done()),
    destroy: (error, done) => {
      end();
      done(error);
    },
  });
  child.stdout.on('data', (chunk: Buffer) => {
    if (!stream.push(chunk)) child.stdout.pause();
  });
  child.stdin.on('error', () => {});
  child.once('error', (error) => stream.destroy(error));
  // Later than its exit: by then everything that it said was read.
  child.once('close', () => stream.push(null));
  return { stream, said: () => said };
}
