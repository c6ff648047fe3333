import type { MenuItemConstructorOptions } from 'electron';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { electron, resetElectron, seen } from './electron-fixture.ts';

vi.mock('electron', async () => (await import('./electron-fixture.ts')).electron);
const { setupMenu } = await import('./menu.ts');

beforeEach(resetElectron);
afterEach(() => vi.restoreAllMocks());

/** Roles and labels as an outline: `&View > reload …`. */
function outlineOn(platform: NodeJS.Platform): string[] {
  vi.spyOn(process, 'platform', 'get').mockReturnValue(platform);
  setupMenu();
  const [, template] = seen.told.pop() as [string, MenuItemConstructorOptions[]];
  const name = ({ role, label, type }: MenuItemConstructorOptions): string => role ?? label ?? type ?? '';
  return template.map((item) => {
    const below = Array.isArray(item.submenu) ? item.submenu.map(name) : [];
    return [name(item), ...below].join(' ');
  });
}

const view = '&View reload separator resetZoom zoomIn zoomOut separator togglefullscreen';

test('the menu has the entries of the system, and copying works on a Mac', () => {
  expect([outlineOn('linux'), outlineOn('darwin')]).toEqual([
    ['&File quit', 'editMenu', view, 'windowMenu'],
    ['appMenu', 'editMenu', view, 'windowMenu'],
  ]);
});

test("the developer's tools are there outside a package only", () => {
  electron.app.isPackaged = false;
  expect(outlineOn('linux')).toEqual(['&File quit', 'editMenu', `${view} toggleDevTools`, 'windowMenu']);
});
