import { EventEmitter, once } from 'node:events';
import type { FromStandIn, ToStandIn } from './messages.ts';

/**
 * As much of Electron's main process as Rackside uses, so that the built bundle runs without Electron's runtime. Its
 * window is a page in the test process, which is told what the window would do and says what the page did.
 */
let said: Promise<void> = Promise.resolve();

function say(message: FromStandIn): void {
  said = new Promise((resolve) => process.send?.(message, () => resolve()));
}

// As Electron has it when it is told which folder to run, which stands in the arguments before ours.
Object.assign(process, { defaultApp: true });

class App extends EventEmitter {
  readonly isPackaged = false;
  readonly whenReady = (): Promise<void> => Promise.resolve();
  readonly exit = (code: number): never => process.exit(code);
  readonly releaseSingleInstanceLock = (): void => {};

  /** The test process knows whether another one runs, and passes on what is handed over. */
  readonly requestSingleInstanceLock = (data: unknown): boolean => {
    const isFirst = process.env.RACKSIDE_STAND_IN_SECOND === undefined;
    if (!isFirst) say({ type: 'second-start', data });
    return isFirst;
  };

  quit(): void {
    let prevented = false;
    this.emit('will-quit', {
      preventDefault: () => {
        prevented = true;
      },
    });
    if (!prevented) void said.then(() => process.exit(0));
  }
}

class WebContents extends EventEmitter {
  readonly mainFrame = { url: 'about:blank', isDestroyed: () => false };
  readonly send = (channel: string, message: unknown): void => say({ type: 'message', channel, message });
  readonly setWindowOpenHandler = (): void => {};
}

interface WindowOptions {
  readonly webPreferences: {
    readonly preload: string;
    readonly sandbox: boolean;
    readonly contextIsolation: boolean;
    readonly nodeIntegration: boolean;
    readonly webSecurity: boolean;
  };
}

export class BrowserWindow extends EventEmitter {
  static readonly windows: BrowserWindow[] = [];
  static readonly getAllWindows = (): BrowserWindow[] => [...BrowserWindow.windows];
  readonly webContents = new WebContents();
  private destroyed = false;

  constructor({ webPreferences }: WindowOptions) {
    super();
    BrowserWindow.windows.push(this);
    app.emit('web-contents-created', {}, this.webContents);
    const { preload, sandbox, contextIsolation, nodeIntegration, webSecurity } = webPreferences;
    say({ type: 'window', preload, sandboxed: sandbox && contextIsolation && webSecurity && !nodeIntegration });
  }

  async loadURL(url: string): Promise<void> {
    this.webContents.mainFrame.url = url;
    const loaded = once(loads, 'loaded');
    say({ type: 'load', url });
    await loaded;
    this.emit('ready-to-show');
  }

  destroy(): void {
    if (this.destroyed) return;
    this.destroyed = true;
    BrowserWindow.windows.splice(BrowserWindow.windows.indexOf(this), 1);
    this.emit('closed');
    if (BrowserWindow.windows.length === 0) app.emit('window-all-closed');
  }

  readonly isDestroyed = (): boolean => this.destroyed;
  readonly isMaximized = (): boolean => false;
  readonly isMinimized = (): boolean => false;
  readonly getNormalBounds = () => ({ x: 0, y: 0, width: 1280, height: 800 });
  readonly show = (): void => {};
  readonly maximize = (): void => {};
  readonly restore = (): void => {};
  readonly focus = (): void => {};
}

/** Tells `loaded` when the page has. */
const loads = new EventEmitter();

type Handler = (request: Request) => Promise<Response>;
const handlers = new Map<string, Handler>();

export const app = new App();
export const ipcMain = new EventEmitter();
export const protocol = {
  registerSchemesAsPrivileged: (): void => {},
  handle: (scheme: string, handler: Handler): void => void handlers.set(`${scheme}:`, handler),
};
export const session = {
  defaultSession: {
    setPermissionRequestHandler: (): void => {},
    setPermissionCheckHandler: (): void => {},
    setDevicePermissionHandler: (): void => {},
  },
};
export const safeStorage = { getSelectedStorageBackend: (): string => 'basic_text' };
export const screen = { getAllDisplays: () => [{ workArea: { x: 0, y: 0, width: 1920, height: 1080 } }] };
export const Menu = { buildFromTemplate: () => ({}), setApplicationMenu: (): void => {} };
export const Notification = { isSupported: () => false };
export const dialog = {
  showErrorBox: (title: string, text: string): void => void process.stderr.write(`${title}: ${text}\n`),
  showMessageBox: async (_window: BrowserWindow, options: { message: string; detail: string }) => {
    process.stderr.write(`${options.message} ${options.detail}\n`);
    return { response: 0 };
  },
};

async function answer(id: number, url: string, method: string): Promise<void> {
  const handler = handlers.get(new URL(url).protocol);
  if (handler === undefined) throw new Error(`Nothing serves ${url}`);
  const response = await handler(new Request(url, { method }));
  const body = new Uint8Array(await response.arrayBuffer());
  say({ type: 'response', id, status: response.status, headers: Object.fromEntries(response.headers), body });
}

process.on('message', (message: ToStandIn) => {
  const [window] = BrowserWindow.windows;
  if (window === undefined) return;
  if (message.type === 'fetch') {
    void answer(message.id, message.url, message.method);
  } else if (message.type === 'message') {
    ipcMain.emit(message.channel, { senderFrame: window.webContents.mainFrame }, message.message);
  } else if (message.type === 'leaving') {
    window.webContents.emit('did-start-navigation', { isMainFrame: true, isSameDocument: false });
  } else if (message.type === 'loaded') {
    loads.emit('loaded');
  } else if (message.type === 'second-start') {
    app.emit('second-instance', {}, [], '/', message.data);
  } else {
    window.emit('close', { preventDefault: () => {} });
    window.destroy();
  }
});
// The test process is gone: nobody is left to close the window.
process.on('disconnect', () => process.exit(1));
