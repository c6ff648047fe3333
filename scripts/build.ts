import { existsSync, lstatSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const stamp = join(root, 'out', '.built-from');
/** What V8 made of programs that were run: `pinned.mjs` has it kept. */
const compiled = join(root, 'out', '.compiled');

const inputs = ['main', 'preload', 'renderer', 'electron.vite.config.ts', 'package-lock.json', 'package.json'];

/** Builds `out/` unless it was built from exactly these sources. The answer tells which. */
export async function buildWhenNeeded(): Promise<'built' | 'fresh'> {
  const files = inputs.flatMap(filesOf);
  // A file that is written meanwhile has another state by the next start.
  const state = stateOf(files);
  const built = existsSync(stamp) ? readFileSync(stamp, 'utf8') : '';
  if (built.endsWith(`\n${state}`)) return 'fresh';
  const digest = await digestOf(files);
  const isFresh = built.startsWith(digest);
  if (!isFresh) {
    // Other programs may be writing into it.
    for (const old of [stamp, compiled]) rmSync(old, { recursive: true, force: true, maxRetries: 5 });
    // Loaded here: a start on a built tree should not wait for a bundler.
    const { build } = await import('electron-vite');
    process.chdir(root);
    await build({ configFile: join(root, 'electron.vite.config.ts'), logLevel: 'warn' });
  }
  writeFileSync(stamp, `${digest}\n${state}`);
  return isFresh ? 'fresh' : 'built';
}

/** Another one whenever a file is written: told without reading a thousand of them. */
function stateOf(files: readonly string[]): string {
  return files
    .map((path) => {
      const { size, mtimeMs, ctimeMs, ino } = lstatSync(join(root, path));
      return [path, size, mtimeMs, ctimeMs, ino].join('\t');
    })
    .join('\n');
}

async function digestOf(files: readonly string[]): Promise<string> {
  // Most starts need none, and would be held up by what it loads.
  const { createHash } = await import('node:crypto');
  const hash = createHash('sha256');
  for (const path of files)
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
