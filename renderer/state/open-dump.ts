import { createStore, useStore } from 'zustand';
import type { Fault } from '../../main/contract/faults.ts';
import { formatBytes } from '../../main/domain/present/units.ts';
import { api, faultOf } from '../api/rackside.ts';
import { go } from './route.ts';

/** A dump that is being opened. */
export interface Opening {
  /** How much of an archive was read; null before, and for what is no archive. */
  readonly progress: { readonly readBytes: number; readonly bytes: number } | null;
  leave(): void;
}

const openingStore = createStore<{ opening: Opening | null }>(() => ({ opening: null }));

/** The newest of those that are being opened, whoever asked for it. */
export function useOpening(): Opening | null {
  return useStore(openingStore, ({ opening }) => opening);
}

/** Opens a dump and goes to its page; answers the fault where it cannot be opened. One that is left is no fault. */
export async function openDump(path: string): Promise<Fault | null> {
  const left = new AbortController();
  const leave = () => left.abort();
  const isNewest = () => openingStore.getState().opening?.leave === leave;
  openingStore.setState({ opening: { progress: null, leave } });
  try {
    for await (const { host, ...progress } of api()['dumps.opening']({ path }, left.signal)) {
      if (host !== null) go({ view: 'host', hostId: host.id });
      else if (isNewest()) openingStore.setState({ opening: { progress, leave } });
    }
    return null;
  } catch (error) {
    return left.signal.aborted ? null : faultOf(error);
  } finally {
    if (isNewest()) openingStore.setState({ opening: null });
  }
}

/** How far it is: `12.5 MB of 1.20 GB unpacked`. */
export function openingWords({ readBytes, bytes }: NonNullable<Opening['progress']>): string {
  return `${formatBytes(readBytes)} of ${formatBytes(bytes)} unpacked`;
}
