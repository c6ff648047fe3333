import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { kinds } from '../main/contract/kinds.ts';
import type { Kind } from '../main/contract/samples.ts';
import { collectors } from '../main/domain/collect/collectors/index.ts';
import { compileProgram } from '../main/domain/collect/program/compile-program.ts';
import { tickLine } from '../main/domain/collect/program/ticks.ts';
import { cutOutput } from './cut-output.ts';

/** Stands in a recording for what each session chooses by itself. */
export const recordedBoundary = 'f00dfacef00dface';
export const recordedSeq = 777000777;

/** What the program printed on this machine, round by round, in base64: enough to play a host that answers ticks. */
export interface Recording {
  /** The first round of each kind, with all that is told once. */
  readonly first: Readonly<Record<Kind, string>>;
  /** Fast rounds after it. */
  readonly fast: readonly string[];
}

/** Runs the program on this machine and keeps what it prints. */
export async function recordRounds(fastRounds: number): Promise<Recording> {
  const child = spawn('sh', [], { stdio: ['pipe', 'pipe', 'ignore'] });
  const output = cutOutput(child);
  child.stdin.write(compileProgram(collectors, recordedBoundary));
  await output.until(`${recordedBoundary} ready`);
  await output.until('\n');
  const round = async (kind: Kind, first: boolean) => {
    child.stdin.write(tickLine({ seq: recordedSeq, kind, first }));
    return (await output.until(`${recordedBoundary} done ${recordedSeq} ${kind}\n`)).toString('base64');
  };
  const first: Record<Kind, string> = { fast: '', medium: '', slow: '', daily: '' };
  for (const kind of kinds) first[kind] = await round(kind, true);
  const fast: string[] = [];
  while (fast.length < fastRounds) fast.push(await round('fast', false));
  child.stdin.end();
  await once(child, 'close');
  return { first, fast };
}

const tick = new RegExp(`^tick (\\d+) (${kinds.join('|')}) ([01])$`);

/**
 * What a host that plays a recording prints when it reads that line; null where it is no tick.
 * @param later gives the number of a fast round that is not the first; numbers beyond the last begin again
 */
export function answerTo(
  line: string,
  boundary: string,
  { first, fast }: Recording,
  later: () => number,
): { readonly seq: string; readonly text: string } | null {
  const [, seq, kind, isFirst] = tick.exec(line) ?? [];
  if (seq === undefined) return null;
  const round = kind === 'fast' && isFirst === '0' ? fast[later() % fast.length] : first[kind as Kind];
  const recorded = Buffer.from(round ?? '', 'base64').toString('latin1');
  return { seq, text: recorded.replaceAll(recordedBoundary, boundary).replaceAll(String(recordedSeq), seq) };
}
