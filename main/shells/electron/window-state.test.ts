import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserWindow } from 'electron';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { FakeWindow, resetElectron } from './electron-fixture.ts';

vi.mock('electron', async () => (await import('./electron-fixture.ts')).electron);
const { keepWindowState, readWindowState } = await import('./window-state.ts');

let folder: string;
let file: string;
beforeEach(() => {
  resetElectron();
  folder = mkdtempSync(join(tmpdir(), 'rackside-window-'));
  file = join(folder, 'window.json');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const bounds = { x: 10, y: 20, width: 800, height: 600 };
const first = { bounds: { width: 1280, height: 840 }, maximized: false };

test.each([
  ['the screen that is there', { bounds, maximized: true }, { bounds, maximized: true }],
  [
    'the screen to the left of it',
    { bounds: { ...bounds, x: -1000 } },
    { bounds: { ...bounds, x: -1000 }, maximized: false },
  ],
  ['a screen that is gone', { bounds: { ...bounds, x: 5000 }, maximized: true }, first],
  ['above every screen', { bounds: { ...bounds, y: -600 } }, first],
  ['a size that nobody can hold', { bounds: { ...bounds, width: 3 } }, first],
  ['words for numbers', { bounds: { ...bounds, width: 'wide' } }, first],
  ['no bounds', { maximized: true }, first],
])('a window that was last on %s', (_where, kept, expected) => {
  writeFileSync(file, JSON.stringify(kept));
  expect(readWindowState(file)).toEqual(expected);
});

test('no file, and half a file', () => {
  const none = readWindowState(file);
  writeFileSync(file, '{"half');
  expect([none, readWindowState(file)]).toEqual([first, first]);
});

test('what is kept when the window closes is read by the next start; what cannot be kept is no trouble', () => {
  const window = new FakeWindow({});
  keepWindowState(window as unknown as BrowserWindow, file);
  keepWindowState(window as unknown as BrowserWindow, join(folder, 'not', 'there.json'));
  window.emit('close');
  expect([readWindowState(file), JSON.parse(readFileSync(file, 'utf8')), statSync(file).mode & 0o777]).toEqual([
    { bounds, maximized: false },
    { bounds, maximized: false },
    0o600,
  ]);
});
