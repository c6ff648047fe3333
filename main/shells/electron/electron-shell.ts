import { join } from 'node:path';
import { app, BrowserWindow, dialog } from 'electron';
import type { Wire } from '../../contract/rpc/wire.ts';
import { openConsole } from '../../services/console.ts';
import { dataFolder } from '../data-folder.ts';
import { relayWires } from '../relay-wires.ts';
import { version } from '../version.ts';
import { setupMenu } from './menu.ts';
import { registerPageScheme, setupPageProtocol } from './page-protocol.ts';
import { setupPipe } from './pipe.ts';
import { setupRestrictions } from './restrictions.ts';
import { openSecrets } from './secrets.ts';
import { createWindow } from './window.ts';
import { keepWindowState, readWindowState } from './window-state.ts';

/** `out/`, which this file is built into: `main/` beside `preload/` and `renderer/`. */
const built = join(import.meta.dirname, '..');

export async function runElectronShell(): Promise<void> {
  registerPageScheme();
  if (!app.requestSingleInstanceLock()) return app.quit();
  await app.whenReady();

  const folder = dataFolder(null);
  const secrets = await openSecrets();
  const access = await openConsole({ dataFolder: folder, version, secrets }).catch((error: Error) => {
    dialog.showErrorBox('Rackside cannot start', error.message);
    app.exit(1);
    return null;
  });
  if (access === null) return;

  setupRestrictions();
  setupPageProtocol(join(built, 'renderer'));
  setupMenu();
  setupWindow(folder, (wire) => relayWires(wire, access.connect()));
  setupQuit(() => access.close());
}

function setupWindow(folder: string, onWire: (wire: Wire) => void): void {
  const stateFile = join(folder, 'window.json');
  const window = createWindow(join(built, 'preload', 'index.cjs'), readWindowState(stateFile));
  keepWindowState(window, stateFile);
  setupPipe(window, onWire);
  app.on('second-instance', () => {
    if (window.isMinimized()) window.restore();
    window.focus();
  });
}

/** With the window goes the shell; the console goes once no other shell needs it. */
function setupQuit(close: () => Promise<void>): void {
  let closed = false;
  app.on('window-all-closed', () => app.quit());
  app.on('will-quit', (event) => {
    if (closed) return;
    event.preventDefault();
    for (const window of BrowserWindow.getAllWindows()) window.destroy();
    void close().finally(() => {
      closed = true;
      app.quit();
    });
  });
}
