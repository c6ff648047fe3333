import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startElectronStandIn } from './shells/electron-stand-in/start.ts';
import type { Shell, ShellOptions } from './shells/shell.ts';
import { startWebShell } from './shells/web.ts';

/** A technician's computer for one suite: a home and a data folder that are gone afterwards, and a shell on them. */
export interface Session {
  readonly dataFolder: string;
  readonly home: string;
  readonly shell: Shell;
  /** Ends the shell and starts it again on the same folders. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

/** The suites run once in each shell; which one, the runner says. */
const startShell = process.env.RACKSIDE_E2E_SHELL === 'electron-stand-in' ? startElectronStandIn : startWebShell;

export async function startSession(options: Pick<ShellOptions, 'theme' | 'viewport'> = {}): Promise<Session> {
  const folder = await mkdtemp(join(tmpdir(), 'rackside-e2e-'));
  const shellOptions: ShellOptions = { ...options, dataFolder: join(folder, 'data'), home: join(folder, 'home') };
  let shell = await startShell(shellOptions);
  return {
    dataFolder: shellOptions.dataFolder,
    home: shellOptions.home,
    get shell() {
      return shell;
    },
    restart: async () => {
      await shell.close();
      shell = await startShell(shellOptions);
    },
    close: async () => {
      await shell.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
