import { formatBytes } from '../../../main/domain/present/units.ts';
import { api, faultOf } from '../../api/rackside.ts';
import { toast, toastFault } from '../toasts.ts';
import type { DumpSession } from './dump-session.ts';

/** Takes the rest of a dump that lies on a host to this machine; what came stays when it is left, and is gone on with. */
export async function pullDump({ hostId, store }: DumpSession): Promise<void> {
  const left = new AbortController();
  store.setState({ pull: { progress: null, leave: () => left.abort() } });
  let checked = false;
  try {
    for await (const progress of api()['dumps.pull']({ hostId }, left.signal)) {
      checked = progress.checked;
      store.setState(({ pull }) => ({ pull: pull === null ? null : { ...pull, progress } }));
    }
    toast(checked ? 'All of the dump is here, with the same checksums.' : 'All of the dump is here.');
  } catch (error) {
    if (!left.signal.aborted) toastFault('Take the dump', faultOf(error));
  }
  store.setState({ pull: null });
}

/** How far it is: `12.5 MB of 1.20 GB`. */
export function pulledWords({ bytes, size }: { readonly bytes: number; readonly size: number }): string {
  return `${formatBytes(bytes)} of ${formatBytes(size)}`;
}
