import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { consoleContract } from '../../contract/console.ts';
import { FaultError } from '../../contract/faults.ts';
import { serve } from '../../contract/rpc/server.ts';
import { type Wire, wirePair } from '../../contract/rpc/wire.ts';
import { cancellable, electron, resetElectron, seen } from './electron-fixture.ts';

vi.mock('electron', async () => (await import('./electron-fixture.ts')).electron);
/** The console as the shell has it, without one behind: it opens every dump but one. */
const fake = vi.hoisted(() => ({
  openConsole: null as unknown as (options: { dataFolder: string }) => Promise<unknown>,
}));
vi.mock('../../services/console.ts', () => ({ openConsole: (options: never) => fake.openConsole(options) }));
vi.mock('./page-protocol.ts', async (load) => ({ ...(await load<object>()), setupPageProtocol: () => {} }));
const { appId, runElectronShell } = await import('./electron-shell.ts');

const hostId = '0b8f2a52-6d3e-4c1b-9a55-1f0a5c5f3a10';
const { argv } = process;
let folder: string;
let opened: string[];
let closeConsole: () => void;

beforeEach(() => {
  resetElectron();
  folder = mkdtempSync(join(tmpdir(), 'rackside-shell-'));
  vi.stubEnv('RACKSIDE_DATA', folder);
  opened = [];
  const closed = new Promise<void>((resolved) => {
    closeConsole = resolved;
  });
  fake.openConsole = async ({ dataFolder }) => {
    seen.told.push(['console', dataFolder]);
    return {
      connect: answerDumps,
      close: () => {
        seen.told.push('console closes');
        return closed;
      },
    };
  };
});
afterEach(() => {
  Object.assign(process, { argv, defaultApp: undefined });
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

function answerDumps(): Wire {
  const [near, far] = wirePair();
  const open = ({ path }: { path: string }) => {
    opened.push(path);
    if (path.endsWith('broken')) throw new FaultError('bad_input', 'open dump', 'It holds no entry of a dump.');
    return {
      id: hostId,
      name: 'tank',
      target: { transport: 'replay' as const, path },
      group: null,
      tags: [],
      addedAt: 1,
    };
  };
  serve({ 'dumps.open': consoleContract['dumps.open'] }, { 'dumps.open': open }, far);
  return near;
}

/** Rackside as a desktop starts it. */
function start(...operands: string[]): Promise<void> {
  process.argv = ['/opt/Rackside/rackside-desktop', ...operands];
  return runElectronShell();
}

const shown = (view = '') => ['load', `app://rackside/${view}`];

test('it starts in this order: one instance, the console, the page', async () => {
  await start();
  expect([seen.handedOver, seen.told.filter((step) => !(Array.isArray(step) && step[0] === 'menu'))]).toEqual([
    { dumps: '[]' },
    ['ready', ['console', folder], shown()],
  ]);
});

test('on Windows it is known by the name that its installer gives it', async () => {
  vi.stubGlobal('process', Object.create(process, { platform: { value: 'win32' } }));
  await start();
  vi.unstubAllGlobals();
  const builder = readFileSync('electron-builder.yml', 'utf8');
  expect([seen.told[0], builder.split('\n').includes(`appId: ${appId}`)]).toEqual([['app id', appId], true]);
});

test('a second start hands over what it was asked to open, and ends before it is ready', async () => {
  seen.isFirst = false;
  await start('--some-switch', 'dumps/tank', '/var/lib/x.rackside-dump', pathToFileURL('/a b/c').href);
  expect([seen.handedOver, seen.told]).toEqual([
    { dumps: JSON.stringify([resolve('dumps/tank'), '/var/lib/x.rackside-dump', '/a b/c']) },
    ['quit'],
  ]);
});

test('a console that cannot be opened is told, and the program ends', async () => {
  fake.openConsole = () => Promise.reject(new Error('The folder is in use.'));
  await start();
  expect([seen.told, seen.windows]).toEqual([
    ['ready', ['error box', 'Rackside cannot start', 'The folder is in use.'], ['exit', 1]],
    [],
  ]);
});

test('dumps are opened as they are asked for: by the command line, by macOS, by a second start', async () => {
  const starting = start('/dumps/first');
  const early = cancellable();
  electron.app.emit('open-file', early, '/dumps/early.rackside-dump');
  await starting;
  await expect.poll(() => opened).toEqual(['/dumps/first', '/dumps/early.rackside-dump']);
  electron.app.emit('second-instance', {}, ['rackside', '/reordered'], '/', { dumps: '["/dumps/third"]' });
  await expect.poll(() => opened.slice(2)).toEqual(['/dumps/third']);
  await expect
    .poll(() => seen.told.filter((step) => Array.isArray(step) && step[0] === 'load'))
    .toEqual([shown(), shown(`#/host/${hostId}`), shown(`#/host/${hostId}`), shown(`#/host/${hostId}`)]);
  expect([early.prevented, seen.told.slice(-3, -1)]).toEqual([true, ['show', 'focus']]);
});

test('outside a package the folder that Electron runs is no dump', async () => {
  Object.assign(process, { defaultApp: true });
  await start('/checkout', '/dumps/one');
  await expect.poll(() => opened).toEqual(['/dumps/one']);
});

test.each([[null], [{ dumps: ['/a'] }], [{ dumps: 'not JSON' }], [{ dumps: '{"a":1}' }], [{ dumps: '["", "/a"]' }]])(
  'what a second start says in another shape opens nothing: %j',
  async (data) => {
    await start();
    electron.app.emit('second-instance', {}, [], '/', data);
    electron.app.emit('second-instance', {}, [], '/', { dumps: '["/dumps/next"]' });
    await expect.poll(() => opened).toEqual(['/dumps/next']);
  },
);

test('a dump that cannot be opened is told in the window, with the reason', async () => {
  await start('/dumps/broken');
  const box = { type: 'warning', message: 'broken is not opened.', detail: 'It holds no entry of a dump.' };
  await expect.poll(() => seen.told.at(-1)).toEqual(['message box', box]);
});

test('the last window ends it: windows first, then the console, then the program', async () => {
  await start();
  const before = seen.told.length;
  electron.app.emit('window-all-closed');
  // Somebody asks again while the console still closes.
  electron.app.quit();
  closeConsole();
  await expect
    .poll(() => seen.told.slice(before))
    .toEqual(['destroy', 'release lock', 'console closes', 'quit later', 'quit later', 'quit']);
});

test('the wire of a page is a wire of the console', async () => {
  await start();
  const [window] = seen.windows;
  const message = JSON.stringify({ kind: 'no such frame' });
  electron.ipcMain.emit('rackside', { senderFrame: window?.webContents.mainFrame }, message);
  // What speaks another language is cut off by the console's own side.
  await expect.poll(() => window?.webContents.sent).toEqual([['rackside', null]]);
});
