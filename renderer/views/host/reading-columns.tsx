import type { ReadingColumn } from '../../parts/reading-table.tsx';
import { Traced } from '../../parts/traced.tsx';
import type { ReadingPath } from '../../state/source-question.ts';
import { Words } from './cells.tsx';

interface More {
  readonly grow?: number;
  readonly title?: string;
  readonly className?: string;
}

type KeyOf<Row, Value> = { [Key in keyof Row]-?: Row[Key] extends Value ? Key : never }[keyof Row] & string;

/** The usual columns of one list of a sample: words as the host says them, and numbers with their unit. */
export interface ReadingColumns<Row> {
  words(id: KeyOf<Row, string | null>, label: string, rem: number, more?: More): ReadingColumn<Row>;
  number(
    id: KeyOf<Row, number | null>,
    label: string,
    rem: number,
    format: (value: number | null) => string,
    more?: More,
  ): ReadingColumn<Row>;
  /** Of a column that is made by hand. */
  path(at: number, key: keyof Row & string): ReadingPath;
}

export function columnsOf<Row>(...list: readonly (string | number)[]): ReadingColumns<Row> {
  const path = (at: number, key: keyof Row & string): ReadingPath => [...list, at, key];
  return {
    path,
    words: (id, label, rem, { className, ...more } = {}) => ({
      ...{ id, label, rem, ...more },
      value: (row) => (row[id] as string | null)?.toLowerCase() ?? null,
      cell: (row, at) => {
        const text = row[id] as string | null;
        return (
          <span title={text === null || text.length < 12 ? undefined : text.slice(0, 400)}>
            <Words path={path(at, id)} text={text} limit={260} className={className} />
          </span>
        );
      },
    }),
    number: (id, label, rem, format, { className, ...more } = {}) => ({
      ...{ id, label, rem, right: true, ...more },
      value: (row) => row[id] as number | null,
      cell: (row, at) => {
        const value = row[id] as number | null;
        const tone = value === null ? 'number text-unknown' : 'number';
        return (
          <Traced path={path(at, id)} className={className === undefined ? tone : `${tone} ${className}`}>
            {format(value)}
          </Traced>
        );
      },
    }),
  };
}
