import { beforeEach, expect, test, vi } from 'vitest';
import { resetElectron, seen } from './electron-fixture.ts';

vi.mock('electron', async () => (await import('./electron-fixture.ts')).electron);
const { createWindow, loadPage, raiseWindow } = await import('./window.ts');

beforeEach(resetElectron);

const first = { bounds: { width: 1280, height: 840 }, maximized: false };

test('the window is sandboxed, isolated and without Node', () => {
  createWindow('/out/preload/index.cjs', first);
  expect(seen.windows.map(({ options }) => options)).toEqual([
    {
      width: 1280,
      height: 840,
      minWidth: 720,
      minHeight: 480,
      title: 'Rackside',
      show: false,
      webPreferences: {
        preload: '/out/preload/index.cjs',
        contextIsolation: true,
        sandbox: true,
        nodeIntegration: false,
        nodeIntegrationInWorker: false,
        nodeIntegrationInSubFrames: false,
        webSecurity: true,
        webviewTag: false,
        spellcheck: false,
      },
    },
  ]);
});

test('it is seen once it has something to show, as large as it was', () => {
  const window = createWindow('/preload', { ...first, maximized: true });
  window.emit('ready-to-show');
  expect(seen.told).toEqual(['maximize', 'show']);
});

test('it loads our own page, at the view that is wanted, and a load that another replaces is none to complain of', async () => {
  const window = createWindow('/preload', first);
  await loadPage(window);
  seen.loadFails = true;
  await loadPage(window, '/host/7');
  expect(seen.told).toEqual([
    ['load', 'app://rackside/'],
    ['load', 'app://rackside/#/host/7'],
  ]);
});

test('it is brought to the front, from the dock too, and left alone once it is gone', () => {
  const window = createWindow('/preload', first);
  raiseWindow(window);
  Object.assign(window, { minimized: true });
  raiseWindow(window);
  window.destroy();
  raiseWindow(window);
  expect(seen.told).toEqual(['show', 'focus', 'restore', 'show', 'focus', 'destroy']);
});
