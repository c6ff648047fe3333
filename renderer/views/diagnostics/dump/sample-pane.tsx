import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { SampleHead, SampleText } from '../../../../main/contract/dump-samples.ts';
import { formatBytes, formatExactDateTime } from '../../../../main/domain/present/units.ts';
import { visible } from '../../../../main/domain/present/words.ts';
import { api, faultOf } from '../../../api/rackside.ts';
import { VirtualRows } from '../../../parts/virtual-rows.tsx';
import { zoneAt } from '../../../state/clock.ts';
import { type DumpSession, useDump } from '../../../state/dump/dump-session.ts';
import { createListPages } from '../../../state/dump/list-pages.ts';
import { type RowList, rowsOfKey } from '../../../state/dump/row-scroll.ts';
import { toastFault } from '../../../state/toasts.ts';
import { SampleTree } from './sample-tree.tsx';

/** The samples that were recorded, and one of them as a tree. */
export function SamplePane({ session }: { session: DumpSession }) {
  const position = useDump(session, (state) => state.sample);
  const none = useDump(session, ({ status }) => status?.phase === 'ready' && status.samples === 0);
  const sample = useSample(session, position);
  if (none) return <p className="empty">This dump has no samples.</p>;
  return (
    <div className="sample-columns">
      <SampleList session={session} />
      {sample === null ? (
        <p className="empty">{position === null ? 'Choose a sample to see what it says.' : 'Reading …'}</p>
      ) : (
        <SampleTree key={sample.head.position} session={session} sample={sample} />
      )}
    </div>
  );
}

function useSample(session: DumpSession, position: number | null): SampleText | null {
  const { hostId, store } = session;
  const sample = useDump(session, (state) => state.sampleText);
  useEffect(() => {
    // Who led here has read it already.
    if (position !== null && store.getState().sampleText?.head.position === position) return;
    const abort = new AbortController();
    // Nothing was chosen yet: the one at the instant that the dump is looked at.
    const at = store.getState().chosen?.at ?? store.getState().status?.last ?? 0;
    const place = position === null ? { at } : { position };
    api()
      ['dumps.sample']({ hostId, place }, abort.signal)
      .then((answer) => {
        if (abort.signal.aborted) return;
        store.setState({ sampleText: answer, sample: answer?.head.position ?? position });
      })
      .catch((error: unknown) => {
        if (!abort.signal.aborted) toastFault('Sample', faultOf(error));
      });
    return () => abort.abort();
  }, [hostId, store, position]);
  return sample;
}

function SampleList({ session }: { session: DumpSession }) {
  const { hostId, store } = session;
  const chosen = useDump(session, (state) => state.sample);
  const known = useDump(session, (state) => state.status?.samples ?? 0);
  const [, setVersion] = useState(0);
  const pages = useMemo(
    () =>
      createListPages<SampleHead>(
        async (from, limit, signal) => {
          const { total, samples } = await api()['dumps.samples']({ hostId, from, limit }, signal);
          return { total, items: samples };
        },
        () => setVersion((version) => version + 1),
        (error) => toastFault('Samples', faultOf(error)),
      ),
    [hostId],
  );
  useEffect(() => () => pages.close(), [pages]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a dump that grows has more of them
  useEffect(() => pages.refresh(), [pages, known]);
  const onWindow = useCallback((first: number, end: number) => pages.want(first, end), [pages]);
  const [reveal, setReveal] = useState<{ index: number } | null>(null);
  const before = useRef<number | null>(null);
  useEffect(() => {
    if (chosen !== null && before.current !== chosen) setReveal({ index: chosen });
    before.current = chosen;
  }, [chosen]);
  const total = pages.total ?? 0;
  const onKeyDown = (event: React.KeyboardEvent, list: RowList) => {
    const rows = rowsOfKey(event.key, list);
    if (rows === null) return;
    event.preventDefault();
    store.setState({ sample: Math.min(total - 1, Math.max(0, (chosen ?? 0) + rows)) });
  };
  if (total === 0 && pages.failed) return <p className="empty">The samples could not be read.</p>;
  if (total === 0) return <p className="empty">{pages.total === null ? 'Reading …' : 'This dump has no samples.'}</p>;
  return (
    <VirtualRows
      name="Samples"
      role="listbox"
      className="sample-list"
      count={total}
      rowRem={1.5}
      reveal={reveal}
      onWindow={onWindow}
      onKeyDown={onKeyDown}
      {...(chosen === null ? {} : { 'aria-activedescendant': `sample-${chosen}` })}
    >
      {(index) => {
        const head = pages.at(index);
        return (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the list has the keys
          <div
            key={index}
            id={`sample-${index}`}
            className="sample-line"
            role="option"
            aria-selected={index === chosen}
            aria-setsize={total}
            aria-posinset={index + 1}
            tabIndex={-1}
            onClick={() => store.setState({ sample: index })}
          >
            <span className="number">{head === null ? '…' : formatExactDateTime(head.at, zoneAt(head.at))}</span>
            <span className="ellipsis">{head === null ? '' : visible(head.kind, 40)}</span>
            <span className="number right faint">{head === null ? '' : formatBytes(head.size)}</span>
          </div>
        );
      }}
    </VirtualRows>
  );
}
