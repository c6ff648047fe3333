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
  return window;
}

/** Shows the page at one of its own addresses; where it is there already, it moves without loading anew. */
export async function loadPage(window: BrowserWindow, route = ''): Promise<void> {
  // It rejects when a later load takes over, which is as good.
  await window.loadURL(route === '' ? pageUrl : `${pageUrl}#${route}`).catch(() => {});
}

/** Brings the window to whoever started Rackside again. */
export function raiseWindow(window: BrowserWindow): void {
  if (window.isDestroyed()) return;
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}
