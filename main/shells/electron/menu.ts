import { app, Menu, type MenuItemConstructorOptions } from 'electron';

/**
 * The system's own entries, and its dialog for files, which a page cannot have: a page is not told where a file lies.
 * What else Rackside can do is in the page, where both shells have it.
 */
export function setupMenu(chooseDump: (what: 'file' | 'folder') => void): void {
  const isMac = process.platform === 'darwin';
  const template: MenuItemConstructorOptions[] = [
    ...(isMac ? [{ role: 'appMenu' } as const] : []),
    {
      label: '&File',
      submenu: [
        { label: '&Open Dump …', accelerator: 'CmdOrCtrl+O', click: () => chooseDump('file') },
        { label: 'Open Dump &Folder …', click: () => chooseDump('folder') },
        ...(isMac ? [] : [{ type: 'separator' } as const, { role: 'quit' } as const]),
      ],
    },
    { role: 'editMenu' },
    {
      label: '&View',
      submenu: [
        { role: 'reload' },
        { type: 'separator' },
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { type: 'separator' },
        { role: 'togglefullscreen' },
        ...(app.isPackaged ? [] : [{ role: 'toggleDevTools' } as const]),
      ],
    },
    { role: 'windowMenu' },
  ];
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}
