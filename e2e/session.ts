import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startElectron } from './shells/electron.ts';
import { startElectronStandIn } from './shells/electron-stand-in/start.ts';
import type { Shell, ShellOptions, StartShell } from './shells/shell.ts';
import { startWebShell } from './shells/web.ts';

/** A technician's computer for one suite: a home and a data folder that are gone afterwards, and a shell on them. */
export interface Session {
  readonly dataFolder: string;
  readonly home: string;
  readonly shell: Shell;
  /** Ends the shell and starts it again on the same folders, with more on its command line where that is wanted. */
  restart(...args: string[]): Promise<void>;
  /** Throws when the page did what its content policy forbids, in whatever suite. */
  close(): Promise<void>;
}

/** The suites run once in each shell; which one, the runner says. */
const shells: Readonly<Record<string, StartShell>> = {
  web: startWebShell,
  electron: startElectron,
  'electron-stand-in': startElectronStandIn,
};
const startShell = shells[process.env.RACKSIDE_E2E_SHELL ?? 'web'] ?? startWebShell;

type SessionOptions = Pick<ShellOptions, 'theme' | 'viewport' | 'built'> & Partial<Pick<ShellOptions, 'dataFolder'>>;

export async function startSession(options: SessionOptions = {}): Promise<Session> {
  const folder = await mkdtemp(join(tmpdir(), 'rackside-e2e-'));
  const shellOptions: ShellOptions = { dataFolder: join(folder, 'data'), home: join(folder, 'home'), ...options };
  let shell = await startShell(shellOptions);
  return {
    dataFolder: shellOptions.dataFolder,
    home: shellOptions.home,
    get shell() {
      return shell;
    },
    restart: async (...args) => {
      await shell.close();
      assertPolicyKept(shell);
      shell = await startShell({ ...shellOptions, args });
    },
    close: async () => {
      await shell.close();
      await rm(folder, { recursive: true, force: true });
      assertPolicyKept(shell);
    },
  };
}

function assertPolicyKept({ complaints }: Shell): void {
  const violations = complaints.filter((complaint) => complaint.includes('Content Security Policy'));
  if (violations.length > 0) throw new Error(`The page broke its content policy:\n${violations.join('\n')}`);
}
