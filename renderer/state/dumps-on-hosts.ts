import type { DumpOnHost } from '../../main/contract/dumps-on-hosts.ts';
import type { Fault } from '../../main/contract/faults.ts';
import { api, faultOf } from '../api/rackside.ts';
import { go } from './route.ts';

/** What was found on a host, or how far the look for it is. */
export type Search =
  | { readonly state: 'looking' }
  | {
      readonly state: 'found';
      readonly dumps: readonly DumpOnHost[];
      readonly looked: readonly { readonly directory: string }[];
    }
  | { readonly state: 'opening'; readonly path: string }
  | { readonly state: 'failed'; readonly fault: Fault };

/** Looks for dumps where agents write them, and in a folder where one is named. */
export async function findDumps(hostId: string, folder: string, signal: AbortSignal): Promise<Search> {
  try {
    const directories = folder === '' ? [] : [folder];
    return { state: 'found', ...(await api()['dumps.findOnHost']({ hostId, directories }, signal)) };
  } catch (error) {
    return { state: 'failed', fault: faultOf(error) };
  }
}

/** Opens a dump where it lies, and goes to its commands: gauges need all of it. Answers why it could not be opened. */
export async function openDumpOnHost(hostId: string, path: string): Promise<Fault | null> {
  try {
    const host = await api()['dumps.openOnHost']({ hostId, path });
    go({ view: 'dump', hostId: host.id });
    return null;
  } catch (error) {
    return faultOf(error);
  }
}
