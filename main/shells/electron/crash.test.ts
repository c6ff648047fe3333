import type { BrowserWindow } from 'electron';
import { beforeEach, expect, test, vi } from 'vitest';
import { FakeWindow, resetElectron, seen } from './electron-fixture.ts';

vi.mock('electron', async () => (await import('./electron-fixture.ts')).electron);
const { setupCrashNote } = await import('./crash.ts');

let window: FakeWindow;
beforeEach(() => {
  resetElectron();
  window = new FakeWindow({});
  setupCrashNote(window as unknown as BrowserWindow);
});

const note = (reason: string) => [
  'message box',
  {
    type: 'error',
    message: 'The page of Rackside has ended unexpectedly.',
    detail: `${reason} Hosts are still watched and nothing that was kept is lost.`,
    buttons: ['Show it again', 'Quit'],
    defaultId: 0,
    cancelId: 0,
  },
];

test.each([
  ['crashed', 'It crashed (crashed, 5).'],
  ['oom', 'It ran out of memory.'],
  ['killed', 'It was ended from outside.'],
])('a page that %s is told of and shown again', async (reason, sentence) => {
  window.webContents.emit('render-process-gone', {}, { reason, exitCode: 5 });
  await expect.poll(() => seen.told).toEqual([note(sentence), 'reload']);
});

test('whoever has enough can quit', async () => {
  seen.button = 1;
  window.webContents.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 5 });
  await expect.poll(() => seen.told).toEqual([note('It crashed (crashed, 5).'), 'quit']);
});

test('a page that ended as it should is no crash, and a window that was closed over the question is left alone', async () => {
  window.webContents.emit('render-process-gone', {}, { reason: 'clean-exit', exitCode: 0 });
  window.webContents.emit('render-process-gone', {}, { reason: 'oom', exitCode: 1 });
  window.destroy();
  await Promise.resolve();
  expect(seen.told).toEqual([note('It ran out of memory.'), 'destroy']);
});
