import { type FormEvent, useState } from 'react';
import type { ImportRead } from '../../../main/contract/host-import.ts';
import { visible } from '../../../main/domain/present/words.ts';
import { api, faultOf } from '../../api/rackside.ts';
import { TextField } from '../../parts/text-field.tsx';
import { choicesOf, type Deed, deedWords, doneWords, firstDeeds } from '../../state/host-import.ts';
import { toast, told } from '../../state/toasts.ts';
import { ImportList } from './import-list.tsx';

const formatWords: Readonly<Record<ImportRead['format'], string>> = {
  'known-hosts': 'known_hosts',
  'ansible-ini': 'an Ansible inventory (INI)',
  'ansible-yaml': 'an Ansible inventory (YAML)',
  csv: 'a CSV table',
};

/** Many hosts out of a file: read, chosen, added at once. */
export function ImportForm({ onDone }: { onDone: () => void }) {
  const [path, setPath] = useState('');
  const [read, setRead] = useState<ImportRead | null>(null);
  const [deeds, setDeeds] = useState<readonly Deed[]>([]);
  const [refusal, setRefusal] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  async function find(event: FormEvent): Promise<void> {
    event.preventDefault();
    setBusy(true);
    try {
      const found = await api()['hosts.readImport']({ path });
      setRead(found);
      setDeeds(firstDeeds(found.candidates));
      setRefusal(null);
    } catch (error) {
      setRead(null);
      setRefusal(faultOf(error).message);
    }
    setBusy(false);
  }

  async function bring(): Promise<void> {
    if (read === null) return;
    setBusy(true);
    const done = await told('Import hosts', api()['hosts.import'](choicesOf(read.candidates, deeds)));
    setBusy(false);
    if (done === null) return;
    for (const problem of done.problems.slice(0, 3)) toast(problem, 'fault');
    toast(doneWords(done));
    onDone();
  }

  const chosen = deeds.filter((deed) => deed !== 'skip').length;
  return (
    <div className="candidates" role="tabpanel" aria-labelledby="tab-file">
      <form className="form-row import-source" onSubmit={(event) => void find(event)} aria-label="File">
        <TextField
          label="File"
          required
          maxLength={4096}
          placeholder="~/.ssh/known_hosts, inventory.ini, hosts.yml or hosts.csv"
          hint="known_hosts, an Ansible inventory (INI or YAML), or CSV with a header, on the machine where Rackside runs."
          value={path}
          onChange={setPath}
        />
        <button type="submit" className="button" disabled={busy}>
          Find hosts
        </button>
      </form>
      {refusal !== null && (
        <p className="text-warn problem" role="alert">
          {visible(refusal, 400)}
        </p>
      )}
      {read?.problems.map((problem) => (
        <p key={problem} className="text-warn problem">
          {visible(problem, 400)}
        </p>
      ))}
      {read !== null && read.candidates.length === 0 && (
        <p className="empty">There are no hosts in it, read as {formatWords[read.format]}.</p>
      )}
      {read !== null && read.candidates.length > 0 && (
        <>
          <ImportList candidates={read.candidates} deeds={deeds} onDeeds={setDeeds} />
          <div className="actions">
            <button
              type="button"
              className="button button-primary"
              disabled={busy || chosen === 0}
              onClick={() => void bring()}
            >
              {deedWords(deeds)}
            </button>
            <span className="hint">Read as {formatWords[read.format]}. They are connected once they are added.</span>
          </div>
        </>
      )}
    </div>
  );
}
