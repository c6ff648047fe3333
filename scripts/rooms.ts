import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Breach, checkFile, remarkOn } from './rooms/check.ts';

/** Holds every source file of the repository against the table of rooms. */
export function checkRooms(root: string): { files: number; breaches: readonly Breach[]; remarks: readonly string[] } {
  const breaches: Breach[] = [];
  const remarks: string[] = [];
  const paths = sourceFiles(root);
  for (const path of paths) {
    const source = readFileSync(join(root, path), 'utf8');
    breaches.push(...checkFile(path, source));
    const remark = remarkOn(path, source);
    if (remark !== null) remarks.push(remark);
  }
  return { files: paths.length, breaches, remarks };
}

const builtOrForeign = new Set(['node_modules', 'out', 'dist', 'coverage']);

function sourceFiles(root: string): string[] {
  return readdirSync(root, { withFileTypes: true })
    .filter((entry) => !entry.name.startsWith('.') && !builtOrForeign.has(entry.name))
    .flatMap((entry) => (entry.isDirectory() ? sourcesBelow(root, join(root, entry.name)) : [entry.name]))
    .filter((path) => /\.([cm]?[jt]s|[jt]sx)$/.test(path))
    .sort();
}

function sourcesBelow(root: string, folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'));
}

if (import.meta.main) {
  const { files, breaches, remarks } = checkRooms(dirname(dirname(fileURLToPath(import.meta.url))));
  for (const remark of remarks) console.log(remark);
  for (const { path, line, rule } of breaches) console.error(`${path}:${line}: ${rule}`);
  console.log(`${files} files, ${breaches.length} breaches of the rooms`);
  process.exitCode = breaches.length === 0 ? 0 : 1;
}
