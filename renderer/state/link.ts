import { useSyncExternalStore } from 'react';
import type { LinkState } from '../api/link.ts';
import { link } from '../api/rackside.ts';

/** How the page's own connection to Rackside is. */
export function useLink(): LinkState {
  return useSyncExternalStore(link.onState, link.state);
}
