import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type MadeDump, makeCommandsLog, makeSamplesLog, rareWord } from './dump-files.ts';
import { lookingAround } from './dump-latency.ts';
import { median } from './measure.ts';
import type { Figure, Report } from './report.ts';

const cli = join(import.meta.dirname, '../out/main/cli.js');
const gib = 1 << 30;
const runs = 5;

/**
 * Dumps of a gigabyte: how long they take to open, to search and to look around in, beside what the field's tools need
 * for the same file in the same run. Whole processes where a rival is named; the built command line tool is ours.
 */
export async function dumpBench(report: Report): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'rackside-dump-bench-'));
  try {
    const big = await make(folder, 'big', { bytes: gib, seed: 1, sizes: 'mixed', forged: 12, rare: 7, cutTail: true });
    const small = await make(folder, 'small', { bytes: gib, seed: 2, sizes: 'small' });
    const damaged = await make(folder, 'damaged', {
      bytes: 200e6,
      seed: 3,
      sizes: 'mixed',
      torn: 20,
      holes: 5,
      forged: 2,
    });
    const liar = await make(folder, 'liar', { bytes: 268e6, seed: 4, sizes: 'mixed', lyingPrefix: '9', forged: 13 });
    const tell = (
      figure: string,
      value: number,
      unit: string,
      bar: number | null = null,
      rival: Figure['rival'] = null,
    ) => report({ bench: 'dump', figure, value, unit, bar, rival });

    indexing(big, small, tell, folder);
    for (const { made, directory, name } of [big, small, damaged, liar]) {
      const found = index(directory);
      tell(`${name}: entries missed or made up`, Math.abs(found.entries - made.entries), '', 0);
    }
    searching(big, tell);
    await lookingAround(big, tell, join(folder, 'indexes'));
    await samples(folder, tell);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export type Tell = (figure: string, value: number, unit: string, bar?: number | null, rival?: Figure['rival']) => void;

export interface Made {
  readonly name: string;
  readonly directory: string;
  readonly log: string;
  readonly made: MadeDump;
}

async function make(folder: string, name: string, plan: Parameters<typeof makeCommandsLog>[1]): Promise<Made> {
  const directory = join(folder, name);
  mkdirSync(directory);
  const log = join(directory, 'commands.log');
  return { name, directory, log, made: await makeCommandsLog(log, plan) };
}

interface Timed {
  readonly wall: number;
  readonly cpu: number;
  readonly output: string;
}

/** A whole process: seconds by the clock, and of CPU, its children included. */
function timed(command: string, args: readonly string[], env: Record<string, string> = {}): Timed | null {
  const cpuBefore = childSeconds();
  const begun = performance.now();
  const ended = spawnSync(command, args, { env: { ...process.env, ...env }, maxBuffer: 64 << 20 });
  if (ended.error !== undefined || (ended.status !== 0 && ended.status !== 1)) return null;
  return { wall: (performance.now() - begun) / 1000, cpu: childSeconds() - cpuBefore, output: String(ended.stdout) };
}

/** CPU of all children that ended, by the kernel's count of hundredths. */
function childSeconds(): number {
  const stat = readFileSync('/proc/self/stat', 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[13]) + Number(fields[14])) / 100;
}

function often(command: string, args: readonly string[], env: Record<string, string> = {}, times = runs): Timed | null {
  const all = Array.from({ length: times }, () => timed(command, args, env)).filter((one) => one !== null);
  if (all.length < times) return null;
  const [wall, cpu] = [median(all.map((one) => one.wall)), median(all.map((one) => one.cpu))];
  return { wall, cpu, output: all[0]?.output ?? '' };
}

const ours = (...args: string[]) => [cli, 'dump', ...args];

function index(directory: string): { entries: number; rss_bytes: number } {
  const { output = '{}' } = timed(process.execPath, ours('index', directory, '--json')) ?? {};
  return JSON.parse(output);
}

function indexing(big: Made, small: Made, tell: Tell, folder: string): void {
  const lnav = often('lnav', ['-n', '-c', ';SELECT count(*) FROM dump_log', big.log], { HOME: lnavHome(folder) }, 3);
  const mine = often(process.execPath, ours('index', big.directory, '--json'));
  if (mine === null) throw new Error('The built command line tool does not run: npm run build.');
  const rival = (value: number | undefined) => (value === undefined ? null : { name: 'lnav', value });
  tell('index 1 GiB, wall', mine.wall, 's', 0.8, rival(lnav?.wall));
  tell('index 1 GiB, CPU', mine.cpu, 's', 0.8, rival(lnav?.cpu));
  if (lnav !== null) tell('index 1 GiB, CPU of lnav times ours', lnav.cpu / mine.cpu, '', null);
  tell('index 1 GiB, memory', index(big.directory).rss_bytes / 2 ** 20, 'MiB', 128);
  const lines = often('wc', ['-l', big.log]);
  if (lines !== null) tell('wc -l of it, CPU', lines.cpu, 's');
  const many = often(process.execPath, ours('index', small.directory, '--json'), {}, 3);
  tell('index 1 GiB of small entries, wall', many?.wall ?? Number.NaN, 's', 3);
  tell('index 1 GiB of small entries, memory', index(small.directory).rss_bytes / 2 ** 20, 'MiB', 256);
}

/** lnav knows a format by a file in its home. */
function lnavHome(folder: string): string {
  const home = join(folder, 'lnav-home');
  const formats = join(home, '.lnav', 'formats', 'dump');
  mkdirSync(formats, { recursive: true });
  const format = {
    title: 'a dump',
    regex: { head: { pattern: '^===== (?<timestamp>\\S+) =====$' } },
    'timestamp-format': ['%Y-%m-%dT%H:%M:%S.%fZ'],
    sample: [{ line: '===== 2026-04-22T20:13:19.123456Z =====' }],
  };
  writeFileSync(join(formats, 'format.json'), JSON.stringify({ dump_log: format }));
  return home;
}

function searching(big: Made, tell: Tell): void {
  // The index is kept by the first of them, as it is where somebody looks at a dump.
  const once = timed(process.execPath, ours('search', big.directory, rareWord, '-c'));
  const literal = often(process.execPath, ours('search', big.directory, rareWord, '-c', '--json'));
  const expression = often(
    process.execPath,
    ours('search', big.directory, 'faulted|cannot open', '--regex', '-i', '-c', '--json'),
  );
  const rg = often('rg', ['-c', '-F', rareWord, big.log]);
  const rgExpression = often('rg', ['-c', '-i', 'faulted|cannot open', big.log]);
  const rival = (value: number | undefined) => (value === undefined ? null : { name: 'rg', value });
  if (once === null || literal === null || expression === null) throw new Error('A search failed.');
  tell('literal search of 1 GiB, wall', literal.wall, 's', 0.7, rival(rg?.wall));
  tell('expression over 1 GiB, wall', expression.wall, 's', 1.5, rival(rgExpression?.wall));
  tell('literal: matches missed or made up', Math.abs(JSON.parse(literal.output).hits - big.made.rare), '', 0);
}

async function samples(folder: string, tell: Tell): Promise<void> {
  const directory = join(folder, 'samples');
  mkdirSync(directory);
  const count = await makeSamplesLog(join(directory, 'samples.log'), 300e6);
  const mine = often(process.execPath, ours('index', directory, '--json'), {}, 3);
  tell('index 300 MB of samples, wall', mine?.wall ?? Number.NaN, 's', 0.6);
  tell('samples missed or made up', Math.abs(JSON.parse(mine?.output ?? '{}').samples - count), '', 0);
}
