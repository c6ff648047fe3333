import { useCallback, useEffect, useMemo, useState } from 'react';
import type { Provenance, SourceRecord } from '../../../main/contract/provenance.ts';
import { exactWords, sumWords } from '../../../main/domain/present/reading-words.ts';
import { visible } from '../../../main/domain/present/words.ts';
import { Icon } from '../../parts/icon.tsx';
import { IconButton } from '../../parts/icon-button.tsx';
import { copyText } from '../../state/copy-text.ts';
import { useHostView } from '../../state/fleet.ts';
import { ofNewest } from '../../state/source-answer.ts';
import { showInDump } from '../../state/source-moves.ts';
import { askForSource, type ReadingPath, type SourceQuestion } from '../../state/source-question.ts';
import { marksOf } from '../../state/source-rows.ts';
import { SourceRecordView } from './source-record.tsx';

interface SourceProps {
  readonly question: SourceQuestion;
  readonly path: ReadingPath;
  /** As the page shows it; null where it shows something made of it. */
  readonly text: string | null;
  readonly told: Provenance;
}

/** One reading: what it is, how it is computed, and every output that went into it. */
export function Source({ question, path, text, told }: SourceProps) {
  const [here, setHere] = useState(0);
  const marks = useMemo(() => marksOf(told), [told]);
  const mark = marks[here] ?? null;
  const used = told.records.filter((record) => record.used);
  const others = told.records.filter((record) => !record.used);
  const replay = useHostView(question.hostId)?.connection.state === 'replay';
  const onShow = (record: SourceRecord) => (replay ? () => void showInDump(question.hostId, record) : null);
  const step = useCallback((by: number) => setHere((at) => (at + by + marks.length) % marks.length), [marks.length]);
  useMarkKeys(marks.length, step);
  return (
    <div className="source">
      <SourceHead path={path} added={question.plus.length} text={text} told={told} />
      <Problem question={question} told={told} />
      {marks.length > 0 && (
        <div className="source-marks">
          <span className="source-count number" aria-live="polite">
            Mark {here + 1} of {marks.length}
          </span>
          <IconButton icon="up" label="Previous mark" title="Previous mark (N)" quiet onClick={() => step(-1)} />
          <IconButton icon="down" label="Next mark" title="Next mark (n)" quiet onClick={() => step(1)} />
          {!told.complete && (
            <span className="hint">The search was given up after a while: more may be used than is marked.</span>
          )}
        </div>
      )}
      <div className="source-records">
        {used.map((record) => {
          const index = told.records.indexOf(record);
          return (
            <SourceRecordView
              key={index}
              record={record}
              marks={marks.filter((one) => one.record === index)}
              here={mark?.record === index ? mark : null}
              onShow={onShow(record)}
            />
          );
        })}
        {others.length > 0 && (
          <details className="source-others" open={used.length === 0}>
            <summary>
              {used.length === 0 ? 'What was asked' : 'Asked as well, and not used for this'}{' '}
              <span className="faint number">{others.length}</span>
            </summary>
            {others.map((record) => (
              <SourceRecordView
                key={told.records.indexOf(record)}
                record={record}
                marks={[]}
                here={null}
                onShow={onShow(record)}
              />
            ))}
          </details>
        )}
      </div>
    </div>
  );
}

/** Heard wherever the focus is: nothing in this dialog takes letters. */
function useMarkKeys(count: number, step: (by: number) => void): void {
  useEffect(() => {
    if (count < 2) return;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.altKey || event.metaKey || (event.key !== 'n' && event.key !== 'N')) return;
      step(event.key === 'n' ? 1 : -1);
      event.preventDefault();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [count, step]);
}

function SourceHead({ path, added, text, told }: Pick<SourceProps, 'path' | 'text' | 'told'> & { added: number }) {
  const { value, formula, worked, about, collector } = told;
  const exact = exactWords(path, value);
  return (
    <div className="source-head">
      <p className="source-value">
        {text !== null && <span className="source-text number">{visible(text, 120)}</span>}
        <span className="source-name">{sumWords(path, added)}</span>
        {value !== null && visible(exact, 400) !== text && (
          <span className="number faint selectable" data-testid="source-exact">
            {visible(exact, 400)}
          </span>
        )}
      </p>
      <dl className="source-facts">
        {formula !== null && (
          <div>
            <dt>Formula</dt>
            <dd>{formula}</dd>
          </div>
        )}
        {worked !== null && (
          <div>
            <dt>Here</dt>
            <dd className="mono selectable source-worked">{visible(worked, 2000)}</dd>
          </div>
        )}
        <div>
          <dt>Collector</dt>
          <dd>
            <span className="mono">{collector}</span> {about !== '' && <span className="faint">{about}</span>}
          </dd>
        </div>
      </dl>
    </div>
  );
}

const statusWords = {
  absent: 'Not on this host',
  failed: 'Could not be read',
  gone: 'Not kept any more',
} as const;

/** Why there is no number, with what would bring it. */
function Problem({ question, told }: { question: SourceQuestion; told: Provenance }) {
  const { status, reason, remedy } = told;
  if (status === 'ok') return null;
  const newest = status === 'gone' ? ofNewest(question) : null;
  return (
    <div className={status === 'failed' ? 'note note-bad' : 'note'} role="status">
      <Icon name={status === 'failed' ? 'warn' : 'about'} />
      <span className="note-text">
        <strong>{statusWords[status]}.</strong> {visible(reason ?? '', 400)}
        {status === 'gone' && ' Only the newest rounds of a host that is looked at stay in memory.'}
        {remedy !== null && <code className="note-command selectable">{visible(remedy, 1000)}</code>}
      </span>
      {remedy !== null && (
        <button type="button" className="button button-small" onClick={() => copyText('Line', remedy)}>
          Copy the line
        </button>
      )}
      {newest !== null && (
        <button type="button" className="button button-small" onClick={() => askForSource(newest)}>
          Show the newest sample's
        </button>
      )}
    </div>
  );
}
