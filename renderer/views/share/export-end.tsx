import { useEffect, useRef, useState } from 'react';
import type { Fault } from '../../../main/contract/faults.ts';
import { formatCount } from '../../../main/domain/present/units.ts';
import { visible } from '../../../main/domain/present/words.ts';
import { FaultNote } from '../../parts/fault-note.tsx';
import { openDump } from '../../state/open-dump.ts';
import { cancelExport, type ExportRun, forgetExport } from '../../state/share/export-run.ts';
import { doneWords, progressOf, replacedRows } from '../../state/share/share-words.ts';

interface ExportEndProps {
  readonly hostId: string;
  readonly run: ExportRun;
  readonly onClose: () => void;
}

/** An export on its way, and what came of it. */
export function ExportEnd({ hostId, run, onClose }: ExportEndProps) {
  return run.state === 'running' ? (
    <Progress hostId={hostId} run={run} />
  ) : (
    <Result hostId={hostId} run={run} onClose={onClose} />
  );
}

/** The button that began it is gone: the focus goes to what can be done now. */
function useFocused() {
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => button.current?.focus(), []);
  return button;
}

function Progress({ hostId, run: { progress, redacts, to } }: Pick<ExportEndProps, 'hostId' | 'run'>) {
  const cancel = useFocused();
  const { share, words } = progress === null ? { share: 0, words: 'Beginning …' } : progressOf(progress, redacts);
  const percent = Math.floor(share * 100);
  return (
    <div className="form">
      <p className="mono selectable wrap">{visible(to, 4096)}</p>
      <div
        className="share-progress"
        role="progressbar"
        aria-label="Exporting"
        aria-valuenow={percent}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuetext={words}
      >
        <div style={{ width: `${percent}%` }} />
      </div>
      <p className="number">{words}</p>
      <div className="actions">
        <button ref={cancel} type="button" className="button" onClick={() => cancelExport(hostId)}>
          Cancel
        </button>
        <span className="hint">It goes on when this is closed, and its end is told.</span>
      </div>
    </div>
  );
}

function Result({ hostId, run: { progress, redacts, to }, onClose }: ExportEndProps) {
  const open = useFocused();
  const [fault, setFault] = useState<Fault | null>(null);
  if (progress === null) return null;
  const rows = replacedRows(progress);
  return (
    <div className="form">
      <p role="status">
        {doneWords(progress)} <span className="mono selectable wrap">{visible(to, 4096)}</span>
      </p>
      {!redacts && <p className="text-warn">Nothing in it is redacted.</p>}
      {redacts && rows.length === 0 && <p>Nothing had to be replaced.</p>}
      {redacts && rows.length > 0 && (
        <>
          <h3>Replaced</h3>
          <dl className="facts share-replaced">
            {rows.map(({ name, count }) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd className="number right">{formatCount(count)}</dd>
              </div>
            ))}
          </dl>
          <p className="hint">Read it before it leaves: what nothing marks as a name or a secret is still in it.</p>
        </>
      )}
      {fault !== null && <FaultNote fault={fault} />}
      <div className="actions">
        <button
          ref={open}
          type="button"
          className="button button-primary"
          onClick={() =>
            void openDump(to).then((refusal) => {
              setFault(refusal);
              if (refusal === null) onClose();
            })
          }
        >
          Open it
        </button>
        <button type="button" className="button" onClick={() => forgetExport(hostId)}>
          Export another
        </button>
        <button type="button" className="button" onClick={onClose}>
          Close
        </button>
      </div>
    </div>
  );
}
