import { execFile, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { shellQuote } from '../../domain/policy/shell-quote.ts';
import type { ConfigCase } from './config-cases-fixture.ts';

export interface Answer {
  /** Null: refused. */
  readonly lines: readonly string[] | null;
  /** Of the first broken line, where one is named. */
  readonly line: number | null;
}

/** A case whose files lie in a directory of its own. */
export interface PlacedCase extends ConfigCase {
  readonly directory: string;
  readonly file: string;
}

export function placed(one: ConfigCase, directory: string): PlacedCase {
  return { ...one, directory, file: join(directory, 'config') };
}

export function write({ directory, files, config }: PlacedCase): void {
  mkdirSync(directory);
  for (const [name, text] of Object.entries({ ...files, config })) {
    writeFileSync(join(directory, name), text.replaceAll('DIR', directory), { mode: 0o600 });
  }
}

/** Each waits for its program to start and end more than it computes. */
const shells = 4;

/** What this machine's `ssh -G` says of each, by the case's file. A few shells ask for all of them: that is quick. */
export async function askSsh(cases: readonly PlacedCase[]): Promise<Map<string, Answer>> {
  const lines = cases.map(({ file, options, host }) => {
    const command = ['ssh', '-G', '-F', file, ...options, host].map(shellQuote).join(' ');
    return `${command} >${file}.out 2>${file}.err </dev/null && : >${file}.ok`;
  });
  const shares = Array.from({ length: shells }, (_, share) => lines.filter((_, index) => index % shells === share));
  await Promise.all(
    shares.map((share) => new Promise<void>((resolve) => execFile('sh', ['-c', share.join('\n')], () => resolve()))),
  );
  return new Map(cases.map(({ file }) => [file, answerIn(file)]));
}

function answerIn(file: string): Answer {
  const isTaken = readOr(`${file}.ok`) !== null;
  if (isTaken) return { lines: readFileSync(`${file}.out`, 'utf8').trimEnd().split('\n'), line: null };
  return { lines: null, line: lineIn(readFileSync(`${file}.err`, 'utf8')) };
}

/** A line that ssh only does not support is told as well, and refuses nothing. */
export function lineIn(text: string): number | null {
  const told = text.split('\n').filter((one) => !one.includes('Unsupported option'));
  const [, line] = /line (\d+):/.exec(told.join('\n')) ?? [];
  return line === undefined ? null : Number(line);
}

function readOr(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

/** What `ssh -V` prints; empty when there is no ssh. */
export function sshVersion(): string {
  return (spawnSync('ssh', ['-V'], { encoding: 'utf8' }).stderr ?? '').trim();
}
