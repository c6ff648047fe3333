import { useEffect, useMemo, useRef } from 'react';
import type { SourceRecord } from '../../../main/contract/provenance.ts';
import { exitWords, hasFailed, runWords } from '../../../main/domain/present/entry-words.ts';
import { formatBytes, formatCount, formatExactDateTime } from '../../../main/domain/present/units.ts';
import { visible, visibleLines } from '../../../main/domain/present/words.ts';
import { IconButton } from '../../parts/icon-button.tsx';
import { VirtualRows } from '../../parts/virtual-rows.tsx';
import { zoneAt } from '../../state/clock.ts';
import { copyText } from '../../state/copy-text.ts';
import { rowPieces } from '../../state/dump/row-text.ts';
import { rowOfMark, type SourceMark, sourceRows } from '../../state/source-rows.ts';

interface SourceRecordProps {
  readonly record: SourceRecord;
  readonly marks: readonly SourceMark[];
  /** The mark that is gone to, where it is one of these. */
  readonly here: SourceMark | null;
  /** Shows it where it lies; null where that is nowhere. */
  readonly onShow: (() => void) | null;
}

const roundWords = { this: 'this round', before: 'the round before', once: 'told once, and still true' } as const;
const mostRows = 14;
const rowRem = 1.125;

/** One run of one command: the line to paste, how it went, and the bytes as they were, the used ones marked. */
export function SourceRecordView({ record, marks, here, onShow }: SourceRecordProps) {
  const { command, ended_at: at, duration_ms: duration, round, size, offset, stderr } = record;
  const ended = { exit: record.exit, error: record.error, timedOut: record.timed_out, absent: false };
  return (
    <article className="source-record" aria-label={`${visible(command, 80)}, ${roundWords[round]}`}>
      <header className="source-record-head">
        <p className="mono selectable output-command">$ {visible(command, 8000)}</p>
        <span className="source-record-actions">
          {onShow !== null && (
            <button type="button" className="button button-small" onClick={onShow}>
              Show in the dump
            </button>
          )}
          <IconButton icon="copy" label="Copy the command" quiet onClick={() => copyText('Command', command)} />
        </span>
        <ul className="output-facts number">
          <li className={round === 'this' ? 'tag' : 'tag source-earlier'}>{roundWords[round]}</li>
          <li>{formatExactDateTime(at, zoneAt(at))}</li>
          <li className={hasFailed(ended) ? 'entry-failed' : ''}>{exitWords(ended)}</li>
          <li>{runWords(duration)}</li>
          <li title={`${formatCount(size)} bytes`}>{formatBytes(size)}</li>
          {record.truncated && <li className="text-warn">truncated: it printed more</li>}
          {record.error !== null && <li className="text-warn">{visible(record.error, 400)}</li>}
        </ul>
      </header>
      <SourceBytes record={record} marks={marks} here={here} />
      {record.bytes.length < size && (
        <p className="hint number">
          Bytes {formatCount(offset)} to {formatCount(offset + record.bytes.length)} of {formatCount(size)}.
        </p>
      )}
      {stderr !== '' && (
        <pre className="mono selectable source-stderr" title="Standard error">
          {visibleLines(utf8(stderr))}
        </pre>
      )}
    </article>
  );
}

function SourceBytes({ record, marks, here }: Omit<SourceRecordProps, 'onShow'>) {
  const { bytes, rows } = useMemo(() => sourceRows(record), [record]);
  const frame = useRef<HTMLDivElement>(null);
  const reveal = useMemo(() => (here === null ? null : { index: rowOfMark(rows, here) }), [rows, here]);
  useEffect(() => {
    if (reveal === null) return;
    frame.current?.scrollIntoView({ block: 'nearest' });
    frame.current?.querySelector('.used-here')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [reveal]);
  if (rows.length === 0) return <p className="hint source-nothing">It printed nothing.</p>;
  const shown = Math.min(rows.length, mostRows);
  const numbered = record.offset === 0;
  return (
    <div ref={frame} className="source-bytes" style={{ height: `${shown * rowRem + 1}rem` }}>
      <VirtualRows
        name="What was printed"
        role="region"
        className="mono selectable"
        count={rows.length}
        rowRem={rowRem}
        startPx={reveal === null ? 0 : Math.max(0, reveal.index - 4) * 18}
        reveal={reveal}
      >
        {(index) => {
          const row = rows[index];
          if (row === undefined) return null;
          const { start, end, line } = row;
          const within = marks.filter((mark) => mark.offset < end && mark.offset + mark.length > start);
          return (
            <div key={index} className="output-row">
              <span className="output-number" aria-hidden="true" style={{ width: '5ch' }}>
                {numbered ? (line ?? '·') : '·'}
              </span>
              <span className="output-cell">
                {rowPieces(bytes.subarray(start, end), start, within).map(({ at, text, tone }) => {
                  const isHere = here !== null && at >= here.offset && at < here.offset + here.length;
                  if (tone === 'hit')
                    return (
                      <mark key={at} className={isHere ? 'used used-here' : 'used'}>
                        {text}
                      </mark>
                    );
                  return (
                    <span key={`${at} ${text}`} className={tone === 'escape' ? 'escape' : undefined}>
                      {text}
                    </span>
                  );
                })}
              </span>
            </div>
          );
        }}
      </VirtualRows>
    </div>
  );
}

function utf8(text: string): string {
  return new TextDecoder().decode(Uint8Array.from(text, (character) => character.charCodeAt(0)));
}
