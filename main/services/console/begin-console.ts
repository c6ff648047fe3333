import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { ConsoleOptions } from '../console.ts';
import { openSettings, type SettingsService } from '../settings/settings.ts';
import { openStore, type Store } from '../store/store.ts';
import { keepHeapLean } from './lean-heap.ts';

/** What comes before all else of a console. */
export interface BegunConsole {
  /** No database was there yet. */
  readonly isFirstStart: boolean;
  readonly settings: SettingsService;
  readonly store: Promise<Store>;
}

/** Reads the settings, and has the store's thread load SQLite and open the database while this one loads the rest. */
export async function beginConsole({ dataFolder, dataFolderSource }: ConsoleOptions): Promise<BegunConsole> {
  keepHeapLean();
  const path = join(dataFolder, 'rackside.db');
  const isFirstStart = !existsSync(path);
  const settings = await openSettings({
    file: join(dataFolder, 'settings.toml'),
    dataFolder: { path: dataFolder, source: dataFolderSource ?? 'flag' },
  });
  const store = openStore({ path, retention: settings.current.retention });
  // Told where it is waited for.
  store.catch(() => {});
  return { isFirstStart, settings, store };
}
