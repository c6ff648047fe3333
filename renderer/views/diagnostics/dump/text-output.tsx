import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { Entry } from '../../../../main/contract/dump-entries.ts';
import type { Hit } from '../../../../main/contract/dump-search.ts';
import { VirtualRows } from '../../../parts/virtual-rows.tsx';
import { type DumpSession, useDump } from '../../../state/dump/dump-session.ts';
import type { Output, OutputRow } from '../../../state/dump/output.ts';
import { rowPieces } from '../../../state/dump/row-text.ts';

interface TextOutputProps {
  readonly session: DumpSession;
  readonly entry: Entry;
  readonly output: Output;
  /** Another one whenever more of the output is here. */
  readonly version: number;
  /** Told how many characters fit beside the line numbers. */
  readonly onColumns: (columns: number) => void;
}

/** Rows that are cut and decoded at once. */
const batch = 96;

export function TextOutput({ session, entry, output, version, onColumns }: TextOutputProps) {
  const allHits = useDump(session, (state) => state.hits);
  const hit = useDump(session, (state) => state.hit);
  const frame = useRef<HTMLDivElement>(null);
  const digits = Math.max(3, String(output.lineCount).length);
  useColumns(frame, digits, onColumns);
  // What is matched in the command line stands before the output.
  const hits = allHits.map(({ offset, length }) => ({ offset: offset - entry.offset, length }));
  const here = hit === null ? null : (hits[hit] ?? null);
  const reveal = useReveal(output, version, here);
  const rows = createRows(output);
  const stderrAt = entry.size - entry.stderr;
  return (
    <div ref={frame} className="output-text" id="dump-output" tabIndex={-1}>
      <VirtualRows
        name="What was printed"
        role="region"
        className="mono selectable"
        count={output.rowCount}
        rowRem={1.125}
        reveal={reveal}
      >
        {(index) => (
          <TextRow key={index} row={rows(index)} digits={digits} hits={hits} here={here} stderrAt={stderrAt} />
        )}
      </VirtualRows>
    </div>
  );
}

/** Cuts some rows at a time, as they are asked for. */
function createRows(output: Output): (index: number) => OutputRow | null {
  let from = 0;
  let held: readonly OutputRow[] = [];
  return (index) => {
    if (index < from || index >= from + held.length) {
      from = index;
      held = output.rows(index, index + batch);
    }
    return held[index - from] ?? null;
  };
}

interface TextRowProps {
  readonly row: OutputRow | null;
  readonly digits: number;
  readonly hits: readonly Hit[];
  readonly here: Hit | null;
  readonly stderrAt: number;
}

function TextRow({ row, digits, hits, here, stderrAt }: TextRowProps) {
  if (row === null || row.bytes === null) return <div className="output-row">…</div>;
  const { start, end, line, bytes } = row;
  const within = hits.filter(({ offset, length }) => offset < end && offset + length > start);
  const isError = start >= stderrAt;
  return (
    <div className={isError ? 'output-row output-stderr' : 'output-row'} title={isError ? 'Standard error' : undefined}>
      <span className="output-number" aria-hidden="true" style={{ width: `${digits + 1}ch` }}>
        {line ?? '·'}
      </span>
      <span className="output-cell">
        {rowPieces(bytes, start, within).map(({ at, text, tone }, index) => {
          const isHere = tone === 'hit' && here !== null && at >= here.offset && at < here.offset + here.length;
          const Piece = tone === 'hit' ? 'mark' : 'span';
          const look = isHere ? 'hit hit-here' : { hit: 'hit', escape: 'escape', plain: undefined }[tone];
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: pieces have no names, and are drawn anew together
            <Piece key={index} className={look}>
              {text}
            </Piece>
          );
        })}
      </span>
    </div>
  );
}

/** The row of the hit that is gone to, once it is known where that is. */
function useReveal(output: Output, version: number, here: Hit | null): { index: number } | null {
  const [reveal, setReveal] = useState<{ index: number } | null>(null);
  const done = useRef<string | null>(null);
  const key = here === null ? null : `${here.offset}`;
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is looked for again as more of the output comes
  useEffect(() => {
    if (here === null || done.current === key) return;
    const index = output.rowOf(Math.max(0, here.offset));
    if (index === null) return;
    done.current = key;
    setReveal({ index });
  }, [output, version, key]);
  return reveal;
}

function useColumns(
  frame: React.RefObject<HTMLDivElement | null>,
  digits: number,
  onColumns: (columns: number) => void,
): void {
  useLayoutEffect(() => {
    const element = frame.current;
    if (element === null) return;
    const probe = document.createElement('span');
    probe.className = 'mono output-probe';
    probe.textContent = '0'.repeat(100);
    element.append(probe);
    const character = probe.getBoundingClientRect().width / 100;
    probe.remove();
    const observer = new ResizeObserver(() => {
      // The numbers, the space beside them and a scroll bar.
      const room = element.clientWidth - (digits + 4) * character - 16;
      onColumns(Math.max(20, Math.floor(room / Math.max(1, character))));
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [frame, digits, onColumns]);
}
