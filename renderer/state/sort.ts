export interface Sort<Column extends string> {
  readonly column: Column;
  readonly descending: boolean;
}

function compare(a: number | string, b: number | string): number {
  if (typeof a === 'string' && typeof b === 'string') return a < b ? -1 : a > b ? 1 : 0;
  return Number(a) - Number(b);
}

/** In the order of a value; null is unknown and stands last in both directions, and equals keep their order. */
export function sortedBy<Item>(
  items: readonly Item[],
  { descending }: Sort<string>,
  readValue: (item: Item) => number | string | null,
): Item[] {
  const keyed = items.map((item) => ({ item, value: readValue(item) }));
  keyed.sort((a, b) => {
    if (a.value === null || b.value === null) return Number(a.value === null) - Number(b.value === null);
    return descending ? compare(b.value, a.value) : compare(a.value, b.value);
  });
  return keyed.map(({ item }) => item);
}
