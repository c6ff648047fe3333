import { type FormEvent, type ReactNode, useId, useState } from 'react';
import type { Host, HostDraft } from '../../../main/contract/hosts.ts';

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
  const [port, setPort] = useState(String(before?.port ?? 22));
  const [user, setUser] = useState(before?.user ?? 'root');
  const [keys, setKeys] = useState(before?.identityFiles.join('\n') ?? '');
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
        port: Number(port),
        user: user.trim(),
        identityFiles,
        agent,
      },
    });
  };
  return (
    <form className="form" onSubmit={submit} aria-label="Host">
      <div className="form-row">
        <Field label="Address" grow>
          {(id) => (
            <input
              id={id}
              className="field"
              required
              maxLength={253}
              value={address}
              onChange={(e) => setAddress(e.target.value)}
              placeholder="pve1.lan or 10.0.0.7"
              spellCheck={false}
              autoCapitalize="off"
            />
          )}
        </Field>
        <Field label="Port">
          {(id) => (
            <input
              id={id}
              className="field field-port"
              type="number"
              required
              min={1}
              max={65535}
              value={port}
              onChange={(e) => setPort(e.target.value)}
            />
          )}
        </Field>
      </div>
      <div className="form-row">
        <Field label="User" grow>
          {(id) => (
            <input
              id={id}
              className="field"
              required
              maxLength={64}
              value={user}
              onChange={(e) => setUser(e.target.value)}
              spellCheck={false}
              autoCapitalize="off"
            />
          )}
        </Field>
        <Field label="Name" grow>
          {(id) => (
            <input
              id={id}
              className="field"
              maxLength={120}
              value={name}
              onChange={(e) => setName(e.target.value)}
              placeholder={address === '' ? 'as the address' : address}
            />
          )}
        </Field>
      </div>
      <Field label="Key files" hint="One a line; none: the usual ones in ~/.ssh.">
        {(id) => (
          <textarea
            id={id}
            className="field mono"
            rows={2}
            value={keys}
            onChange={(e) => setKeys(e.target.value)}
            placeholder="~/.ssh/id_ed25519"
            spellCheck={false}
          />
        )}
      </Field>
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

interface FieldProps {
  readonly label: string;
  readonly hint?: string;
  readonly grow?: boolean;
  readonly children: (id: string) => ReactNode;
}

function Field({ label, hint, grow = false, children }: FieldProps) {
  const id = useId();
  return (
    <div className={grow ? 'form-field form-grow' : 'form-field'}>
      <label htmlFor={id}>{label}</label>
      {children(id)}
      {hint !== undefined && <span className="hint">{hint}</span>}
    </div>
  );
}
