import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Collector, Command, Round } from '../main/domain/collect/collector.ts';
import { collectors } from '../main/domain/collect/collectors/index.ts';
import { commandLine } from '../main/domain/collect/command-line.ts';
import { toPlain } from '../main/domain/collect/plain.ts';
import type { CommandRecord } from '../main/domain/collect/record.ts';
import { randomFrom } from './random.ts';
import type { Report } from './report.ts';
import { spoilt } from './spoilt-output.ts';

export interface ParseFuzzResult {
  readonly inputs: number;
  readonly seeds: number;
  /** What was thrown, and by which collector. */
  readonly thrown: readonly string[];
  /** Numbers that JSON cannot say. */
  readonly notFinite: readonly string[];
  /** Inputs that took longer than the limit, each time that they were tried. */
  readonly slow: readonly string[];
  /** Of one input, in milliseconds. */
  readonly slowest: number;
}

/** An output that a collector understands. */
interface Seed {
  readonly collector: Collector;
  readonly command: Command;
  readonly bytes: Uint8Array;
}

const limitMs = 50;
const seed = 20_261_129;

/** A million spoilt outputs through the parsers of all collectors. */
export async function parseFuzzBench(report: Report): Promise<void> {
  const result = parseFuzz(1_000_000, seed, process.env.RACKSIDE_CORPUS);
  for (const line of [...result.thrown, ...result.notFinite, ...result.slow].slice(0, 20)) console.error(line);
  const figure = { bench: 'parse-fuzz', rival: null, unit: '', bar: null };
  report({ ...figure, figure: 'outputs that were spoilt', value: result.seeds });
  report({ ...figure, figure: 'inputs', value: result.inputs });
  report({ ...figure, figure: 'thrown', value: result.thrown.length, bar: 0 });
  report({ ...figure, figure: 'NaN or Infinity', value: result.notFinite.length, bar: 0 });
  report({ ...figure, figure: `longer than ${limitMs} ms`, value: result.slow.length, bar: 0 });
  report({ ...figure, figure: 'slowest', value: result.slowest, unit: 'ms', bar: limitMs });
}

/** @param corpus a directory of captures; without it, what the commands print on this machine */
export function parseFuzz(inputs: number, seed: number, corpus: string | undefined): ParseFuzzResult {
  const random = randomFrom(seed);
  const seeds = [...ownOutputs(), ...(corpus === undefined ? [] : captures(corpus))].flatMap(understoodBy);
  const [thrown, notFinite, slow]: string[][] = [[], [], []];
  let slowest = 0;
  for (let index = 0; index < inputs; index++) {
    const { collector, command, bytes } = seeds[Math.floor(random() * seeds.length)] as Seed;
    const other = seeds[Math.floor(random() * seeds.length)] as Seed;
    const input = spoilt(bytes, other.bytes, random);
    const isCut = random() < 0.1;
    const began = cpuMs();
    const where = `${collector.id}, input ${index}`;
    try {
      const outcome = parse(collector, command, input, isCut);
      if (outcome.status === 'ok') toPlain(outcome.value);
    } catch (error) {
      (/ is not a number\.$/.test(String(error)) ? notFinite : thrown)?.push(`${where}: ${(error as Error).stack}`);
    }
    const took = cpuMs() - began;
    // Collecting garbage, or cold code, may have fallen into it: it is slow only where it is slow again.
    const again = took > limitMs ? timed(() => parse(collector, command, input, isCut)) : took;
    slowest = Math.max(slowest, Math.min(took, again));
    if (Math.min(took, again) > limitMs) slow?.push(`${where}: ${again} ms for ${input.length} bytes of ${command.id}`);
  }
  return { inputs, seeds: seeds.length, thrown: thrown ?? [], notFinite: notFinite ?? [], slow: slow ?? [], slowest };
}

/** Of this thread: another program may have the CPU meanwhile. */
function cpuMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

function timed(work: () => unknown): number {
  const began = cpuMs();
  try {
    work();
  } catch {
    // It is counted where it was thrown first.
  }
  return cpuMs() - began;
}

function parse(collector: Collector, command: Command, bytes: Uint8Array, truncated: boolean) {
  const record: CommandRecord = {
    ...{ command: commandLine(command, ''), stdout: bytes, stderr: new Uint8Array(), truncated, timedOut: false },
    ...{ endedAt: 0, exit: 0, error: null, durationMs: 1 },
  };
  const round = (previous: unknown): Round<unknown> => ({
    records: (id) => (id === command.id ? [record] : []),
    clock: { boot_id: null, uptime_seconds: 1000 },
    previous,
    elapsedSeconds: previous === null ? null : 30,
    roundSeconds: 0.1,
    arrivals: [-1000, -999],
    roundBytes: bytes.length,
  });
  const first = collector.parse(round(null));
  // A second round out of the same output: rates over no growth.
  return first.state === undefined ? first : collector.parse(round(first.state));
}

function understoodBy(bytes: Uint8Array): Seed[] {
  return collectors.flatMap((collector) =>
    collector.commands.flatMap((command) => {
      const outcome = parse(collector, command, bytes, false);
      return outcome.status === 'ok' && leaves(outcome.value) > 1 ? [{ collector, command, bytes }] : [];
    }),
  );
}

function leaves(value: unknown): number {
  if (typeof value !== 'object') return value === undefined ? 0 : 1;
  return value === null ? 0 : Object.values(value).reduce((sum: number, part) => sum + leaves(part), 0);
}

/** What the commands print here; those whose tools are not there print nothing. */
function ownOutputs(): Uint8Array[] {
  const lines = collectors.flatMap(({ commands }) =>
    commands.map((command) => commandLine(command, String(process.pid))),
  );
  return lines.map((line) => {
    const limits = {
      timeout: 10_000,
      maxBuffer: 1 << 22,
      stdio: ['ignore', 'pipe', 'ignore'] as ['ignore', 'pipe', 'ignore'],
    };
    return new Uint8Array(
      spawnSync('sh', ['-c', line], { ...limits, env: { ...process.env, LC_ALL: 'C' } }).stdout ?? [],
    );
  });
}

function captures(directory: string): Uint8Array[] {
  if (!existsSync(directory)) return [];
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(txt|json)$/.test(entry.name) && !entry.name.endsWith('.expected.json'))
    .map((entry) => new Uint8Array(readFileSync(join(entry.parentPath, entry.name))));
}
