import { builtinModules } from 'node:module';
import { posix } from 'node:path';
import { type Import, readImports } from './imports.ts';
import { type Room, rooms, tests } from './table.ts';

/** One broken rule. */
export interface Breach {
  readonly path: string;
  readonly line: number;
  readonly rule: string;
}

const mostLines = 400;
const argueLines = 250;
const preloadLines = 40;
const kebabCase = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)*$/;

/** Holds one file against the table. `path` is relative to the repository, with forward slashes. */
export function checkFile(path: string, source: string): readonly Breach[] {
  const breaches: Breach[] = [];
  const breach = (line: number, rule: string) => breaches.push({ path, line, rule });

  const odd = path.split('/').find((part) => !kebabCase.test(part));
  if (odd !== undefined) breach(1, `"${odd}" is not kebab-case`);
  const lines = countLines(source);
  if (lines > mostLines) breach(mostLines + 1, `${lines} lines; above ${mostLines} a file is split`);

  const room = rooms.find(({ holds }) => holds.test(path));
  if (room === undefined) {
    breach(1, 'lies in no room; a new room is a row in scripts/rooms/table.ts and in docs/architecture.md');
    return breaches;
  }
  if (room.name === 'preload' && !isTestPath(path) && lines > preloadLines)
    breach(1, `${lines} lines; the preload stays below ${preloadLines}`);

  const { imports, impure, defaultExport } = readImports(path, source);
  for (const found of imports) {
    const rule = ruleAgainst(path, found, room);
    if (rule !== null) breach(found.line, rule);
  }
  const isTest = isTestPath(path);
  if (room.pure && !isTest) {
    for (const { text, line } of impure) breach(line, `${text}: ${room.name} is pure; time and chance are arguments`);
  }
  if (defaultExport !== null && room.name !== 'configs') breach(defaultExport, 'export default; exports have names');
  return breaches;
}

/** A word about a long file that is still allowed; null for the others. */
export function remarkOn(path: string, source: string): string | null {
  const lines = countLines(source);
  return lines > argueLines && lines <= mostLines
    ? `${path}: ${lines} lines, above ${argueLines} should be argued`
    : null;
}

function ruleAgainst(path: string, found: Import, room: Room): string | null {
  const { specifier, typeOnly } = found;
  const isTest = isTestPath(path);
  if (specifier === null) {
    return isTest || room.loadsByName === true ? null : 'import of a computed name; the room test cannot read it';
  }
  const says = `imports "${specifier}": ${room.name} may not`;

  if (specifier.startsWith('.')) {
    const target = posix.normalize(posix.join(posix.dirname(path), specifier));
    if (target.startsWith('..')) return `${says} reach outside the repository`;
    if (!isTest && isTestPath(target)) return `${says} import a test`;
    if (room.holds.test(target) && rooms.find(({ holds }) => holds.test(target)) === room) return null;
    const allowed = [...room.from, ...(isTest ? tests.from : []), ...(typeOnly ? room.typesFrom : [])];
    if (allowed.some((prefix) => target.startsWith(prefix))) return null;
    const asType = room.typesFrom.some((prefix) => target.startsWith(prefix));
    return asType ? `${says} import its values, only its types` : `${says} import from there`;
  }

  if (specifier.startsWith('node:')) return room.node || isTest ? null : `${says} use Node`;
  if (builtinModules.includes(specifier.split('/')[0] ?? '')) return `${says}: write node:${specifier}`;
  if (specifier.startsWith('/') || specifier.includes(':')) return `${says}: neither a relative path nor a package`;

  const name = packageOf(specifier);
  const packages = [...room.packages, ...(isTest ? tests.packages : [])];
  return packages.includes(name) ? null : `${says} use the package ${name}`;
}

function packageOf(specifier: string): string {
  const parts = specifier.split('/');
  return specifier.startsWith('@') ? parts.slice(0, 2).join('/') : (parts[0] ?? specifier);
}

function isTestPath(path: string): boolean {
  return /\.test\.tsx?$/.test(path);
}

function countLines(source: string): number {
  return source.split('\n').length - (source.endsWith('\n') ? 1 : 0);
}
