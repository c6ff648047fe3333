import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type ChildEnd, runChild } from '../child.ts';
import { setUpPrerequisites } from '../prerequisites.ts';
import { checkRooms } from '../rooms.ts';
import { type Count, countVitest, failedFiles, noTests, readVitest, type VitestRun, withRerun } from './count.ts';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

export interface StageCount extends Count {
  /** What only a failure needs. */
  readonly output?: string;
  /** Files that failed, and passed when they ran again by themselves. */
  readonly unsteady?: readonly string[];
}

/** One part of `npm test`. It shows its own output where that is long. */
export interface Stage {
  readonly name: string;
  run(filters: readonly string[]): Promise<StageCount>;
}

const typeRooms = ['pure', 'node', 'preload', 'renderer', 'tests'];

export const stages: readonly Stage[] = [
  {
    name: 'prerequisites',
    run: async () => {
      const missing = await setUpPrerequisites((line) => console.log(line));
      return missing === null ? noTests : { ...noTests, failed: 1, output: missing };
    },
  },
  {
    name: 'types',
    run: async () => {
      const waiting = [...typeRooms];
      const ends: ChildEnd[] = [];
      const worker = async () => {
        for (let room = waiting.shift(); room !== undefined; room = waiting.shift()) {
          ends.push(await tool('typescript/lib/tsc.js', ['-p', `tsconfig.${room}.json`], 'keep'));
        }
      };
      await Promise.all([worker(), worker()]);
      return asChecks(ends);
    },
  },
  { name: 'lint', run: async () => asChecks([await tool('@biomejs/biome/bin/biome', ['check', '.'], 'keep')]) },
  {
    name: 'rooms',
    run: async () => {
      const { breaches } = checkRooms(root);
      const output = breaches.map(({ path, line, rule }) => `${path}:${line}: ${rule}`).join('\n');
      return { ...noTests, passed: breaches.length === 0 ? 1 : 0, failed: breaches.length === 0 ? 0 : 1, output };
    },
  },
  { name: 'unit', run: (filters) => vitest('vitest.config.ts', filters) },
  {
    name: 'build',
    run: async () => asChecks([await runChild(process.execPath, ['scripts/build.ts'], { cwd: root, output: 'keep' })]),
  },
  { name: 'e2e', run: (filters) => vitest('vitest.e2e.config.ts', filters) },
];

function tool(script: string, args: readonly string[], output: 'show' | 'keep'): Promise<ChildEnd> {
  return runChild(process.execPath, [join(root, 'node_modules', script), ...args], { cwd: root, output });
}

function asChecks(ends: readonly ChildEnd[]): Count & { output: string } {
  const bad = ends.filter(({ exit }) => exit !== 0);
  const output = bad.map((end) => end.output.trimEnd()).join('\n');
  return { ...noTests, passed: ends.length - bad.length, failed: bad.length, output };
}

/** So many files that fail are no accident. */
const mostAccidents = 3;

/** In CI, files that fail are run once more, by themselves: see `docs/adr/0007-ci-runs-a-failed-file-again.md`. */
async function vitest(config: string, filters: readonly string[]): Promise<StageCount> {
  const first = await runVitest(config, filters);
  const failed = failedFiles(first);
  if (!process.env.CI || failed.length === 0 || failed.length > mostAccidents) return countVitest(first);
  const paths = failed.map((path) => relative(root, path));
  console.log(`\n── once more, by themselves: ${paths.join(', ')}`);
  const second = await runVitest(config, paths);
  const still = new Set(failedFiles(second));
  const unsteady = second.files.length === 0 ? [] : paths.filter((_, index) => !still.has(failed[index] as string));
  return { ...countVitest(withRerun(first, second)), unsteady };
}

async function runVitest(config: string, filters: readonly string[]): Promise<VitestRun> {
  const folder = mkdtempSync(join(tmpdir(), 'rackside-test-'));
  const file = join(folder, 'result.json');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  try {
    const end = await tool('vitest/vitest.mjs', ['run', '--config', config, ...reporters, ...filters], 'show');
    return readVitest(readIfThere(file), end.exit);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function readIfThere(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}
