import { type FormEvent, useState } from 'react';
import { visible } from '../../../main/domain/present/words.ts';
import { Dialog } from '../../parts/dialog.tsx';
import { TextField } from '../../parts/text-field.tsx';
import { recordEach, usualMinutes } from '../../state/capture.ts';
import { hostsWords, keptHosts } from '../../state/fleet-labels.ts';
import { useLost } from '../../state/link.ts';

/** For how long, and where to: for one host or many, each of which gets a directory of its own. */
export function RecordDialog({ hostIds, onClose }: { hostIds: readonly string[]; onClose: () => void }) {
  const [hosts] = useState(() => keptHosts(hostIds));
  const [minutes, setMinutes] = useState(String(usualMinutes));
  const [endless, setEndless] = useState(false);
  const [folder, setFolder] = useState('');
  const lost = useLost();
  const [only] = hosts;
  const name = hosts.length === 1 && only !== undefined ? visible(only.name, 120) : hostsWords(hosts.length);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onClose();
    const where = folder.trim();
    void recordEach(hosts, endless ? null : Number(minutes), where === '' ? {} : { folder: where });
  };
  return (
    <Dialog title={`Record ${name}`} size="small" onClose={onClose}>
      <form className="form" onSubmit={submit} aria-label="Record">
        <div className="form-row">
          <TextField
            label="Minutes"
            between={[1, 10_080]}
            required={!endless}
            disabled={endless}
            value={minutes}
            onChange={setMinutes}
          />
          <label className="check record-endless">
            <input type="checkbox" checked={endless} onChange={({ target }) => setEndless(target.checked)} />
            Until stopped
          </label>
        </div>
        <TextField
          label="Folder"
          hint={`${hosts.length === 1 ? 'The dump gets a directory of its own' : 'Each host gets a directory of its own'} in it, named by host and time.`}
          placeholder="Rackside’s own, in its data folder"
          value={folder}
          onChange={setFolder}
        />
        <div className="actions">
          <button type="submit" className="button button-primary" disabled={lost || hosts.length === 0}>
            Record
          </button>
          <button type="button" className="button" onClick={onClose}>
            Cancel
          </button>
        </div>
      </form>
    </Dialog>
  );
}
