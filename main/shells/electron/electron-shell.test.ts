import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Wire } from '../../contract/rpc/wire.ts';

/** Electron as far as the shell uses it, with a record of what it was told. */
const electron = vi.hoisted(() => {
  const listeners = new Map<string, ((...values: never[]) => void)[]>();
  const on = (scope: string) => (name: string, listener: (...values: never[]) => void) => {
    listeners.set(`${scope}:${name}`, [...(listeners.get(`${scope}:${name}`) ?? []), listener]);
  };
  const emit = (name: string, ...values: unknown[]): void => {
    for (const listener of listeners.get(name) ?? []) listener(...(values as never[]));
  };
  const mainFrame = { url: 'app://rackside/' };
  const windows: { options: unknown; urls: string[]; sent: unknown[]; webContents: { mainFrame: typeof mainFrame } }[] =
    [];
  class BrowserWindow {
    static getAllWindows = () => windows;
    urls: string[] = [];
    sent: unknown[] = [];
    on = on('window');
    once = on('window');
    webContents = { mainFrame, on: on('contents'), send: (...message: unknown[]) => void this.sent.push(message) };
    options: unknown;
    constructor(options: unknown) {
      this.options = options;
      windows.push(this);
    }
    loadURL = async (url: string) => void this.urls.push(url);
    isDestroyed = () => false;
    show = () => {};
    maximize = () => {};
  }
  const state = { backend: 'basic_text', asyncAvailable: true, handlers: {} as Record<string, unknown> };
  const keep = (name: string) => (handler: unknown) => {
    state.handlers[name] = handler;
  };
  return {
    listeners,
    emit,
    windows,
    mainFrame,
    state,
    module: {
      app: { on: on('app'), isPackaged: true },
      BrowserWindow,
      ipcMain: { on: on('ipc') },
      screen: { getAllDisplays: () => [{ workArea: { x: 0, y: 0, width: 1920, height: 1080 } }] },
      protocol: {
        registerSchemesAsPrivileged: keep('schemes'),
        handle: (scheme: string, handler: unknown) => keep(`protocol:${scheme}`)(handler),
      },
      session: {
        defaultSession: {
          setPermissionRequestHandler: keep('permissionRequest'),
          setPermissionCheckHandler: keep('permissionCheck'),
          setDevicePermissionHandler: keep('devicePermission'),
        },
      },
      safeStorage: {
        getSelectedStorageBackend: () => state.backend,
        isAsyncEncryptionAvailable: async () => state.asyncAvailable,
        encryptStringAsync: async (text: string) => Buffer.from(`sealed ${text}`),
        decryptStringAsync: async (bytes: Buffer) => ({ result: bytes.toString().slice(7), shouldReEncrypt: true }),
      },
    },
  };
});
vi.mock('electron', () => electron.module);

const { createWindow } = await import('./window.ts');
const { readWindowState } = await import('./window-state.ts');
const { setupPipe } = await import('./pipe.ts');
const { setupRestrictions } = await import('./restrictions.ts');
const { registerPageScheme, setupPageProtocol } = await import('./page-protocol.ts');
const { openSecrets } = await import('./secrets.ts');
const { contentSecurityPolicy } = await import('../page.ts');

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rackside-electron-'));
  electron.listeners.clear();
  electron.windows.length = 0;
  electron.mainFrame.url = 'app://rackside/';
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function openWindow() {
  return createWindow('/out/preload/index.cjs', { bounds: { width: 1280, height: 840 }, maximized: false });
}

