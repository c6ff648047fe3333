import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type ChildEnd, runChild } from '../child.ts';
import { setUpPrerequisites } from '../prerequisites.ts';
import { checkRooms } from '../rooms.ts';
import { type Count, countVitest, noTests } from './count.ts';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** One part of `npm test`. It shows its own output where that is long, and returns what only a failure needs. */
export interface Stage {
  readonly name: string;
  run(filters: readonly string[]): Promise<Count & { readonly output?: string }>;
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

async function vitest(config: string, filters: readonly string[]): Promise<Count> {
  const folder = mkdtempSync(join(tmpdir(), 'rackside-test-'));
  const file = join(folder, 'result.json');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  try {
    const end = await tool('vitest/vitest.mjs', ['run', '--config', config, ...reporters, ...filters], 'show');
    return countVitest(readIfThere(file), end.exit);
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
