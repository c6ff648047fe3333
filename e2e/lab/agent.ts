import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { missing } from './keys.ts';
import { startMortal, stopProcess } from './stopping.ts';

export interface Agent {
  readonly socket: string;
  stop(): Promise<void>;
}

/** A real ssh-agent that holds these (unencrypted) key files. */
export async function startAgent(identityFiles: readonly string[]): Promise<Agent> {
  const directory = mkdtempSync(join(tmpdir(), 'rackside-agent-'));
  const socket = join(directory, 'socket');
  const child = startMortal('ssh-agent', ['-D', '-a', socket], { stdio: ['ignore', 'pipe', 'ignore'] });
  await new Promise<void>((resolve, reject) => {
    child.once('error', () => reject(missing('ssh-agent')));
    child.once('exit', (code) => reject(code === 127 ? missing('ssh-agent') : new Error('ssh-agent ended at once')));
    child.stdout?.once('data', () => resolve());
  });
  for (const file of identityFiles) {
    await promisify(execFile)('ssh-add', ['-q', file], { env: { ...process.env, SSH_AUTH_SOCK: socket } });
  }
  return {
    socket,
    async stop() {
      await stopProcess(child);
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
