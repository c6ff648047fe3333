import { useEffect, useRef, useState } from 'react';
import { type DumpSession, useDump } from '../../../state/dump/dump-session.ts';
import type { TableFormat } from '../../../state/dump/export-table.ts';
import { saveCommands, saveEntries } from '../../../state/dump/save-table.ts';

/** Saves the table that is shown, as it is filtered. */
export function SaveTable({ session }: { session: DumpSession }) {
  const tab = useDump(session, (state) => state.tab);
  const [share, setShare] = useState<number | null>(null);
  const abort = useRef<AbortController | null>(null);
  useEffect(() => () => abort.current?.abort(), []);
  const save = async (format: TableFormat) => {
    if (tab === 'commands') return saveCommands(session, format);
    abort.current = new AbortController();
    setShare(0);
    await saveEntries(session, format, abort.current.signal, setShare);
    setShare(null);
  };
  if (share !== null) {
    return (
      <button
        type="button"
        className="button"
        onClick={() => {
          abort.current?.abort();
          setShare(null);
        }}
      >
        Saving {Math.floor(share * 100)} % · Cancel
      </button>
    );
  }
  const what = tab === 'commands' ? 'table of commands' : 'entries listed';
  return (
    <span className="save-table">
      {(['csv', 'json'] as const).map((format) => (
        <button
          key={format}
          type="button"
          className="button"
          title={`Save the ${what} as ${format.toUpperCase()}`}
          aria-label={`Save the ${what} as ${format.toUpperCase()}`}
          onClick={() => void save(format)}
        >
          {format.toUpperCase()}
        </button>
      ))}
    </span>
  );
}
