import { createStore, useStore } from 'zustand';
import type { Dropped } from './dropped-path.ts';
import { go } from './route.ts';

/** What was dropped on the window and nobody has taken yet. */
const dropsStore = createStore<{ dropped: Dropped | null }>(() => ({ dropped: null }));

/** Leads to where dumps are opened, whatever is shown. */
export function drop(dropped: Dropped): void {
  dropsStore.setState({ dropped });
  go({ view: 'diagnostics' });
}

export function takeDropped(): Dropped | null {
  const { dropped } = dropsStore.getState();
  dropsStore.setState({ dropped: null });
  return dropped;
}

export function useDropped(): Dropped | null {
  return useStore(dropsStore, ({ dropped }) => dropped);
}
