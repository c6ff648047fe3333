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
  const stream = Duplex.from({ readable: child.stdout, writable: child.stdin });
  child.on('error', (error) => stream.destroy(error));
  // Written to after its end: the stream says so by its own end.
  child.stdin.on('error', () => {});
  stream.once('close', () => {
    if (child.pid === undefined || child.exitCode !== null) return;
    try {
      if (windows) child.kill();
      else process.kill(-child.pid, 'SIGTERM');
    } catch {
      // It ended meanwhile.
    }
  });
  return { stream, said: () => said };
}
