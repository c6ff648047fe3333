import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const stamp = join(root, 'out', '.built-from');

const inputs = ['main', 'preload', 'renderer', 'electron.vite.config.ts', 'package-lock.json', 'package.json'];

/** Builds `out/` unless it was built from exactly these sources. The answer tells which. */
export async function buildWhenNeeded(): Promise<'built' | 'fresh'> {
  const digest = digestOfInputs();
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === digest) return 'fresh';
  rmSync(stamp, { force: true });
  // Loaded here: a start on a built tree should not wait for a bundler.
  const { build } = await import('electron-vite');
  process.chdir(root);
  await build({ configFile: join(root, 'electron.vite.config.ts'), logLevel: 'warn' });
  writeFileSync(stamp, digest);
  return 'built';
}

function digestOfInputs(): string {
  const hash = createHash('sha256');
  for (const path of inputs.flatMap(filesOf))
    hash
      .update(path)
      .update('\0')
      .update(readFileSync(join(root, path)));
  return hash.digest('hex');
}

function filesOf(path: string): string[] {
  const full = join(root, path);
  if (!existsSync(full)) return [];
  if (path.includes('.')) return [path];
  return readdirSync(full, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    .sort();
}

if (import.meta.main) {
  const what = await buildWhenNeeded();
  process.stderr.write(what === 'built' ? 'Built into out/.\n' : 'out/ is up to date.\n');
}
