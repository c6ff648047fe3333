import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where a program of Electron has its fuses: after this text, a version and their number, one digit each. */
const sentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
const fuseNames = [
  'runAsNode',
  'enableCookieEncryption',
  'enableNodeOptionsEnvironmentVariable',
  'enableNodeCliInspectArguments',
  'enableEmbeddedAsarIntegrityValidation',
  'onlyLoadAppFromAsar',
  'loadBrowserProcessSpecificV8Snapshot',
  'grantFileProtocolExtraPrivileges',
  'wasmTrapHandlers',
];

/** A folder that looks to electron-builder like Electron's runtime for Linux; nothing in it runs. */
export function writeRuntimeStandIn(folder: string): void {
  mkdirSync(join(folder, 'resources'), { recursive: true });
  mkdirSync(join(folder, 'locales'));
  const fuses = Buffer.from([1, fuseNames.length, ...Buffer.from('101101011')]);
  writeFileSync(join(folder, 'electron'), Buffer.concat([Buffer.from(`program ${sentinel}`), fuses]), { mode: 0o755 });
  for (const name of ['LICENSE', 'LICENSES.chromium.html', 'version', 'locales/en-US.pak', 'locales/de.pak']) {
    writeFileSync(join(folder, name), name);
  }
}

/** The fuses that were left on. */
export function fusesOn(program: Buffer): string[] {
  const start = program.indexOf(sentinel) + sentinel.length + 2;
  return fuseNames.filter((_name, index) => program[start + index] === '1'.charCodeAt(0));
}
