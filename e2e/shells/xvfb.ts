import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';

/** A display that nobody sees. */
export interface Display {
  /** What DISPLAY has to be. */
  readonly name: string;
  close(): Promise<void>;
}

const startMs = 10_000;

/** Starts an X server on a display number that is free; it has no socket that others could reach by network. */
export async function startXvfb(): Promise<Display> {
  const server = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1920x1200x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const timer = setTimeout(() => server.kill('SIGKILL'), startMs);
  try {
    let said = '';
    for await (const chunk of server.stdio[3] as Readable) {
      said += String(chunk);
      if (said.includes('\n')) break;
    }
    if (!/^\d+\n/.test(said)) throw new Error('Xvfb did not start.');
    return {
      name: `:${said.trim()}`,
      close: async () => {
        server.kill('SIGTERM');
        if (server.exitCode === null && server.signalCode === null) await once(server, 'exit');
      },
    };
  } finally {
    clearTimeout(timer);
  }
}
