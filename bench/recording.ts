import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { collectors } from '../main/domain/collect/collectors/index.ts';
import { compileProgram } from '../main/domain/collect/program/compile-program.ts';
import { tickLine } from '../main/domain/collect/program/ticks.ts';
import { cutOutput } from './cut-output.ts';

/** Stands in a recording for what each session chooses by itself. */
export const recordedBoundary = 'f00dfacef00dface';
export const recordedSeq = 777000777;

/** What the program printed on this machine, round by round, in base64: enough to play a host that answers ticks. */
export interface Recording {
  readonly first: string;
  readonly fast: readonly string[];
  readonly medium: string;
}

/** Runs the program on this machine and keeps what it prints. */
export async function recordRounds(fastRounds: number): Promise<Recording> {
  const child = spawn('sh', [], { stdio: ['pipe', 'pipe', 'ignore'] });
  const output = cutOutput(child);
  child.stdin.write(compileProgram(collectors, recordedBoundary));
  await output.until(`${recordedBoundary} ready`);
  await output.until('\n');
  const round = async (kind: 'fast' | 'medium', first: boolean) => {
    child.stdin.write(tickLine({ seq: recordedSeq, kind, first }));
    return (await output.until(`${recordedBoundary} done ${recordedSeq} ${kind}\n`)).toString('base64');
  };
  const first = await round('fast', true);
  const medium = await round('medium', true);
  const fast: string[] = [];
  while (fast.length < fastRounds) fast.push(await round('fast', false));
  child.stdin.end();
  await once(child, 'close');
  return { first, fast, medium };
}
