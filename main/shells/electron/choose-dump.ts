import { type BrowserWindow, dialog } from 'electron';

/** Asks for a dump in the system's own dialog; null where nothing was chosen. One dialog takes no folders and files on all systems. */
export async function chooseDump(window: BrowserWindow, what: 'file' | 'folder'): Promise<string | null> {
  const { filePaths } = await dialog.showOpenDialog(window, {
    title: 'Open Dump',
    properties: [what === 'file' ? 'openFile' : 'openDirectory'],
    filters:
      what === 'file'
        ? [
            { name: 'Dumps', extensions: endings },
            { name: 'All files', extensions: ['*'] },
          ]
        : [],
  });
  return filePaths[0] ?? null;
}

/** Of logs, and of archives that dumps come in. */
const endings = ['rackside-dump', 'log', 'zip', 'gz', 'tgz', 'tar', 'zst'];
