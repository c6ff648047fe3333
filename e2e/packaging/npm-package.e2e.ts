import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';

/** What `npm pack` gives: the command line and the web shell, for machines without a display. */
const root = join(import.meta.dirname, '..', '..');
const run = promisify(execFile);
let folder: string;
let project: string;
let listed: { path: string; size: number }[];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'rackside-npm-'));
  project = join(folder, 'project');
  mkdirSync(project);
  writeFileSync(join(project, 'package.json'), '{"private":true}');
  const { stdout } = await run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], {
    cwd: root,
  });
  const [packed] = JSON.parse(stdout) as { filename: string; files: typeof listed; size: number }[];
  listed = packed?.files ?? [];
  process.stdout.write(
    `The npm package has ${listed.length} files and ${((packed?.size ?? 0) / 1e6).toFixed(2)} MB.\n`,
  );
  const quiet = ['--ignore-scripts', '--prefer-offline', '--no-audit', '--no-fund', '--fetch-timeout=60000'];
  await run('npm', ['install', ...quiet, join(folder, packed?.filename ?? '')], { cwd: project, timeout: 240_000 });
}, 300_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** As the program that npm put into the project's PATH, on the Node that the tests run on. */
function rackside(program: string, ...args: string[]) {
  return run(process.execPath, [join(project, 'node_modules', '.bin', program), ...args], {
    env: { ...process.env, HOME: folder, RACKSIDE_DATA: join(folder, 'data') },
  });
}

test('what is packed is the built program and its papers', () => {
  const places = new Set(listed.map(({ path }) => path.replace(/^(out\/[^/]+|docs)\/.*/, '$1/')));
  expect([...places].sort()).toEqual([
    'CHANGELOG.md',
    'LICENSE',
    'README.md',
    'docs/',
    'out/main/',
    'out/preload/',
    'out/renderer/',
    'package.json',
  ]);
  expect(listed.filter(({ path }) => path.startsWith('docs/') && !/^docs\/[^/]+\.md$/.test(path))).toEqual([]);
});

test('the command line answers, and reads this machine', async () => {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  expect((await rackside('rackside', '--version')).stdout).toBe(`${version}\n`);
  expect(JSON.parse((await rackside('rackside', 'collect', 'local', '--json')).stdout)).toMatchObject({ kind: 'fast' });
});

test('the web shell serves the page to whoever has its address', async () => {
  const server = spawn(process.execPath, [join(project, 'node_modules', '.bin', 'rackside-web'), '--no-open'], {
    env: { ...process.env, HOME: folder, RACKSIDE_DATA: join(folder, 'data') },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const [line] = (await once(createInterface({ input: server.stdout }), 'line')) as [string];
    const response = await fetch(line.replace('Rackside: ', ''));
    expect([response.status, await response.text()]).toEqual([200, expect.stringContaining('<title>Rackside</title>')]);
  } finally {
    server.kill('SIGTERM');
    await once(server, 'exit');
  }
});

test.each(['cli', 'web', 'electron'])('an older Node is told which one is needed, by %s', async (program) => {
  const old = 'Object.defineProperty(process,"versions",{value:{...process.versions,node:"20.1.0"}})';
  const entry = join(project, 'node_modules', 'rackside', 'out', 'main', `${program}.js`);
  const failure = await run(process.execPath, ['--import', `data:text/javascript,${old}`, entry]).catch(
    (error) => error,
  );
  expect([failure.code, failure.stderr]).toEqual([
    1,
    'Rackside needs Node 24 or newer, and this is 20.1.0. In a checkout, npm start and npm run rackside use the right one.\n',
  ]);
});
