import { type FormEvent, useState } from 'react';
import type { Host, HostDraft } from '../../../main/contract/hosts.ts';
import { TextField } from '../../parts/text-field.tsx';
import { parseGroup, parseTags } from '../../state/fleet-labels.ts';
import { LabelFields } from './label-fields.tsx';

interface NameFormProps {
  readonly host: Host;
  readonly busy: boolean;
  readonly onSubmit: (draft: HostDraft) => void;
}

/** What can be changed of a host that needs no way to be reached: this machine. */
export function NameForm({ host, busy, onSubmit }: NameFormProps) {
  const [name, setName] = useState(host.name);
  const [group, setGroup] = useState(host.group ?? '');
  const [tags, setTags] = useState(host.tags.join(' '));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSubmit({ name: name.trim(), target: host.target, group: parseGroup(group), tags: parseTags(tags) });
  };
  return (
    <form className="form" onSubmit={submit} aria-label="Host">
      <TextField label="Name" required maxLength={120} value={name} onChange={setName} />
      <LabelFields {...{ group, tags }} onGroup={setGroup} onTags={setTags} />
      <div className="actions">
        <button type="submit" className="button button-primary" disabled={busy || name.trim() === ''}>
          Save
        </button>
      </div>
    </form>
  );
}
