import { join } from 'node:path';
import { app, BrowserWindow, dialog } from 'electron';
import type { Wire } from '../../contract/rpc/wire.ts';
import { openConsole } from '../../services/console.ts';
import { connectAhead } from '../connect-ahead.ts';
import { dataFolder, dataFolderSource } from '../data-folder.ts';
import { relayWires } from '../relay-wires.ts';
import { version } from '../version.ts';
import { tellAlerts } from './alerts.ts';
import { chooseDump } from './choose-dump.ts';
import { setupCrashNote } from './crash.ts';
import { setupDumpRequests } from './dump-requests.ts';
import { setupMenu } from './menu.ts';
import { registerPageScheme, setupPageProtocol } from './page-protocol.ts';
import { setupPipe } from './pipe.ts';
import { setupRestrictions } from './restrictions.ts';
import { openSecrets } from './secrets.ts';
import { showDump } from './show-dump.ts';
import { createWindow, loadPage, raiseWindow } from './window.ts';
import { keepWindowState, readWindowState } from './window-state.ts';

/** `out/`, which this file is built into: `main/` beside `preload/` and `renderer/`. */
const built = join(import.meta.dirname, '..');

/** As in electron-builder.yml, which gives it to what is installed. */
export const appId = 'org.rackside.Rackside';

export async function runElectronShell(): Promise<void> {
  registerPageScheme();
  // By another one than its shortcut has, Windows shows no notification.
  if (process.platform === 'win32') app.setAppUserModelId(appId);
  const dumps = setupDumpRequests();
  if (dumps === null) return app.quit();
  await app.whenReady();

  const folder = dataFolder(null);
  const secrets = await openSecrets();
  const access = await openConsole({
    dataFolder: folder,
    dataFolderSource: dataFolderSource(null),
    version,
    secrets,
  }).catch((error: Error) => {
    dialog.showErrorBox('Rackside cannot start', error.message);
    app.exit(1);
    return null;
  });
  if (access === null) return;

  void connectAhead(access.connect());
  setupRestrictions();
  setupPageProtocol(join(built, 'renderer'));
  const window = setupWindow(folder, (wire) => relayWires(wire, access.connect()));
  const ending = new AbortController();
  setupQuit(() => {
    ending.abort();
    return access.close();
  });
  const show = (path: string) => void showDump(window, () => access.connect(), path);
  setupMenu((what) => void chooseDump(window, what).then((path) => path !== null && show(path)));
  await loadPage(window);
  dumps.onRequest(show);
  void tellAlerts(
    () => access.connect(),
    ending.signal,
    (hostId) => {
      raiseWindow(window);
      if (hostId !== null && !window.isDestroyed()) void loadPage(window, `/host/${hostId}`);
    },
  );
}

function setupWindow(folder: string, onWire: (wire: Wire) => void): BrowserWindow {
  const stateFile = join(folder, 'window.json');
  const window = createWindow(join(built, 'preload', 'index.cjs'), readWindowState(stateFile));
  keepWindowState(window, stateFile);
  setupPipe(window, onWire);
  setupCrashNote(window);
  app.on('second-instance', () => raiseWindow(window));
  return window;
}

/** With the window goes the shell; the console goes once no other shell needs it. */
function setupQuit(close: () => Promise<void>): void {
  let state: 'open' | 'closing' | 'closed' = 'open';
  app.on('window-all-closed', () => app.quit());
  app.on('will-quit', (event) => {
    if (state === 'closed') return;
    event.preventDefault();
    if (state === 'closing') return;
    state = 'closing';
    for (const window of BrowserWindow.getAllWindows()) window.destroy();
    // While another shell is waited for, the next start is a window of its own, not a nudge to one that is gone.
    app.releaseSingleInstanceLock();
    void close().finally(() => {
      state = 'closed';
      app.quit();
    });
  });
}
