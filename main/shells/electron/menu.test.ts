import type { MenuItemConstructorOptions } from 'electron';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { electron, resetElectron, seen } from './electron-fixture.ts';

vi.mock('electron', async () => (await import('./electron-fixture.ts')).electron);
const { setupMenu } = await import('./menu.ts');

beforeEach(resetElectron);
afterEach(() => vi.restoreAllMocks());

let chosen: string[] = [];

/** Roles and labels as an outline: `&View > reload …`. */
function outlineOn(platform: NodeJS.Platform): string[] {
  vi.spyOn(process, 'platform', 'get').mockReturnValue(platform);
  setupMenu((what) => chosen.push(what));
  const [, template] = seen.told.pop() as [string, MenuItemConstructorOptions[]];
  const name = ({ role, label, type }: MenuItemConstructorOptions): string => role ?? label ?? type ?? '';
  return template.map((item) => {
    const below = Array.isArray(item.submenu) ? item.submenu.map(name) : [];
    return [name(item), ...below].join(' ');
  });
}

const file = '&File &Open Dump … Open Dump &Folder …';
const view = '&View reload separator resetZoom zoomIn zoomOut separator togglefullscreen';

test('the menu has the entries of the system, and copying works on a Mac', () => {
  expect([outlineOn('linux'), outlineOn('darwin')]).toEqual([
    [`${file} separator quit`, 'editMenu', view, 'windowMenu'],
    ['appMenu', file, 'editMenu', view, 'windowMenu'],
  ]);
});

test("the developer's tools are there outside a package only", () => {
  electron.app.isPackaged = false;
  expect(outlineOn('linux')).toEqual([`${file} separator quit`, 'editMenu', `${view} toggleDevTools`, 'windowMenu']);
});

test("a dump is chosen in the system's own dialog, as a file or as a folder", () => {
  chosen = [];
  setupMenu((what) => chosen.push(what));
  const [, template] = seen.told.pop() as [string, MenuItemConstructorOptions[]];
  const items = template.find(({ label }) => label === '&File')?.submenu as MenuItemConstructorOptions[];
  for (const item of items) (item.click as (() => void) | undefined)?.();
  expect(chosen).toEqual(['file', 'folder']);
});
