import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Sample } from '../main/contract/samples.ts';

const entry = join(import.meta.dirname, '..', 'out', 'main', 'cli.js');

export interface CliResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the built command line tool to its end. */
export async function runCli(args: readonly string[], home: string): Promise<CliResult> {
  const child = spawn(process.execPath, [entry, ...args], {
    env: { ...process.env, HOME: home },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk;
  });
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk;
  });
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, stdout, stderr };
}

/** `rackside watch HOST --json` beside the page, attached to the same console: what was recorded, to hold the page against. */
export function watchWithCli(host: string, { dataFolder, home }: { dataFolder: string; home: string }) {
  const child = spawn(process.execPath, [entry, 'watch', host, '--json', '--data-folder', dataFolder], {
    env: { ...process.env, HOME: home },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const samples: Sample[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => samples.push(JSON.parse(line)));
  return {
    samples,
    stop: async () => {
      child.kill('SIGINT');
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    },
  };
}
