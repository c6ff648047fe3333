import { type FormEvent, useEffect, useId, useState } from 'react';
import { formatBytes, formatDateTime } from '../../../main/domain/present/units.ts';
import { visible } from '../../../main/domain/present/words.ts';
import { Dialog } from '../../parts/dialog.tsx';
import { FaultNote } from '../../parts/fault-note.tsx';
import { TextField } from '../../parts/text-field.tsx';
import { zoneAt } from '../../state/clock.ts';
import { findDumps, openDumpOnHost, type Search } from '../../state/dumps-on-hosts.ts';
import { useFleet } from '../../state/fleet.ts';
import { useLost } from '../../state/link.ts';

interface HostDumpDialogProps {
  /** The one that was looked at; null: whoever opens it chooses. */
  readonly hostId: string | null;
  readonly onClose: () => void;
}

/** The dumps that lie on a host that is reached: those of its agents, and those in a folder that is named. */
export function HostDumpDialog({ hostId, onClose }: HostDumpDialogProps) {
  const ids = useFleet((state) => state.ids);
  const views = useFleet((state) => state.views);
  const hosts = ids.flatMap((id) => (views[id]?.connection.state === 'live' ? [views[id].host] : []));
  const [chosen, setChosen] = useState(hostId ?? hosts[0]?.id ?? '');
  const [folder, setFolder] = useState('');
  const [search, setSearch] = useState<Search>({ state: 'looking' });
  const [asked, setAsked] = useState('');
  const lost = useLost();
  const selectId = useId();
  useEffect(() => {
    if (chosen === '') return;
    const abort = new AbortController();
    setSearch({ state: 'looking' });
    void findDumps(chosen, asked, abort.signal).then((found) => {
      if (!abort.signal.aborted) setSearch(found);
    });
    return () => abort.abort();
  }, [chosen, asked]);
  if (chosen === '') {
    return (
      <Dialog title="Open a dump on a host" size="small" onClose={onClose}>
        <p className="hint">No host is connected. Connect the one that the dump lies on.</p>
      </Dialog>
    );
  }
  const open = async (path: string) => {
    setSearch({ state: 'opening', path });
    const fault = await openDumpOnHost(chosen, path);
    if (fault === null) onClose();
    else setSearch({ state: 'failed', fault });
  };
  return (
    <Dialog title="Open a dump on a host" size="medium" onClose={onClose}>
      <form
        className="form"
        aria-label="Where to look"
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          setAsked(folder.trim());
        }}
      >
        <div className="form-row">
          <div className="form-field">
            <label htmlFor={selectId}>Host</label>
            <select
              id={selectId}
              className="field field-select"
              value={chosen}
              onChange={(event) => setChosen(event.target.value)}
            >
              {hosts.map(({ id, name }) => (
                <option key={id} value={id}>
                  {visible(name, 80)}
                </option>
              ))}
            </select>
          </div>
          <TextField
            label="Folder"
            hint="Besides those that an agent there is set up to write to."
            placeholder="/var/log/…"
            maxLength={4096}
            value={folder}
            onChange={setFolder}
          />
        </div>
        <div className="actions">
          <button type="submit" className="button" disabled={lost || search.state === 'opening'}>
            Look there
          </button>
        </div>
      </form>
      <div className="host-dumps" aria-live="polite">
        <Found search={search} onOpen={(path) => void open(path)} />
      </div>
    </Dialog>
  );
}

function Found({ search, onOpen }: { search: Search; onOpen: (path: string) => void }) {
  if (search.state === 'looking') return <p className="hint">Looking …</p>;
  if (search.state === 'failed') return <FaultNote fault={search.fault} />;
  if (search.state === 'opening') {
    return <p className="hint">Reading the heads of the entries in {visible(search.path, 400)} …</p>;
  }
  const { dumps, looked } = search;
  const where = looked.map(({ directory }) => visible(directory, 200)).join(', ');
  if (dumps.length === 0) {
    return (
      <p className="hint">
        {looked.length === 0
          ? 'No agent there says where it writes dumps. Name the folder.'
          : `There is no dump in ${where}.`}
      </p>
    );
  }
  return (
    <ul className="options" aria-label="Dumps on this host">
      {dumps.map(({ path, bytes, modifiedAt, readable }) => (
        <li key={path}>
          <button type="button" className="option" disabled={!readable} onClick={() => onOpen(path)}>
            <span className="mono ellipsis" title={visible(path, 400)}>
              {visible(path, 400)}
            </span>
            <span className="faint number">
              {readable ? formatDateTime(modifiedAt, zoneAt(modifiedAt)) : 'may not be read by who signs in'}
            </span>
            <span className="number option-end">{formatBytes(bytes)}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