test('the window is sandboxed, isolated and without Node, and shows our own page', () => {
  openWindow();
  expect(electron.windows.map(({ options, urls }) => ({ options, urls }))).toEqual([
    {
      options: {
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
      urls: ['app://rackside/'],
    },
  ]);
});

test('the window opens where it was, unless that screen is gone or the file is nonsense', () => {
  const file = join(folder, 'window.json');
  const read = (text: string): unknown => {
    writeFileSync(file, text);
    return readWindowState(file);
  };
  const bounds = { x: 10, y: 20, width: 800, height: 600 };
  const first = { bounds: { width: 1280, height: 840 }, maximized: false };
  expect([
    readWindowState(join(folder, 'none')),
    read(JSON.stringify({ bounds, maximized: true })),
    read(JSON.stringify({ bounds: { ...bounds, x: 5000 }, maximized: true })),
    read(JSON.stringify({ bounds: { ...bounds, width: 'wide' } })),
    read('{"half'),
  ]).toEqual([first, { bounds, maximized: true }, first, first, first]);
});

test('the page has a scheme of its own, which can be an origin and nothing more', () => {
  registerPageScheme();
  expect(electron.state.handlers.schemes).toEqual([
    { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
});

test('the scheme serves the built page under the policy, and no path leads out of it', async () => {
  const page = join(folder, 'renderer');
  mkdirSync(page);
  writeFileSync(join(page, 'index.html'), '<p>the page</p>');
  writeFileSync(join(folder, 'secret.js'), 'secret');
  setupPageProtocol(page);
  const handle = electron.state.handlers['protocol:app'] as (request: Request) => Promise<Response>;
  const served = await handle({ url: 'app://rackside/', method: 'GET' } as Request);
  expect([served.status, await served.text(), served.headers.get('Content-Security-Policy')]).toEqual([
    200,
    '<p>the page</p>',
    contentSecurityPolicy,
  ]);
  const others = [
    'app://rackside/../secret.js',
    'app://rackside/..%2fsecret.js',
    'app://elsewhere/',
    'app://rackside/x',
  ];
  const statuses = await Promise.all(
    others.map(async (url) => (await handle({ url, method: 'GET' } as Request)).status),
  );
  expect([...statuses, (await handle({ url: 'app://rackside/', method: 'POST' } as Request)).status]).toEqual([
    404, 404, 404, 404, 404,
  ]);
});

test('permissions, devices, new windows, embedding and leaving are denied', () => {
  setupRestrictions();
  const { permissionRequest, permissionCheck, devicePermission } = electron.state.handlers as Record<
    string,
    (...values: unknown[]) => unknown
  >;
  const answer = vi.fn();
  permissionRequest?.({}, 'media', answer);
  let onWindow: (() => unknown) | null = null;
  electron.emit(
    'app:web-contents-created',
    {},
    {
      on: (name: string, listener: never) => electron.listeners.set(`page:${name}`, [listener]),
      setWindowOpenHandler: (handler: () => unknown) => {
        onWindow = handler;
      },
    },
  );
  const denied = (name: string, url: string): boolean => {
    const preventDefault = vi.fn();
    electron.emit(`page:${name}`, { url, preventDefault });
    return preventDefault.mock.calls.length > 0;
  };
  expect({
    request: answer.mock.calls,
    check: permissionCheck?.(),
    device: devicePermission?.(),
    newWindow: (onWindow as (() => unknown) | null)?.(),
    leaving: denied('will-navigate', 'https://example.com/'),
    redirected: denied('will-redirect', 'file:///etc/passwd'),
    lookalike: denied('will-navigate', 'app://rackside.example/'),
    embedding: denied('will-attach-webview', ''),
    reload: denied('will-navigate', 'app://rackside/'),
  }).toEqual({
    request: [[false]],
    check: false,
    device: false,
    newWindow: { action: 'deny' },
    leaving: true,
    redirected: true,
    lookalike: true,
    embedding: true,
    reload: false,
  });
});

test('only the main frame of our own window and page is heard, over one wire per load of the page', () => {
  const heard: unknown[] = [];
  const wires: Wire[] = [];
  const window = openWindow();
  setupPipe(window, (wire) => {
    const number = wires.push(wire);
    wire.onMessage((message) => heard.push([number, message]));
    wire.onClose(() => heard.push([number, 'closed']));
  });
  const send = (message: unknown, senderFrame: unknown = electron.mainFrame): void =>
    electron.emit('ipc:rackside', { senderFrame }, message);
  send('from a frame inside', { url: 'app://rackside/' });
  send('from a frame that is gone', null);
  electron.mainFrame.url = 'https://example.com/';
  send('from another page');
  electron.mainFrame.url = 'app://rackside/';
  send('one');
  send(new Uint8Array([1]));
  wires[0]?.send('answer');
  electron.emit('contents:did-start-navigation', { isMainFrame: true, isSameDocument: true });
  electron.emit('contents:did-start-navigation', { isMainFrame: true, isSameDocument: false });
  send('two');
  send({ neither: 'text nor bytes' });
  send('three');
  send(null);
  expect([heard, electron.windows[0]?.sent]).toEqual([
    [
      [1, 'one'],
      [1, new Uint8Array([1])],
      [1, 'closed'],
      [2, 'two'],
      [2, 'closed'],
      [3, 'three'],
      [3, 'closed'],
    ],
    [
      ['rackside', 'answer'],
      ['rackside', null],
      ['rackside', null],
      ['rackside', null],
    ],
  ]);
});

test('secrets are sealed by a real keyring only', async () => {
  const onPlatform = async (platform: string, backend: string, asyncAvailable: boolean) => {
    vi.spyOn(process, 'platform', 'get').mockReturnValue(platform as NodeJS.Platform);
    Object.assign(electron.state, { backend, asyncAvailable });
    const { vault, about } = await openSecrets();
    const sealed = vault === null ? null : Buffer.from(await vault.seal('x')).toString();
    return [about.includes('memory only') ? 'told' : 'kept', sealed];
  };
  expect([
    await onPlatform('linux', 'basic_text', true),
    await onPlatform('linux', 'unknown', true),
    await onPlatform('linux', 'gnome_libsecret', false),
    await onPlatform('linux', 'gnome_libsecret', true),
    await onPlatform('darwin', 'basic_text', true),
  ]).toEqual([
    ['told', null],
    ['told', null],
    ['told', null],
    ['kept', 'sealed x'],
    ['kept', 'sealed x'],
  ]);
  const { vault } = await openSecrets();
  expect(await vault?.open(Buffer.from('sealed pass'))).toBe('pass');
  vi.restoreAllMocks();
});
