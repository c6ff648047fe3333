import { useEffect, useState } from 'react';
import type { DiffLine, Entry, EntryDiff, EntryRef } from '../../../../main/contract/dump-entries.ts';
import type { Fault } from '../../../../main/contract/faults.ts';
import { exitWords, runWords } from '../../../../main/domain/present/entry-words.ts';
import { formatBytes, formatCount, formatExactDateTime } from '../../../../main/domain/present/units.ts';
import { visible, visibleLines } from '../../../../main/domain/present/words.ts';
import { api, faultOf } from '../../../api/rackside.ts';
import { FaultNote } from '../../../parts/fault-note.tsx';
import { Icon } from '../../../parts/icon.tsx';
import { VirtualRows } from '../../../parts/virtual-rows.tsx';
import { zoneAt } from '../../../state/clock.ts';
import { swapCompared } from '../../../state/dump/dump-moves.ts';
import type { DumpSession } from '../../../state/dump/dump-session.ts';
import { fleetStore } from '../../../state/fleet.ts';

interface DiffPaneProps {
  readonly session: DumpSession;
  readonly compared: { readonly left: EntryRef; readonly right: EntryRef };
}

/** What two runs printed, line by line. The side is a sign and a word, and not only a colour. */
export function DiffPane({ session, compared }: DiffPaneProps) {
  const [diff, setDiff] = useState<EntryDiff | null>(null);
  const [fault, setFault] = useState<Fault | null>(null);
  const { left, right } = compared;
  useEffect(() => {
    const abort = new AbortController();
    api()
      ['dumps.diff']({ left, right }, abort.signal)
      .then(setDiff)
      .catch((error: unknown) => {
        if (!abort.signal.aborted) setFault(faultOf(error));
      });
    return () => abort.abort();
  }, [left, right]);
  if (fault !== null) return <FaultNote fault={fault} />;
  if (diff === null) return <p className="empty">Comparing …</p>;
  const { lines, added, removed, identical, cut } = diff;
  return (
    <>
      <div className="diff-head">
        <DiffSide sign="−" of={left} entry={diff.left} other={right} />
        <DiffSide sign="+" of={right} entry={diff.right} other={left} />
        <div className="diff-counts number">
          {identical && 'Both printed the same.'}
          {!identical && (
            <>
              <span className="diff-removed-count">−{formatCount(removed)}</span>
              <span className="diff-added-count">+{formatCount(added)}</span>
              {added + removed === 0 && <span>no line differs</span>}
            </>
          )}
          {cut && <span className="text-warn">not compared to the end</span>}
          <button type="button" className="button button-small" onClick={() => swapCompared(session)}>
            <Icon name="swap" />
            Swap
          </button>
          <button
            type="button"
            className="button button-small"
            onClick={() => session.store.setState({ compared: null })}
          >
            Close
          </button>
        </div>
      </div>
      {lines.length > 0 && (
        <div className="output-text" id="dump-output" tabIndex={-1}>
          <VirtualRows name="Difference" role="region" className="mono selectable" count={lines.length} rowRem={1.125}>
            {(index) => {
              const line = lines[index];
              return line === undefined ? null : <DiffRow key={index} line={line} />;
            }}
          </VirtualRows>
        </div>
      )}
    </>
  );
}

function DiffSide({ sign, of, entry, other }: { sign: string; of: EntryRef; entry: Entry; other: EntryRef }) {
  const name = of.hostId === other.hostId ? '' : visible(fleetStore.getState().views[of.hostId]?.host.name ?? '', 60);
  return (
    <p className="number diff-side">
      <strong className="mono">{sign}</strong> {name} {formatExactDateTime(entry.at, zoneAt(entry.at))}
      <span className="faint">
        {exitWords(entry)} · {runWords(entry.durationMs)} · {formatBytes(entry.size)}
      </span>
    </p>
  );
}

const signs: Readonly<Record<DiffLine['kind'], string>> = { same: ' ', removed: '−', added: '+', skipped: ' ' };
const words: Readonly<Record<DiffLine['kind'], string>> = {
  same: '',
  removed: 'removed: ',
  added: 'added: ',
  skipped: '',
};

function DiffRow({ line: { kind, text, count, left, right } }: { line: DiffLine }) {
  if (kind === 'skipped') {
    return (
      <div className="output-row diff-skipped">{`⋯ ${formatCount(count)} ${count === 1 ? 'line' : 'lines'} the same`}</div>
    );
  }
  return (
    <div className={`output-row diff-${kind}`}>
      <span className="output-number diff-number" aria-hidden="true">
        {left ?? ''}
      </span>
      <span className="output-number diff-number" aria-hidden="true">
        {right ?? ''}
      </span>
      <span className="diff-sign" aria-hidden="true">
        {signs[kind]}
      </span>
      <span className="unseen">{words[kind]}</span>
      <span className="output-cell">{visibleLines(text.slice(0, maxShown))}</span>
    </div>
  );
}

/** A line of a difference is for reading; the output itself has all of it. */
const maxShown = 4000;
