import { type FormEvent, useEffect, useId, useRef, useState } from 'react';
import type { RecentDump } from '../../../main/contract/dumps.ts';
import { formatCount } from '../../../main/domain/present/units.ts';
import { visible } from '../../../main/domain/present/words.ts';
import { api } from '../../api/rackside.ts';
import { openDialog } from '../../state/dialogs.ts';
import { takeDropped, useDropped } from '../../state/drops.ts';
import { openDump, openingWords, useOpening } from '../../state/open-dump.ts';
import { DumpOption } from './recent-dumps.tsx';

/** A path as it is typed or dropped; what is wrong with it is told below. */
export function OpenDumpForm() {
  const [path, setPath] = useState('');
  const [problem, setProblem] = useState('');
  const opening = useOpening();
  const [below, setBelow] = useState<readonly RecentDump[]>([]);
  const field = useRef<HTMLInputElement>(null);
  const problemId = useId();

  async function open(wanted: string): Promise<void> {
    setBelow([]);
    const fault = await openDump(wanted);
    if (fault === null) return;
    // A folder of dumps is none itself.
    const dumps = await dumpsBelow(wanted);
    setBelow(dumps);
    setProblem(
      dumps.length === 0
        ? fault.message
        : `This folder holds ${dumps.length === 1 ? 'a dump' : `${formatCount(dumps.length)} dumps`}. Choose one.`,
    );
  }

  const dropped = useDropped();
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was dropped is taken once
  useEffect(() => {
    const taken = takeDropped();
    if (taken === null) return;
    setPath(taken.path ?? '');
    setProblem(taken.path === null ? taken.problem : '');
    if (taken.path !== null) void open(taken.path);
    else field.current?.focus();
  }, [dropped]);

  return (
    <form
      className="open-dump"
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        void open(path.trim());
      }}
    >
      <input
        ref={field}
        className="field mono"
        aria-label="Path of a dump"
        aria-invalid={problem !== ''}
        aria-describedby={problemId}
        placeholder="/path/to/dump: a folder, a log, or an archive (.tar.gz, .zip, .zst)"
        required
        value={path}
        onChange={(event) => {
          setPath(event.target.value);
          setProblem('');
        }}
        spellCheck={false}
      />
      <button type="submit" className="button button-primary" disabled={opening !== null}>
        {opening === null ? 'Open' : 'Opening …'}
      </button>
      <button type="button" className="button" onClick={() => openDialog({ kind: 'host-dump', hostId: null })}>
        On a host …
      </button>
      {opening?.progress != null && (
        <p className="opening">
          <progress
            aria-label="Of the archive unpacked"
            value={opening.progress.readBytes}
            max={opening.progress.bytes}
          />
          <span className="number">{openingWords(opening.progress)}</span>
          <button type="button" className="button button-small" onClick={opening.leave}>
            Cancel
          </button>
        </p>
      )}
      <p id={problemId} className="field-problem text-bad" aria-live="polite">
        {visible(problem, 600)}
      </p>
      {below.length > 0 && (
        <ul className="options open-below" aria-label="Dumps in this folder">
          {below.map((dump) => (
            <li key={dump.path}>
              <DumpOption dump={dump} />
            </li>
          ))}
        </ul>
      )}
    </form>
  );
}

async function dumpsBelow(path: string): Promise<readonly RecentDump[]> {
  // The fault of opening it is told already.
  const none = { dumps: [] };
  const { dumps } = await api()
    ['dumps.recent']({ below: path })
    .catch(() => none);
  return dumps;
}
