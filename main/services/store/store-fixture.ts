import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Host } from '../../contract/hosts.ts';
import { hostId } from './sample-fixture.ts';
import { openStore, type Store, type StoreOptions } from './store.ts';

/** Where tests put their samples in time. */
export const start = Date.UTC(2026, 3, 22, 12, 20);
const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;
export const host: Host = {
  id: hostId,
  name: 'web',
  target: { transport: 'local' },
  group: null,
  tags: [],
  addedAt: start,
};

/** A folder for one test, and the stores that it opens there. */
export interface StoreFolder {
  readonly folder: string;
  /** Of the database. */
  readonly path: string;
  opened(options?: Partial<StoreOptions>): Promise<Store>;
  /** Closes what is open and removes the folder. */
  end(): Promise<void>;
}

export function createStoreFolder(): StoreFolder {
  const folder = mkdtempSync(join(tmpdir(), 'rackside-store-'));
  const path = join(folder, 'data', 'rackside.db');
  const open: Store[] = [];
  return {
    folder,
    path,
    opened: async (options = {}) => {
      const store = await openStore({ path, ...options });
      open.push(store);
      return store;
    },
    end: async () => {
      for (const store of open.splice(0)) await store.close();
      rmSync(folder, { recursive: true });
    },
  };
}
