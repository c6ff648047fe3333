// biome-ignore-all lint/a11y/useSemanticElements: of a long table's rows only those in view exist, and they stand in a frame
// biome-ignore-all lint/a11y/useFocusableInteractive: a cell is no control
import { type ReactNode, useMemo, useState } from 'react';
import { arrangedRows, nextSort, type Placed, type SortValue } from '../state/reading-rows.ts';
import type { Sort } from '../state/sort.ts';
import { Icon } from './icon.tsx';
import { TableScroll } from './table-scroll.tsx';
import { VirtualRows } from './virtual-rows.tsx';

export interface ReadingColumn<Row> {
  readonly id: string;
  readonly label: string;
  /** How wide it is at least, in rem, and its part of what room there is beyond. */
  readonly rem: number;
  readonly grow?: number;
  readonly right?: boolean;
  /** What the heading means, where it is not plain. */
  readonly title?: string | undefined;
  /** Without it the column is not sorted by. */
  readonly value?: SortValue<Row>;
  readonly cell: (row: Row, at: number) => ReactNode;
}

interface ReadingTableProps<Row> {
  readonly name: string;
  readonly columns: readonly ReadingColumn<Row>[];
  readonly rows: readonly Placed<Row>[];
  readonly keyOf: (row: Row, at: number) => string;
  /** What a filter looks in; without it there is none, however long the table. */
  readonly textOf?: (row: Row) => string;
  /** `units`: what there are many of. */
  readonly what?: string;
}

/** From so many rows on there is a filter, and from so many on they scroll in a frame of their own. */
const filteredFrom = 12;
const framedFrom = 24;
const rowRem = 1.75;
const gapRem = 0.5;

/** Rows of what a host has many of: sorted by a column, filtered, and of hundreds only those in view exist. */
export function ReadingTable<Row>({ name, columns, rows, keyOf, textOf, what = 'rows' }: ReadingTableProps<Row>) {
  const [filter, setFilter] = useState('');
  const [sort, setSort] = useState<Sort<string> | null>(null);
  const shown = useMemo(() => {
    const value = columns.find(({ id }) => id === sort?.column)?.value;
    return arrangedRows(rows, textOf === undefined ? '' : filter, textOf ?? (() => ''), sort, value);
  }, [rows, filter, sort, columns, textOf]);
  const tracks = columns.map(({ rem, grow }) => (grow === undefined ? `${rem}rem` : `minmax(${rem}rem, ${grow}fr)`));
  const width = columns.reduce((sum, { rem }) => sum + rem + gapRem, gapRem);
  const line = { gridTemplateColumns: tracks.join(' ') };
  const rowOf = ({ row, at }: Placed<Row>) => (
    <div key={keyOf(row, at)} className="reading-line" role="row" style={line}>
      {columns.map(({ id, right, cell }) => (
        <span key={id} role="cell" className={right === true ? 'right ellipsis' : 'ellipsis'}>
          {cell(row, at)}
        </span>
      ))}
    </div>
  );
  return (
    <>
      {textOf !== undefined && rows.length >= filteredFrom && (
        <div className="reading-filter">
          <input
            type="search"
            className="field"
            value={filter}
            placeholder={`Filter ${rows.length} ${what}`}
            aria-label={`Filter ${what}`}
            spellCheck={false}
            onChange={({ target }) => setFilter(target.value)}
          />
          <span className="faint number" role="status">
            {filter === '' ? '' : `${shown.length} of ${rows.length}`}
          </span>
        </div>
      )}
      <TableScroll name={`${name} table`} className="reading-scroll">
        <div role="table" aria-label={name} aria-rowcount={shown.length + 1} style={{ minWidth: `${width}rem` }}>
          <div role="rowgroup">
            <div className="reading-line reading-head" role="row" style={line}>
              {columns.map((column) => (
                <Head key={column.id} column={column} sort={sort} onSort={setSort} />
              ))}
            </div>
          </div>
          {shown.length < framedFrom ? (
            <div role="rowgroup">{shown.map(rowOf)}</div>
          ) : (
            <VirtualRows
              name={`Rows of ${name}`}
              role="rowgroup"
              className="reading-frame"
              count={shown.length}
              rowRem={rowRem}
            >
              {(index) => {
                const row = shown[index];
                return row === undefined ? null : rowOf(row);
              }}
            </VirtualRows>
          )}
        </div>
      </TableScroll>
      {shown.length === 0 && <p className="hint">{filter === '' ? 'None.' : `None matches “${filter}”.`}</p>}
    </>
  );
}

interface HeadProps<Row> {
  readonly column: ReadingColumn<Row>;
  readonly sort: Sort<string> | null;
  readonly onSort: (sort: Sort<string>) => void;
}

function Head<Row>({ column, sort, onSort }: HeadProps<Row>) {
  const { id, label, right = false, title, value } = column;
  const className = right ? 'right ellipsis' : 'ellipsis';
  if (value === undefined) {
    return (
      <span role="columnheader" className={className} title={title}>
        {label}
      </span>
    );
  }
  const by = sort?.column === id ? sort : null;
  return (
    <span
      role="columnheader"
      className={className}
      title={title}
      aria-sort={by === null ? 'none' : by.descending ? 'descending' : 'ascending'}
    >
      <button type="button" className="sort" onClick={() => onSort(nextSort(sort, id, right))}>
        {label}
        {by !== null && (
          <span className="sort-mark">
            <Icon name={by.descending ? 'down' : 'up'} />
          </span>
        )}
      </button>
    </span>
  );
}
