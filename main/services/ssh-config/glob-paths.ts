import { lstat, readdir } from 'node:fs/promises';

/** `Include` may name many files, but not everything there is. */
const maxPaths = 10_000;

/**
 * Paths that a pattern names, sorted by their bytes, as `glob(3)` finds them: `*`, `?` and `[…]` within one name, a
 * leading dot only where it is written, `\` before a sign that stands for itself. Nothing found is an empty list.
 */
export async function globPaths(pattern: string): Promise<string[]> {
  let paths = [pattern.startsWith('/') ? '/' : ''];
  const names = pattern.split(/\/+/).filter((name) => name !== '');
  for (const name of names) {
    const found = await Promise.all(paths.map((path) => step(path, name)));
    paths = found.flat().slice(0, maxPaths);
  }
  return names.length === 0 ? [] : paths.sort(byBytes);
}

async function step(directory: string, name: string): Promise<string[]> {
  const join = (entry: string): string =>
    directory === '' || directory.endsWith('/') ? `${directory}${entry}` : `${directory}/${entry}`;
  if (!/[*?[]/.test(name)) {
    const path = join(name.replaceAll(/\\(.)/gs, '$1'));
    return (await lstat(path).catch(() => null)) === null ? [] : [path];
  }
  const pattern = patternOf(name);
  const entries = await readdir(directory === '' ? '.' : directory).catch(() => []);
  return entries.filter((entry) => (!entry.startsWith('.') || name.startsWith('.')) && pattern.test(entry)).map(join);
}

function patternOf(name: string): RegExp {
  const source = name.replaceAll(
    /\\(.)|\*+|\?|\[([!^]?)(\]?[^\]]*)\]|./gsu,
    (sign, literal: string | undefined, negated: string | undefined, members: string | undefined) => {
      if (literal !== undefined) return escaped(literal);
      if (members !== undefined) return `[${negated === '' ? '' : '^'}${members.replaceAll(/[\\\]^[]/g, '\\$&')}]`;
      if (sign.startsWith('*')) return '.*';
      return sign === '?' ? '.' : escaped(sign);
    },
  );
  try {
    return new RegExp(`^${source}$`, 'su');
  } catch {
    // A range that ends before it begins matches nothing.
    return /(?!)/;
  }
}

function escaped(sign: string): string {
  return sign.replace(/[\\^$.*+?()[\]{}|/]/, '\\$&');
}

function byBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
