import type { EventEmitter } from 'node:events';
import { beforeEach, expect, test, vi } from 'vitest';
import { cancellable, electron, FakeWindow, resetElectron, seen } from './electron-fixture.ts';

vi.mock('electron', async () => (await import('./electron-fixture.ts')).electron);
const { setupRestrictions } = await import('./restrictions.ts');

beforeEach(() => {
  resetElectron();
  setupRestrictions();
});

/** The contents of any window that is ever made. */
function madeContents(): FakeWindow['webContents'] {
  const { webContents } = new FakeWindow({});
  electron.app.emit('web-contents-created', {}, webContents);
  return webContents;
}

function isPrevented(contents: EventEmitter, name: string, url: string): boolean {
  const event = cancellable({ url });
  contents.emit(name, event);
  return event.prevented;
}

test.each(['media', 'notifications', 'clipboard-read', 'geolocation', 'fileSystem', 'openExternal'])(
  '%s is neither granted nor held to be',
  (permission) => {
    const answers: boolean[] = [];
    seen.handlers['permission request']?.({}, permission, (granted: boolean) => answers.push(granted));
    expect([
      answers,
      seen.handlers['permission check']?.({}, permission),
      seen.handlers['device permission']?.({}),
    ]).toEqual([[false], false, false]);
  },
);

test.each([
  ['will-frame-navigate', 'https://example.com/', true],
  ['will-frame-navigate', 'app://rackside.example/', true],
  ['will-frame-navigate', 'app://rackside/other.html', true],
  ['will-frame-navigate', 'javascript:alert(1)', true],
  ['will-redirect', 'file:///etc/passwd', true],
  ['will-attach-webview', '', true],
  // To load itself again is all that the page may do, whatever view it shows.
  ['will-frame-navigate', 'app://rackside/', false],
  ['will-frame-navigate', 'app://rackside/#/host/7', false],
])('%s to %j is prevented: %s', (name, url, expected) => {
  expect(isPrevented(madeContents(), name, url)).toBe(expected);
});

test('no page opens a window', () => {
  expect(madeContents().openHandler?.()).toEqual({ action: 'deny' });
});
