import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { FleetPage } from '../pages/fleet-page.ts';
import { startElectronStandIn } from '../shells/electron-stand-in/start.ts';
import { type AsarFile, layOut, readAsar } from './read-asar.ts';
import { fusesOn, writeRuntimeStandIn } from './runtime-stand-in.ts';

/**
 * What electron-builder makes of the built program with our configuration, up to the point where it would need what
 * cannot be had everywhere: the folder that an installer is made of, with a stand-in for Electron's own files.
 */
const root = join(import.meta.dirname, '..', '..');
const run = promisify(execFile);
let folder: string;
let packed: string;
let files: AsarFile[];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'rackside-package-'));
  writeRuntimeStandIn(join(folder, 'runtime'));
  const cli = join(root, 'node_modules', 'electron-builder', 'cli.js');
  const settings = [`electronDist=${join(folder, 'runtime')}`, `directories.output=${join(folder, 'dist')}`];
  await run(
    process.execPath,
    [cli, '--linux', 'dir', '--x64', '--publish', 'never', ...settings.map((one) => `-c.${one}`)],
    {
      cwd: root,
      timeout: 240_000,
      maxBuffer: 16 << 20,
    },
  );
  packed = join(folder, 'dist', 'linux-unpacked');
  files = readAsar(join(packed, 'resources', 'app.asar'));
}, 300_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Packages by name, with how much of each ships. */
function shippedPackages(): Record<string, number> {
  const sizes: Record<string, number> = {};
  for (const { path, size } of files) {
    const name = /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1];
    if (name !== undefined) sizes[name] = (sizes[name] ?? 0) + size;
  }
  return sizes;
}

/** What package.json names under `dependencies`, and what these need in turn, but for what only helps to compile. */
function neededPackages(): string[] {
  const needed = new Set<string>();
  const add = (name: string): void => {
    if (needed.has(name) || name === 'node-addon-api') return;
    needed.add(name);
    dependenciesOf(join(root, 'node_modules', name)).forEach(add);
  };
  dependenciesOf(root).forEach(add);
  return [...needed].sort();
}

function dependenciesOf(package_: string): string[] {
  const manifest = JSON.parse(readFileSync(join(package_, 'package.json'), 'utf8')) as { dependencies?: object };
  return Object.keys(manifest.dependencies ?? {});
}

test('what ships is the built program and the packages that it needs, and its size is told', () => {
  const ours = files.map(({ path }) => path).filter((path) => !path.startsWith('node_modules/'));
  const built = ['main', 'preload', 'renderer'].flatMap((part) =>
    readdirSync(join(root, 'out', part), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.name.endsWith('.map'))
      .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1)),
  );
  expect(ours.sort()).toEqual(['LICENSE', 'package.json', ...built].sort());
  expect(Object.keys(shippedPackages()).sort()).toEqual(neededPackages());
  const bytes = files.reduce((sum, { size }) => sum + size, 0);
  process.stdout.write(`Ships in ${files.length} files, ${megabytes(bytes)} without Electron itself:\n`);
  for (const [name, size] of Object.entries(shippedPackages())) process.stdout.write(`  ${name} ${megabytes(size)}\n`);
});

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(2)} MB`;
}

test('no tests, sources or maps ship, neither ours nor those of a package', () => {
  const unwanted = /\.(c|cc|cpp|h|hpp|gyp|gypi|map|mts|cts|tsx?|o|a)$|(^|\/)(tests?|bench|e2e|docs|src|\.github)\//;
  expect(files.map(({ path }) => path).filter((path) => unwanted.test(path))).toEqual([]);
});

test('the database library ships for this system alone, outside the archive; no library that is for Node only', () => {
  const native = files.filter(({ path }) => path.endsWith('.node'));
  expect(native.map(({ path, bytes }) => [path, bytes === null])).toEqual([
    ['node_modules/better-sqlite3/prebuilds/linux-x64.node', true],
  ]);
});

test('the installed program runs nothing but Rackside', () => {
  expect(fusesOn(readFileSync(join(packed, 'rackside-desktop')))).toEqual([
    'enableCookieEncryption',
    'enableEmbeddedAsarIntegrityValidation',
    'onlyLoadAppFromAsar',
    'wasmTrapHandlers',
  ]);
});

test('what ships starts: nothing that it needs was left out', async () => {
  const installed = join(folder, 'installed');
  layOut(files, join(packed, 'resources', 'app.asar.unpacked'), installed);
  const { stdout } = await run(process.execPath, [join(installed, 'out', 'main', 'cli.js'), '--version']);
  expect(stdout).toBe(`${JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version}\n`);
  const shell = await startElectronStandIn({
    dataFolder: join(folder, 'data'),
    home: join(folder, 'home'),
    built: join(installed, 'out'),
  });
  try {
    await new FleetPage(shell.page).row('This machine', 'Live').waitFor();
  } finally {
    await shell.close();
  }
});
