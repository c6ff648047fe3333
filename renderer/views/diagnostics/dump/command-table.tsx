// biome-ignore-all lint/a11y/useSemanticElements: of a table's rows only those in view exist, and they stand in a frame
// biome-ignore-all lint/a11y/useFocusableInteractive: a cell is no control
import { useMemo, useState } from 'react';
import type { CommandStats } from '../../../../main/contract/dump-entries.ts';
import { runWords } from '../../../../main/domain/present/entry-words.ts';
import { formatBytes, formatCount, unknown } from '../../../../main/domain/present/units.ts';
import { visible } from '../../../../main/domain/present/words.ts';
import { Icon } from '../../../parts/icon.tsx';
import { VirtualRows } from '../../../parts/virtual-rows.tsx';
import { type CommandColumn, sortCommands } from '../../../state/dump/command-sort.ts';
import { setFilter } from '../../../state/dump/dump-list.ts';
import { type DumpSession, useDump } from '../../../state/dump/dump-session.ts';
import type { Sort } from '../../../state/sort.ts';

const columns: readonly { readonly column: CommandColumn; readonly label: string }[] = [
  { column: 'command', label: 'Command' },
  { column: 'runs', label: 'Runs' },
  { column: 'failures', label: 'Failed' },
  { column: 'meanMs', label: 'Mean' },
  { column: 'p95Ms', label: 'p95' },
  { column: 'maxMs', label: 'Max' },
  { column: 'meanSize', label: 'Mean size' },
  { column: 'maxSize', label: 'Max size' },
  { column: 'bytes', label: 'In all' },
];

/** What each command came to, of the entries that pass the filter; a command that is chosen becomes the filter. */
export function CommandTable({ session }: { session: DumpSession }) {
  const commands = useDump(session, (state) => state.commands);
  const [sort, setSort] = useState<Sort<CommandColumn>>({ column: 'runs', descending: true });
  const rows = useMemo(() => sortCommands(commands ?? [], sort), [commands, sort]);
  if (commands === null) return <p className="empty">Counting …</p>;
  if (commands.length === 0) return <p className="empty">No entry passes the filter.</p>;
  const choose = ({ id }: CommandStats) => {
    session.store.setState({ tab: 'entries' });
    setFilter(session, { ...session.store.getState().filter, commands: [id] });
  };
  return (
    <div className="command-table" role="table" aria-label="Commands" aria-rowcount={rows.length + 1}>
      <div role="rowgroup">
        <div className="command-line command-columns" role="row">
          {columns.map(({ column, label }) => (
            <span
              key={column}
              role="columnheader"
              className={column === 'command' ? '' : 'right'}
              aria-sort={sort.column !== column ? 'none' : sort.descending ? 'descending' : 'ascending'}
            >
              <button
                type="button"
                className="sort"
                onClick={() =>
                  setSort({ column, descending: sort.column === column ? !sort.descending : column !== 'command' })
                }
              >
                {label}
                <span className="sort-mark">
                  {sort.column === column && <Icon name={sort.descending ? 'down' : 'up'} />}
                </span>
              </button>
            </span>
          ))}
        </div>
      </div>
      <VirtualRows name="Rows of the commands" role="rowgroup" count={rows.length} rowRem={1.625}>
        {(index) => {
          const row = rows[index];
          return row === undefined ? null : <CommandRow key={row.id} row={row} onChoose={() => choose(row)} />;
        }}
      </VirtualRows>
    </div>
  );
}

function CommandRow({ row, onChoose }: { row: CommandStats; onChoose: () => void }) {
  const time = (ms: number | null) => (ms === null ? unknown : runWords(ms));
  const cells = [
    formatCount(row.runs),
    null,
    time(row.meanMs),
    time(row.p95Ms),
    time(row.maxMs),
    formatBytes(row.meanSize),
    formatBytes(row.maxSize),
    formatBytes(row.bytes),
  ];
  return (
    <div className="command-line" role="row">
      <span role="cell" className="ellipsis">
        <button type="button" className="command-name mono ellipsis" title="Only this command" onClick={onChoose}>
          {visible(row.command, 400)}
        </button>
      </span>
      {cells.map((cell, index) =>
        cell === null ? (
          <span
            key={columns[index + 1]?.column}
            role="cell"
            className={row.failures > 0 ? 'right number entry-failed' : 'right number faint'}
          >
            {formatCount(row.failures)}
          </span>
        ) : (
          <span key={columns[index + 1]?.column} role="cell" className="right number">
            {cell}
          </span>
        ),
      )}
    </div>
  );
}
