import { type FormEvent, useState } from 'react';
import type { Host, HostDraft } from '../../../main/contract/hosts.ts';
import { TextField } from '../../parts/text-field.tsx';
import { parseGroup, parseTags } from '../../state/fleet-labels.ts';
import { LabelFields } from './label-fields.tsx';

interface HostFormProps {
  /** The host to change; null: a new one. */
  readonly host: Host | null;
  readonly busy: boolean;
  readonly onSubmit: (draft: HostDraft) => void;
}

/** A host by hand. Secrets are not asked here: a connection asks for what it needs. */
export function HostForm({ host, busy, onSubmit }: HostFormProps) {
  const before = host?.target.transport === 'ssh' ? host.target : null;
  const [address, setAddress] = useState(before?.address ?? '');
  const [name, setName] = useState(host?.name ?? '');
  const [port, setPort] = useState(String(before?.port ?? ''));
  const [user, setUser] = useState(before?.user ?? '');
  const [keys, setKeys] = useState(before?.identityFiles.join('\n') ?? '');
  const [group, setGroup] = useState(host?.group ?? '');
  const [tags, setTags] = useState(host?.tags.join(' ') ?? '');
  const [agent, setAgent] = useState(before?.agent ?? true);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const identityFiles = keys
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '');
    onSubmit({
      name: name.trim() === '' ? address.trim() : name.trim(),
      target: {
        transport: 'ssh',
        address: address.trim(),
        port: port.trim() === '' ? null : Number(port),
        user: user.trim() === '' ? null : user.trim(),
        identityFiles,
        agent,
      },
      group: parseGroup(group),
      tags: parseTags(tags),
    });
  };
  return (
    <form className="form" onSubmit={submit} aria-label="Host">
      <div className="form-row">
        <TextField
          label="Address"
          required
          maxLength={253}
          placeholder="pve1.lan, 10.0.0.7 or a Host of ~/.ssh/config"
          value={address}
          onChange={setAddress}
        />
        <TextField label="Port" placeholder="22" between={[1, 65_535]} value={port} onChange={setPort} />
      </div>
      <div className="form-row">
        <TextField label="User" maxLength={64} placeholder="as your ssh config says" value={user} onChange={setUser} />
        <TextField
          label="Name"
          maxLength={120}
          placeholder={address === '' ? 'as the address' : address}
          value={name}
          onChange={setName}
        />
      </div>
      <LabelFields {...{ group, tags }} onGroup={setGroup} onTags={setTags} />
      <TextField
        label="Key files"
        hint="One a line, tried before those of your ssh config."
        rows={2}
        placeholder="~/.ssh/id_ed25519"
        value={keys}
        onChange={setKeys}
      />
      <label className="check">
        <input type="checkbox" checked={agent} onChange={(e) => setAgent(e.target.checked)} />
        Use the ssh-agent
      </label>
      <div className="actions">
        <button type="submit" className="button button-primary" disabled={busy}>
          {host === null ? 'Connect' : 'Save and connect'}
        </button>
        <span className="hint">Passwords and passphrases are asked for when they are needed.</span>
      </div>
    </form>
  );
}
