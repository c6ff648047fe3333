import { createStore, useStore } from 'zustand';
import { keepLocally, readKept } from './kept-locally.ts';

/** How this page shows the fleet; remembered from one time to the next. */
export interface FleetLayout {
  readonly shape: 'list' | 'grid';
  /** Whether groups have heads. */
  readonly grouped: boolean;
  /** Keys of the groups that show their head alone. */
  readonly collapsed: ReadonlySet<string>;
}

const first: FleetLayout = { shape: 'list', grouped: true, collapsed: new Set() };

/** What was kept, as far as it can be read. */
export function parseLayout(text: string | null): FleetLayout {
  try {
    const { shape, grouped, collapsed } = JSON.parse(text ?? '') as Record<string, unknown>;
    const keys = Array.isArray(collapsed) ? collapsed.filter((key) => typeof key === 'string') : [];
    return { shape: shape === 'grid' ? 'grid' : 'list', grouped: grouped !== false, collapsed: new Set(keys) };
  } catch {
    return first;
  }
}

export function layoutText({ shape, grouped, collapsed }: FleetLayout): string {
  return JSON.stringify({ shape, grouped, collapsed: [...collapsed] });
}

export const layoutStore = createStore<FleetLayout>(() => first);

export function restoreLayout(): void {
  layoutStore.setState(parseLayout(readKept('fleet')), true);
}

function change(next: (layout: FleetLayout) => Partial<FleetLayout>): void {
  layoutStore.setState((layout) => next(layout));
  keepLocally('fleet', layoutText(layoutStore.getState()));
}

export function chooseShape(shape: FleetLayout['shape']): void {
  change(() => ({ shape }));
}

export function switchGrouped(): void {
  change(({ grouped }) => ({ grouped: !grouped }));
}

export function setCollapsed(key: string, collapse: boolean): void {
  change(({ collapsed }) => {
    const keys = new Set(collapsed);
    if (collapse) keys.add(key);
    else keys.delete(key);
    return { collapsed: keys };
  });
}

export function useLayout(): FleetLayout {
  return useStore(layoutStore);
}
