import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { addressFor } from './address.ts';

const id = '0123456789abcdef';
let runtime: string;
beforeEach(() => {
  runtime = mkdtempSync(join(tmpdir(), 'rackside-run-'));
  vi.stubEnv('XDG_RUNTIME_DIR', runtime);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(runtime, { recursive: true });
});

const longFolder = join('/', 'a'.repeat(60), 'b'.repeat(60));

test('the owner listens in its data folder, or, where that path is too long, in a folder of the user', () => {
  expect(addressFor('/data', id)).toBe(`/data/console-${id}.sock`);
  const address = addressFor(longFolder, id);
  expect(address.startsWith(join(runtime, 'rackside', '/'))).toBe(true);
  expect(Buffer.byteLength(address)).toBeLessThanOrEqual(100);
  expect(addressFor(`${longFolder}c`, id)).not.toBe(address);
});

test('a folder that others may look into, or a link in its place, is refused', () => {
  const folder = join(runtime, 'rackside');
  mkdirSync(folder);
  chmodSync(folder, 0o755);
  expect(() => addressFor(longFolder, id)).toThrow('only you can open');
  rmSync(folder, { recursive: true });
  symlinkSync(runtime, folder);
  expect(() => addressFor(longFolder, id)).toThrow('only you can open');
});
