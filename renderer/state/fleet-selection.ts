import { createStore, useStore } from 'zustand';

export interface Selection {
  readonly ids: ReadonlySet<string>;
  /** Where a range begins. */
  readonly anchor: string | null;
}

export const noSelection: Selection = { ids: new Set(), anchor: null };

export function toggled({ ids }: Selection, id: string): Selection {
  const next = new Set(ids);
  if (!next.delete(id)) next.add(id);
  return { ids: next, anchor: id };
}

/** With all hosts from the anchor to this one, in the order of the list; without an anchor, this one. */
export function extended({ ids, anchor }: Selection, id: string, listed: readonly string[]): Selection {
  const [from, to] = [listed.indexOf(anchor ?? id), listed.indexOf(id)];
  const range = from === -1 ? [id] : listed.slice(Math.min(from, to), Math.max(from, to) + 1);
  return { ids: new Set([...ids, ...range]), anchor: from === -1 ? id : (anchor ?? id) };
}

export const selectionStore = createStore<Selection>(() => noSelection);

export function toggleSelected(id: string): void {
  selectionStore.setState((state) => toggled(state, id));
}

export function extendSelection(id: string, listed: readonly string[]): void {
  selectionStore.setState((state) => extended(state, id, listed));
}

export function selectAll(ids: readonly string[]): void {
  selectionStore.setState({ ids: new Set(ids), anchor: null });
}

export function clearSelection(): void {
  if (selectionStore.getState().ids.size > 0) selectionStore.setState(noSelection);
}

export function useSelected(id: string): boolean {
  return useStore(selectionStore, ({ ids }) => ids.has(id));
}

export function useSelection(): ReadonlySet<string> {
  return useStore(selectionStore, ({ ids }) => ids);
}
