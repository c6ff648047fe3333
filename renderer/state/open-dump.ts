import type { Fault } from '../../main/contract/faults.ts';
import { api, faultOf } from '../api/rackside.ts';
import { go } from './route.ts';

/** Opens a dump and goes to its page; answers the fault where it cannot be opened. */
export async function openDump(path: string): Promise<Fault | null> {
  try {
    const host = await api()['dumps.open']({ path });
    go({ view: 'host', hostId: host.id });
    return null;
  } catch (error) {
    return faultOf(error);
  }
}
