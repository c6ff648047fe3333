import { EventEmitter } from 'node:events';

/**
 * Electron as far as the shell uses it, with a record of what it was told. A test puts it in Electron's place:
 * `vi.mock('electron', async () => (await import('./electron-fixture.ts')).electron)`.
 */
class FakeContents extends EventEmitter {
  mainFrame = { url: 'app://rackside/', isDestroyed: () => false };
  readonly sent: unknown[] = [];
  openHandler: (() => unknown) | null = null;
  readonly send = (...message: unknown[]): void => void this.sent.push(message);
  readonly reload = (): void => tell('reload');
  readonly setWindowOpenHandler = (handler: () => unknown): void => {
    this.openHandler = handler;
  };
}

export class FakeWindow extends EventEmitter {
  static readonly getAllWindows = (): FakeWindow[] => seen.windows.filter(({ destroyed }) => !destroyed);
  readonly webContents = new FakeContents();
  readonly options: unknown;
  destroyed = false;
  minimized = false;
  bounds = { x: 10, y: 20, width: 800, height: 600 };

  constructor(options: unknown) {
    super();
    this.options = options;
    seen.windows.push(this);
  }

  readonly loadURL = async (url: string): Promise<void> => {
    tell('load', url);
    if (seen.loadFails) throw new Error('ERR_ABORTED');
  };
  readonly destroy = (): void => {
    this.destroyed = true;
    tell('destroy');
    this.emit('closed');
  };
  readonly isDestroyed = (): boolean => this.destroyed;
  readonly isMinimized = (): boolean => this.minimized;
  readonly isMaximized = (): boolean => false;
  readonly getNormalBounds = () => this.bounds;
  readonly show = (): void => tell('show');
  readonly focus = (): void => tell('focus');
  readonly restore = (): void => tell('restore');
  readonly maximize = (): void => tell('maximize');
}

class FakeApp extends EventEmitter {
  isPackaged = true;
  readonly setAppUserModelId = (id: string): void => tell('app id', id);
  readonly whenReady = async (): Promise<void> => tell('ready');
  readonly exit = (code: number): void => tell('exit', code);
  readonly releaseSingleInstanceLock = (): void => tell('release lock');
  readonly requestSingleInstanceLock = (data: unknown): boolean => {
    seen.handedOver = data;
    return seen.isFirst;
  };

  readonly quit = (): void => {
    const event = cancellable();
    this.emit('will-quit', event);
    tell(event.prevented ? 'quit later' : 'quit');
  };
}

/** An event that remembers whether it was prevented. */
export function cancellable(values: object = {}): { prevented: boolean; preventDefault(): void } {
  const event = {
    ...values,
    prevented: false,
    preventDefault: () => {
      event.prevented = true;
    },
  };
  return event;
}

function tell(...what: unknown[]): void {
  seen.told.push(what.length === 1 ? what[0] : what);
}

const keep =
  (name: string) =>
  (handler: unknown): void => {
    seen.handlers[name] = handler as (...values: unknown[]) => unknown;
  };

const blank = () => ({
  /** What was done, in order. */
  told: [] as unknown[],
  windows: [] as FakeWindow[],
  /** Those that were shown, as long as somebody holds them. */
  notifications: [] as WeakRef<EventEmitter>[],
  /** What was given to Electron to call, by what it is for. */
  handlers: {} as Record<string, (...values: unknown[]) => unknown>,
  handedOver: null as unknown,
  isFirst: true,
  loadFails: false,
  backend: 'gnome_libsecret',
  keyring: async (): Promise<boolean> => true,
  /** Which button the person presses. */
  button: 0,
  /** What the person chooses in a dialog for files; null: cancel. */
  chosen: null as string | null,
});

export const seen = blank();
const app = new FakeApp();
const ipcMain = new EventEmitter();

export function resetElectron(): void {
  Object.assign(seen, blank());
  app.isPackaged = true;
  for (const emitter of [app, ipcMain]) emitter.removeAllListeners();
}

export const electron = {
  app,
  ipcMain,
  BrowserWindow: FakeWindow,
  Menu: {
    buildFromTemplate: (template: unknown) => template,
    setApplicationMenu: (menu: unknown) => tell('menu', menu),
  },
  dialog: {
    showErrorBox: (title: string, text: string) => tell('error box', title, text),
    showMessageBox: async (_window: unknown, options: unknown) => {
      tell('message box', options);
      return { response: seen.button };
    },
    showOpenDialog: async (_window: unknown, options: unknown) => {
      tell('open dialog', options);
      return { canceled: seen.chosen === null, filePaths: seen.chosen === null ? [] : [seen.chosen] };
    },
  },
  Notification: class extends EventEmitter {
    static readonly isSupported = () => true;
    readonly #words: unknown;
    constructor(words: unknown) {
      super();
      this.#words = words;
    }
    /** As Electron does, it holds none of them. */
    show(): void {
      tell('notification', this.#words);
      seen.notifications.push(new WeakRef(this));
    }
  },
  screen: {
    getAllDisplays: () => [
      { workArea: { x: 0, y: 0, width: 1920, height: 1080 } },
      { workArea: { x: -1280, y: 0, width: 1280, height: 1024 } },
    ],
  },
  protocol: {
    registerSchemesAsPrivileged: keep('schemes'),
    handle: (scheme: string, handler: unknown) => keep(`protocol ${scheme}`)(handler),
  },
  session: {
    defaultSession: {
      setPermissionRequestHandler: keep('permission request'),
      setPermissionCheckHandler: keep('permission check'),
      setDevicePermissionHandler: keep('device permission'),
    },
  },
  safeStorage: {
    getSelectedStorageBackend: () => seen.backend,
    isAsyncEncryptionAvailable: () => seen.keyring(),
    encryptStringAsync: async (text: string) => Buffer.from(`sealed ${text}`),
    decryptStringAsync: async (bytes: Buffer) => ({ result: bytes.toString().slice(7), shouldReEncrypt: true }),
  },
};
