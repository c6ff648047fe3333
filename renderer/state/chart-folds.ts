import { createStore, useStore } from 'zustand';
import { keepLocally, readKept } from './kept-locally.ts';

const kept = 'charts';

/** Charts that are shut until somebody opens them. */
const shutAtFirst: readonly string[] = ['busy', 'fans', 'cost', 'clock'];

/** What was chosen, by the chart's id; what is not in here is as it is at first. */
export type Folds = Readonly<Record<string, boolean>>;

export function parseFolds(text: string | null): Folds {
  try {
    const parsed: unknown = JSON.parse(text ?? '{}');
    if (typeof parsed !== 'object' || parsed === null) return {};
    return Object.fromEntries(Object.entries(parsed).filter(([, open]) => typeof open === 'boolean'));
  } catch {
    return {};
  }
}

export const foldStore = createStore<{ folds: Folds }>(() => ({ folds: parseFolds(readKept(kept)) }));

export function isOpen(folds: Folds, id: string): boolean {
  return folds[id] ?? !shutAtFirst.includes(id);
}

/** Opens or shuts a chart, here and in later sessions; a page that may not store things forgets it. */
export function foldChart(id: string, open: boolean): void {
  foldStore.setState(({ folds }) => ({ folds: { ...folds, [id]: open } }));
  keepLocally(kept, JSON.stringify(foldStore.getState().folds));
}

export function useFolds(): Folds {
  return useStore(foldStore, (state) => state.folds);
}
