import { type BrowserWindow, ipcMain } from 'electron';
import type { Wire } from '../../contract/rpc/wire.ts';
import { channelName, createIpcWire, type IpcWire } from './ipc-wire.ts';
import { pageUrl } from './page-protocol.ts';

/**
 * The page's way to the console. Only the main frame of our own window, showing our own page, is heard. `onWire` is
 * called with a new wire for each load of the page: the first message after the last wire's end opens it.
 */
export function setupPipe(window: BrowserWindow, onWire: (wire: Wire) => void): void {
  let current: IpcWire | null = null;

  function end(): void {
    current?.shut();
  }

  function open(): IpcWire {
    const wire = createIpcWire({
      send: (message) => {
        if (!window.isDestroyed()) window.webContents.send(channelName, message);
      },
    });
    current = wire;
    wire.wire.onClose(() => {
      if (current === wire) current = null;
    });
    onWire(wire.wire);
    return wire;
  }

  ipcMain.on(channelName, (event, message: unknown) => {
    const frame = event.senderFrame;
    // In this order: a window or a frame that is gone throws at a look into it.
    const isOurs = !window.isDestroyed() && frame !== null && frame === window.webContents.mainFrame;
    if (!isOurs || frame.isDestroyed() || !frame.url.startsWith(pageUrl)) return;
    if (message === null) end();
    else (current ?? open()).receive(message);
  });
  window.webContents.on('did-start-navigation', (details) => {
    if (details.isMainFrame && !details.isSameDocument) end();
  });
  window.webContents.on('render-process-gone', end);
  window.on('closed', end);
}
