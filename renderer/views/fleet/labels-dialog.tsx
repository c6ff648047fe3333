import { type FormEvent, useState } from 'react';
import { visible } from '../../../main/domain/present/words.ts';
import { Dialog } from '../../parts/dialog.tsx';
import { TextField } from '../../parts/text-field.tsx';
import { changeLabels, hostsWords, keptHosts, parseGroup, parseTags } from '../../state/fleet-labels.ts';

/** The group and the tags of many hosts at once: what is left alone stays as each host has it. */
export function LabelsDialog({ hostIds, onClose }: { hostIds: readonly string[]; onClose: () => void }) {
  // As they were when the dialog opened: what is changed is what was looked at.
  const [hosts] = useState(() => keptHosts(hostIds));
  const groups = new Set(hosts.map(({ group }) => group));
  const common = groups.size === 1 ? (hosts[0]?.group ?? '') : '';
  const counts = new Map<string, number>();
  for (const tag of hosts.flatMap(({ tags }) => tags)) counts.set(tag, (counts.get(tag) ?? 0) + 1);
  const [group, setGroup] = useState(common);
  const [touched, setTouched] = useState(false);
  const [add, setAdd] = useState('');
  const [remove, setRemove] = useState<readonly string[]>([]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onClose();
    void changeLabels(hosts, { group: touched ? parseGroup(group) : undefined, add: parseTags(add), remove });
  };
  return (
    <Dialog title={`Group and tags of ${hostsWords(hosts.length)}`} size="small" onClose={onClose}>
      <form className="form" onSubmit={submit} aria-label="Group and tags">
        <TextField
          label="Group"
          maxLength={60}
          placeholder={groups.size > 1 ? 'several; each keeps its own' : 'none'}
          value={group}
          onChange={(value) => {
            setGroup(value);
            setTouched(true);
          }}
        />
        <TextField
          label="Add tags"
          hint="Words, parted by blanks."
          placeholder="db ssd"
          value={add}
          onChange={setAdd}
        />
        {counts.size > 0 && (
          <fieldset className="tag-choice">
            <legend>Remove tags</legend>
            {[...counts].sort().map(([tag, count]) => (
              <label key={tag} className="check">
                <input
                  type="checkbox"
                  checked={remove.includes(tag)}
                  onChange={({ target }) =>
                    setRemove(target.checked ? [...remove, tag] : remove.filter((other) => other !== tag))
                  }
                />
                <span className="ellipsis">{visible(tag, 40)}</span>
                <span className="faint number">{count}</span>
              </label>
            ))}
          </fieldset>
        )}
        <div className="actions">
          <button type="submit" className="button button-primary">
            Save
          </button>
          <button type="button" className="button" onClick={onClose}>
            Cancel
          </button>
        </div>
      </form>
    </Dialog>
  );
}
