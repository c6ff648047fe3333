import { spawn } from 'node:child_process';
import { accessSync, constants, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/**
 * Opens the URL in the user's browser, where there is one. The command line names a file that only the user can read,
 * which leads to the URL: every local user can read a command line. The answer removes that file; null: no browser.
 */
export function openBrowser(url: string, folder: string): (() => void) | null {
  const opener = findOpener();
  if (opener === null) return null;
  const file = join(folder, `open-${process.pid}.html`);
  rmSync(file, { force: true });
  const page = `<!doctype html><meta charset="utf-8"><title>Rackside</title><meta http-equiv="refresh" content="0;url=${url}">`;
  writeFileSync(file, page, { mode: 0o600, flag: 'wx' });
  const [command = '', ...rest] = opener;
  const child = spawn(command, [...rest, file], { detached: true, stdio: 'ignore' });
  child.on('error', () => {});
  child.unref();
  return () => rmSync(file, { force: true });
}

function findOpener(): string[] | null {
  if (process.platform === 'darwin') return ['open'];
  if (process.platform === 'win32') return ['explorer.exe'];
  const hasDisplay = Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
  return hasDisplay && isInPath('xdg-open') ? ['xdg-open'] : null;
}

function isInPath(command: string): boolean {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, command), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
