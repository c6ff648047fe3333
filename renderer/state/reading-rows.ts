import { type Sort, sortedBy } from './sort.ts';

/** A row beside its place in the sample's list, by which its numbers are traced. */
export interface Placed<Row> {
  readonly row: Row;
  readonly at: number;
}

/** Rows with their places, those that are wanted. */
export function placed<Row>(list: readonly Row[], wanted: (row: Row) => boolean = () => true): Placed<Row>[] {
  return list.flatMap((row, at) => (wanted(row) ? [{ row, at }] : []));
}

/** What is sorted by, of one row; null is unknown. */
export type SortValue<Row> = (row: Row) => number | string | null;

/** Those that match, in the order that is asked for; without one, in their own. */
export function arrangedRows<Row>(
  rows: readonly Placed<Row>[],
  filter: string,
  textOf: (row: Row) => string,
  sort: Sort<string> | null,
  readValue: SortValue<Row> | undefined,
): readonly Placed<Row>[] {
  const words = filter
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  const matching =
    words.length === 0
      ? rows
      : rows.filter(({ row }) => {
          const text = textOf(row).toLowerCase();
          return words.every((word) => text.includes(word));
        });
  return sort === null || readValue === undefined ? matching : sortedBy(matching, sort, ({ row }) => readValue(row));
}

/** A click on a column's head: numbers from the top first and words from A; the same one again turns round. */
export function nextSort(sort: Sort<string> | null, column: string, isNumber: boolean): Sort<string> {
  if (sort?.column === column) return { column, descending: !sort.descending };
  return { column, descending: isNumber };
}
