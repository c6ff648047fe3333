import type { BrowserWindow } from 'electron';
import { beforeEach, expect, test, vi } from 'vitest';
import { resetElectron, seen } from './electron-fixture.ts';

vi.mock('electron', async () => (await import('./electron-fixture.ts')).electron);
const { chooseDump } = await import('./choose-dump.ts');

const window = {} as BrowserWindow;
beforeEach(resetElectron);

test('a folder is asked for as a folder, a file by the endings of dumps; who cancels chooses nothing', async () => {
  seen.chosen = '/dumps/tank';
  expect([await chooseDump(window, 'folder'), await chooseDump(window, 'file')]).toEqual([
    '/dumps/tank',
    '/dumps/tank',
  ]);
  expect(
    (seen.told as [string, { properties: string[] }][]).map(([what, { properties }]) => [what, properties]),
  ).toEqual([
    ['open dialog', ['openDirectory']],
    ['open dialog', ['openFile']],
  ]);
  seen.chosen = null;
  expect(await chooseDump(window, 'file')).toBeNull();
});
