import type { BrowserWindow } from 'electron';
import { beforeEach, expect, test, vi } from 'vitest';
import type { Wire } from '../../contract/rpc/wire.ts';
import { electron, FakeWindow, resetElectron } from './electron-fixture.ts';

vi.mock('electron', async () => (await import('./electron-fixture.ts')).electron);
const { setupPipe } = await import('./pipe.ts');

let window: FakeWindow;
let wires: Wire[];
let heard: unknown[];

beforeEach(() => {
  resetElectron();
  window = new FakeWindow({});
  wires = [];
  heard = [];
  setupPipe(window as unknown as BrowserWindow, (wire) => {
    const number = wires.push(wire);
    wire.onMessage((message) => heard.push([number, message]));
    wire.onClose(() => heard.push([number, 'closed']));
  });
});

function send(message: unknown, senderFrame: unknown = window.webContents.mainFrame): void {
  electron.ipcMain.emit('rackside', { senderFrame }, message);
}

test('the main frame of our own window is heard, over one wire per load of the page', () => {
  send('one');
  send(new Uint8Array([1]));
  wires[0]?.send('answer');
  window.webContents.emit('did-start-navigation', { isMainFrame: true, isSameDocument: true });
  window.webContents.emit('did-start-navigation', { isMainFrame: false, isSameDocument: false });
  send('still one');
  window.webContents.emit('did-start-navigation', { isMainFrame: true, isSameDocument: false });
  send('two');
  send(null);
  expect([heard, window.webContents.sent]).toEqual([
    [
      [1, 'one'],
      [1, new Uint8Array([1])],
      [1, 'still one'],
      [1, 'closed'],
      [2, 'two'],
      [2, 'closed'],
    ],
    [
      ['rackside', 'answer'],
      ['rackside', null],
      ['rackside', null],
    ],
  ]);
});

test.each([
  ['a frame inside our page', { url: 'app://rackside/', isDestroyed: () => false }],
  ['another window of our own page', new FakeWindow({}).webContents.mainFrame],
  ['a frame that is gone', null],
])('%s is not heard', (_who, frame) => {
  send('words', frame);
  expect([heard, wires]).toEqual([[], []]);
});

test.each(['https://example.com/', 'app://rackside.example/', 'file:///app://rackside/', 'about:blank'])(
  'our window is not heard while it shows %s',
  (url) => {
    window.webContents.mainFrame.url = url;
    send('words');
    expect([heard, wires]).toEqual([[], []]);
  },
);

test('a main frame that is destroyed is not looked into', () => {
  const gone = {
    isDestroyed: () => true,
    get url(): string {
      throw new Error('Render frame was disposed before WebFrameMain could be accessed');
    },
  };
  Object.assign(window.webContents, { mainFrame: gone });
  send('words');
  expect([heard, wires]).toEqual([[], []]);
});

test.each([[{ neither: 'text nor bytes' }], [7], [undefined]])('what no wire carries ends it: %j', (message) => {
  send('one');
  send(message);
  expect(heard).toEqual([
    [1, 'one'],
    [1, 'closed'],
  ]);
});

test.each(['render-process-gone', 'closed'])(
  '%s ends the wire, and nothing is sent to a window that is gone',
  (name) => {
    send('one');
    if (name === 'closed') window.destroy();
    else window.webContents.emit(name, {}, { reason: 'crashed', exitCode: 5 });
    wires[0]?.send('late');
    send('from the dead', name === 'closed' ? window.webContents.mainFrame : null);
    expect(heard).toEqual([
      [1, 'one'],
      [1, 'closed'],
    ]);
    expect(window.webContents.sent).toEqual(name === 'closed' ? [] : [['rackside', null]]);
  },
);
