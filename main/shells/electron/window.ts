import { BrowserWindow } from 'electron';
import { pageUrl } from './page-protocol.ts';
import type { WindowState } from './window-state.ts';

/** The one window. Its page runs without Node, apart from the preload, in a sandbox. */
export function createWindow(preload: string, state: WindowState): BrowserWindow {
  const window = new BrowserWindow({
    ...state.bounds,
    minWidth: 720,
    minHeight: 480,
    title: 'Rackside',
    show: false,
    webPreferences: {
      preload,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      spellcheck: false,
    },
  });
  if (state.maximized) window.maximize();
  window.once('ready-to-show', () => window.show());
  void window.loadURL(pageUrl);
  return window;
}
