import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { constants, createDeflateRaw, deflateRawSync } from 'node:zlib';
import { collectors } from '../main/domain/collect/collectors/index.ts';
import { compileProgram } from '../main/domain/collect/program/compile-program.ts';
import { tickLine } from '../main/domain/collect/program/ticks.ts';
import { cutOutput } from './cut-output.ts';
import { fillProcesses } from './idle-processes.ts';
import { cpuSecondsOfTree, median } from './measure.ts';
import type { Report } from './report.ts';

const processes = 300;
const warmUpRounds = 5;
const rounds = 60;
const psRuns = 20;

/** What one fast sample costs the host that gives it, beside `top -b` and `ps aux` on the same processes. */
export async function hostBench(report: Report): Promise<void> {
  const filled = await fillProcesses(processes);
  try {
    const sample = await measureProgram();
    const top = await measureTop();
    const ps = await measurePs();
    const figure = { bench: 'host', bar: null, rival: null };
    report({ ...figure, figure: 'processes on the machine', value: filled.count, unit: '' });
    report({
      ...figure,
      figure: 'cpu per fast sample',
      value: sample.cpuMs,
      unit: 'ms',
      bar: 6,
      rival: { name: 'top -b kept running', value: top.cpuMs },
    });
    report({ ...figure, figure: 'cpu per ps aux', value: ps.cpuMs, unit: 'ms' });
    report({
      ...figure,
      figure: 'raw fast sample',
      value: sample.bytes,
      unit: 'B',
      bar: 12_000,
      rival: { name: 'top -b', value: top.bytes },
    });
    report({ ...figure, figure: 'raw first sample', value: sample.firstBytes, unit: 'B', bar: 12_000 });
    report({ ...figure, figure: 'raw fast sample, largest', value: sample.mostBytes, unit: 'B' });
    report({ ...figure, figure: 'deflated in a stream', value: sample.streamedBytes, unit: 'B', bar: 1_500 });
    report({ ...figure, figure: 'deflated alone', value: sample.deflatedBytes, unit: 'B', bar: 1_500 });
    report({ ...figure, figure: 'deflated alone, largest', value: sample.mostDeflatedBytes, unit: 'B' });
  } finally {
    filled.end();
  }
}

interface SampleCost {
  readonly cpuMs: number;
  readonly bytes: number;
  /** The first of a session tells the command line of everything in the list. */
  readonly firstBytes: number;
  readonly mostBytes: number;
  readonly streamedBytes: number;
  readonly deflatedBytes: number;
  readonly mostDeflatedBytes: number;
}

async function measureProgram(): Promise<SampleCost> {
  const boundary = randomBytes(8).toString('hex');
  const child = spawn('sh', [], { stdio: ['pipe', 'pipe', 'ignore'] });
  const output = cutOutput(child);
  child.stdin.write(compileProgram(collectors, boundary));
  await output.until(`${boundary} ready`);

  const outputs: Buffer[] = [];
  let firstBytes = 0;
  let from = 0;
  for (let seq = 1; seq <= warmUpRounds + rounds; seq++) {
    if (seq === warmUpRounds + 1) from = cpuSecondsOfTree(child.pid ?? 0);
    child.stdin.write(tickLine({ seq, kind: 'fast', first: seq === 1 }));
    const round = await output.until(`${boundary} done ${seq} fast\n`);
    if (seq === 1) firstBytes = round.length;
    if (seq > warmUpRounds) outputs.push(round);
  }
  const cpuMs = ((cpuSecondsOfTree(child.pid ?? 0) - from) / rounds) * 1000;
  child.stdin.end();
  await once(child, 'close');
  const sizes = outputs.map((round) => round.length);
  const deflated = outputs.map((round) => deflateRawSync(round).length);
  return {
    cpuMs,
    bytes: median(sizes),
    firstBytes,
    mostBytes: Math.max(...sizes),
    streamedBytes: median(await streamedSizes(outputs)),
    deflatedBytes: median(deflated),
    mostDeflatedBytes: Math.max(...deflated),
  };
}

/** Sizes as a compressed connection would carry them: one dictionary for all, flushed after each. */
async function streamedSizes(outputs: readonly Buffer[]): Promise<number[]> {
  const deflate = createDeflateRaw();
  const sizes: number[] = [];
  let size = 0;
  deflate.on('data', (chunk: Buffer) => {
    size += chunk.length;
  });
  for (const round of outputs) {
    size = 0;
    deflate.write(round);
    await new Promise<void>((resolve) => deflate.flush(constants.Z_SYNC_FLUSH, resolve));
    sizes.push(size);
  }
  deflate.close();
  return sizes;
}

async function measureTop(): Promise<{ cpuMs: number; bytes: number }> {
  const child = spawn('top', ['-b', '-d', '0.1', '-w', '512'], { stdio: ['ignore', 'pipe', 'ignore'] });
  const output = cutOutput(child);
  const outputs: Buffer[] = [];
  for (let round = 0; round < 3; round++) await output.until('top - ');
  const from = cpuSecondsOfTree(child.pid ?? 0);
  for (let round = 0; round < rounds; round++) outputs.push(await output.until('top - '));
  const cpuMs = ((cpuSecondsOfTree(child.pid ?? 0) - from) / rounds) * 1000;
  child.kill();
  await once(child, 'close');
  return { cpuMs, bytes: median(outputs.map((round) => round.length)) };
}

async function measurePs(): Promise<{ cpuMs: number }> {
  const script = `i=0; while [ $i -lt ${psRuns} ]; do ps aux >/dev/null; i=$((i+1)); done; echo done; read line`;
  const child = spawn('sh', ['-c', script], { stdio: ['pipe', 'pipe', 'ignore'] });
  await cutOutput(child).until('done');
  const seconds = cpuSecondsOfTree(child.pid ?? 0);
  child.stdin.end();
  await once(child, 'close');
  return { cpuMs: (seconds / psRuns) * 1000 };
}
