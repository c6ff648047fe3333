import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { readImports } from './imports.ts';

/** Packages that a file loads, with all that it loads itself, at run time. */
function packagesOf(entry: string): Set<string> {
  const packages = new Set<string>();
  const files = new Set([entry]);
  for (const file of files) {
    for (const { specifier, typeOnly } of readImports(file, readFileSync(file, 'utf8')).imports) {
      if (typeOnly || specifier === null || specifier.startsWith('node:')) continue;
      if (specifier.startsWith('.')) files.add(join(dirname(file), specifier));
      else packages.add(specifier);
    }
  }
  return packages;
}

test("the store's thread loads no schemas: they would take 7 MiB there, and what crosses to it is our own", () => {
  const root = join(import.meta.dirname, '..', '..');
  expect([...packagesOf(join(root, 'main/services/store/store-worker.ts'))]).toEqual(['better-sqlite3']);
});
