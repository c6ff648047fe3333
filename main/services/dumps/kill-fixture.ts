import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Sample } from '../../contract/samples.ts';
import type { Collector } from '../../domain/collect/collector.ts';
import type { CommandRecord } from '../../domain/collect/record.ts';
import { beginLine, endLine } from '../../domain/collect/round-lines.ts';
import { openDump } from './open-dump.ts';

/** Counts its own rounds, so that each sample says how many were replayed before it. */
export const countingCollectors: Collector[] = [
  {
    id: 'load',
    kind: 'fast',
    about: 'Counts its own rounds.',
    commands: [{ type: 'read', id: 'load', when: 'always', path: '/proc/loadavg', keep: null }],
    awk: null,
    parse: (round) => {
      const state = ((round.previous as number | null) ?? 0) + 1;
      return { status: 'failed', reason: `round ${state}`, state };
    },
  },
];

const encoder = new TextEncoder();

/** Round number `n`, every body of which can be told from all others: up to 256 KiB of its own number. */
export function numberedRound(n: number): CommandRecord[] {
  const record = (command: string, text: string): CommandRecord => ({
    ...{ command, endedAt: 1.7e12 + n * 1000, exit: 0, error: null, durationMs: 0, truncated: false, timedOut: false },
    ...{ stdout: encoder.encode(text), stderr: new Uint8Array() },
  });
  const boot = 'aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee\n';
  return [
    record(beginLine('fast'), `${100 + n}.00 1.00\n${boot}`),
    record('cat /proc/loadavg', `${n}\n`.repeat(1 + ((n * 7919) % 40_000))),
    record(endLine('fast'), `${100 + n}.10 1.00\n`),
  ];
}

const url = (path: string) => JSON.stringify(new URL(path, import.meta.url).href);

/** Writes rounds as fast as the disk takes them, and says when the first is there. */
const writing = (directory: string) => `
  const [{ openDumpWriter }, { countingCollectors, numberedRound }] =
    await Promise.all([import(${url('./dump-writer.ts')}), import(${url('./kill-fixture.ts')})]);
  const writer = await openDumpWriter({
    directory: ${JSON.stringify(directory)},
    collectors: countingCollectors,
    onFault: (fault) => { throw new Error(fault.message); },
  });
  for (let n = 1; ; n++) {
    for (const record of numberedRound(n)) writer.push(record);
    await writer.idle();
    if (n === 1) process.stdout.write('begun');
  }`;

/** What is compiled is kept: a process that is killed keeps nothing, and each would compile the writer again. */
function start(program: string, folder: string): ChildProcess {
  return spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { NODE_COMPILE_CACHE: join(folder, 'compiled') },
  });
}

export function compileWriter(folder: string): void {
  execFileSync(process.execPath, ['--input-type=module', '-e', `await import(${url('./dump-writer.ts')})`], {
    env: { NODE_COMPILE_CACHE: join(folder, 'compiled') },
  });
}

/** Ends a writer with SIGKILL so many milliseconds after it began. */
export async function killWriter(folder: string, directory: string, ms: number): Promise<void> {
  const child = start(writing(directory), folder);
  const exit = once(child, 'exit');
  child.stdout?.once('data', () => setTimeout(() => child.kill('SIGKILL'), ms));
  await exit;
}

/** What a dump is after its writer was killed. */
export interface Remains {
  readonly entries: number;
  /** Torn entries before the last one, and entries whose body is not what was written. */
  readonly damaged: number;
  readonly tornAtEnd: number;
  /** Recorded samples that a replay does not give at the same place; one that was torn at the end is none. */
  readonly wrongSamples: number;
  /** How many a replay has that were not recorded any more. */
  readonly missingSamples: number;
}

export async function remainsOf(directory: string): Promise<Remains> {
  const dump = await openDump(directory, { collectors: countingCollectors });
  try {
    const { table } = dump.log;
    const entries = Array.from({ length: table.count }, (_, position) => table.place(position));
    const torn = entries.flatMap(({ state }, at) => (state === 'torn' || state === 'suspect' ? [at] : []));
    let damaged = torn.filter((at) => at < entries.length - 1).length;
    const expected = Array.from({ length: Math.ceil(entries.length / 3) }, (_, n) => numberedRound(n + 1)).flat();
    let at = 0;
    for await (const { command, stdout } of dump.records()) {
      const wanted = expected[at];
      if (command !== wanted?.command || Buffer.compare(stdout, wanted.stdout) !== 0) damaged += 1;
      at += 1;
    }
    const [replayed, recorded] = [await all(dump.replay()), await all(dump.recorded())];
    return {
      entries: entries.length,
      damaged: damaged + (at === entries.length - torn.length ? 0 : 1),
      tornAtEnd: torn.length,
      wrongSamples: recorded.filter((sample, n) => JSON.stringify(sample) !== JSON.stringify(replayed[n])).length,
      missingSamples: replayed.length - recorded.length,
    };
  } finally {
    await dump.close();
  }
}

async function all(samples: AsyncIterable<Sample>): Promise<Sample[]> {
  const found: Sample[] = [];
  for await (const sample of samples) found.push(sample);
  return found;
}
