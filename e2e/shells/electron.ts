import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { _electron } from 'playwright';
import { hasDisplay, installedElectron } from '../electron-runtime.ts';
import { listen } from './browser.ts';
import type { StartShell } from './shell.ts';
import { startXvfb } from './xvfb.ts';

const root = join(import.meta.dirname, '..', '..');

/** The built Electron shell in Electron itself, on a display of its own where there is none. */
export const startElectron: StartShell = async (options) => {
  const executablePath = installedElectron();
  if (executablePath === null) throw new Error("Electron's runtime is not installed.");
  const display = process.platform === 'linux' && !hasDisplay() ? await startXvfb() : null;
  const { SSH_AUTH_SOCK: _notTheirs, ...environment } = process.env;
  const env: Record<string, string> = {
    ...(environment as Record<string, string>),
    HOME: options.home,
    RACKSIDE_DATA: options.dataFolder,
    ...(display === null ? {} : { DISPLAY: display.name }),
  };
  // Each suite is a technician of its own: Electron knows one instance by this folder.
  const own = [root, `--user-data-dir=${join(options.dataFolder, '..', 'electron')}`];
  // Chromium's sandbox does not start as root. The product itself never says so.
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const launched = [...own, ...asRoot, ...(options.args ?? [])];
  const application = await _electron.launch({
    executablePath,
    args: launched,
    env,
    colorScheme: options.theme ?? 'dark',
  });
  const page = await application.firstWindow();
  const complaints = listen(page);
  const { width, height } = options.viewport ?? { width: 1280, height: 800 };
  const window = await application.browserWindow(page);
  await window.evaluate((self, size) => self.setContentSize(size.width, size.height), { width, height });
  return {
    page,
    context: application.context(),
    complaints,
    startAgain: async (...args) => {
      const second = spawn(executablePath, [...own, ...asRoot, ...args], { env, stdio: 'ignore' });
      await once(second, 'exit');
    },
    close: async () => {
      await application.close();
      await display?.close();
    },
  };
};
