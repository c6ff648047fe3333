import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import type { FolderSource } from '../contract/settings.ts';

/** Where hosts and history are kept: as named by the caller, by RACKSIDE_DATA, or where this system keeps such things. */
export function dataFolder(named: string | null, environment: NodeJS.ProcessEnv = process.env): string {
  const chosen = named || environment.RACKSIDE_DATA;
  if (chosen) return resolve(chosen);
  const home = homedir();
  if (process.platform === 'win32') return join(environment.LOCALAPPDATA || join(home, 'AppData', 'Local'), 'Rackside');
  if (process.platform === 'darwin') return join(home, 'Library', 'Application Support', 'Rackside');
  return join(environment.XDG_DATA_HOME || join(home, '.local', 'share'), 'rackside');
}

/** Which of these it was. */
export function dataFolderSource(named: string | null, environment: NodeJS.ProcessEnv = process.env): FolderSource {
  if (named) return 'flag';
  return environment.RACKSIDE_DATA ? 'environment' : 'default';
}
