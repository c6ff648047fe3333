import { useEffect, useRef, useState } from 'react';
import { formatCount, formatDateTime } from '../../../main/domain/present/units.ts';
import { problemWords, visible } from '../../../main/domain/present/words.ts';
import { Dialog } from '../../parts/dialog.tsx';
import { FaultNote } from '../../parts/fault-note.tsx';
import { IconButton } from '../../parts/icon-button.tsx';
import { type Tab, Tabs } from '../../parts/tabs.tsx';
import { TracedArea } from '../../parts/traced-area.tsx';
import { zoneAt } from '../../state/clock.ts';
import { useHostView } from '../../state/fleet.ts';
import { useLost } from '../../state/link.ts';
import { useLive, watchLive } from '../../state/live.ts';
import { type Processes, type Shown, usePastProcesses } from '../../state/past-processes.ts';
import { type ProcessGrouping, processGroupings } from '../../state/process-groups.ts';
import type { ProcessOrder, ProcessScope, ProcessSort } from '../../state/process-table.ts';
import type { Followed } from '../../state/process-trail.ts';
import { typing } from '../shell/use-keys.ts';
import { ProcessFollow } from './process-follow.tsx';
import { ProcessTable } from './process-table.tsx';

const scopes: readonly Tab<ProcessScope>[] = [
  { id: 'cpu', label: 'Top 10 by CPU' },
  { id: 'memory', label: 'Top 10 by memory' },
  { id: 'disk', label: 'Top 10 by disk' },
  { id: 'all', label: 'All listed' },
];

const shareHint = 'A share of one core can pass 100 % with more than one thread. Low is under 20, heavy from 50.';
const sumHint =
  'Sums are of the processes that are listed, others may run. Memory that processes share counts in each of them.';

interface ProcessesDialogProps {
  readonly hostId: string;
  /** The past instant asked for; null: live. */
  readonly at: number | null;
  /** The gauge that opened it. */
  readonly by: ProcessOrder;
  readonly onClose: () => void;
}

/** The processes that a sample lists, now or at a past instant. */
export function ProcessesDialog({ hostId, at, by, onClose }: ProcessesDialogProps) {
  const [scope, setScope] = useState<ProcessScope>(by);
  const [sort, setSort] = useState<ProcessSort>({ column: by, descending: true });
  const [grouping, setGrouping] = useState<ProcessGrouping | null>(null);
  const [filter, setFilter] = useState('');
  const [followed, setFollowed] = useState<Followed | null>(null);
  const search = useRef<HTMLInputElement>(null);
  const view = useHostView(hostId);
  const name = visible(view?.host.name ?? '', 120);
  const lost = useLost();
  const connected = view?.connection.state === 'live' && !lost;
  const past = usePastProcesses(hostId, at);
  const live = useLiveProcesses(hostId, at === null);
  const shown = at === null ? live : past.shown;
  const onKeyDown = (event: React.KeyboardEvent) => {
    if (followed !== null || typing(event.target)) return;
    if (event.key === '/') search.current?.focus();
    else if (at !== null && event.key === 'ArrowLeft') past.step(-1);
    else if (at !== null && event.key === 'ArrowRight') past.step(1);
    else return;
    event.preventDefault();
  };
  if (followed !== null) {
    return (
      <Dialog size="large" onClose={onClose} title={`One process on ${name}`}>
        <ProcessFollow
          hostId={hostId}
          replay={view?.connection.state === 'replay'}
          followed={followed}
          onBack={() => setFollowed(null)}
        />
      </Dialog>
    );
  }
  return (
    <Dialog
      size="large"
      onClose={onClose}
      onKeyDown={onKeyDown}
      description="The ten processes each that use the most CPU, hold the most memory, and read and write the most."
      title={
        <>
          <span className="ellipsis">Processes on {name}</span>
          <span className={at === null && connected ? 'tag tag-live' : 'tag'} data-testid="processes-when">
            <When at={at} shown={shown} connected={connected} />
          </span>
        </>
      }
    >
      <div className="processes-bar">
        <Tabs name="Order" tabs={scopes} current={scope} onChoose={setScope} />
        <GroupBy grouping={grouping} onChoose={setGrouping} />
        <input
          ref={search}
          type="search"
          className="field process-search"
          aria-label="Search processes"
          placeholder="Name, command, user, PID   /"
          spellCheck={false}
          value={filter}
          onChange={(event) => {
            setFilter(event.target.value);
            setScope('all');
          }}
        />
        <span className="faint processes-count">{shown === null ? '' : countWords(shown.processes)}</span>
        {at !== null && (
          <span className="processes-steps">
            <IconButton
              icon="left"
              label="Previous sample"
              title="The sample before (←)"
              disabled={shown === null}
              onClick={() => past.step(-1)}
            />
            <IconButton
              icon="right"
              label="Next sample"
              title="The next sample (→)"
              disabled={shown === null}
              onClick={() => past.step(1)}
            />
          </span>
        )}
      </div>
      <TracedArea
        hostId={hostId}
        className="processes-body"
        role="tabpanel"
        aria-labelledby={`tab-${scope}`}
        tabIndex={-1}
        data-first={at === null ? undefined : true}
      >
        {past.fault !== null && <FaultNote fault={past.fault} />}
        {shown !== null && (
          <ProcessTable
            shown={shown}
            scope={scope}
            sort={sort}
            filter={filter}
            grouping={grouping}
            onSort={(next) => {
              setSort(next);
              setScope('all');
            }}
            actHostId={at === null && connected ? hostId : null}
            onFollow={(process) => setFollowed({ process, at: shown.at, clock: shown.clock })}
          />
        )}
        {shown === null && past.fault === null && <Nothing hostId={hostId} at={at} searched={past.searched} />}
      </TracedArea>
      <p className="hint processes-hint" role="status">
        {past.edge ?? (grouping === null ? shareHint : sumHint)}
      </p>
    </Dialog>
  );
}

interface GroupByProps {
  readonly grouping: ProcessGrouping | null;
  readonly onChoose: (grouping: ProcessGrouping | null) => void;
}

function GroupBy({ grouping, onChoose }: GroupByProps) {
  return (
    <select
      className="field field-select"
      aria-label="Group by"
      value={grouping ?? ''}
      onChange={({ target }) => onChoose(processGroupings.find((one) => one === target.value) ?? null)}
    >
      <option value="">Not grouped</option>
      {processGroupings.map((one) => (
        <option key={one} value={one}>
          By {one}
        </option>
      ))}
    </select>
  );
}

/** Says which instant the list is of: a host that is not reached has a last list, and no live one. */
function When({ at, shown, connected }: { at: number | null; shown: Shown | null; connected: boolean }) {
  if (at === null && connected) return 'Live';
  if (at !== null && shown === null) return <Time at={at} before="At" />;
  if (shown === null) return 'Not live';
  return at === null ? (
    <Time at={shown.at} before="Last seen" />
  ) : (
    <Time at={shown.at} before="At" after="· recorded" />
  );
}

function Time({ at, before, after = '' }: { at: number; before: string; after?: string }) {
  return (
    <span>
      {before} <time dateTime={new Date(at).toISOString()}>{formatDateTime(at, zoneAt(at))}</time> {after}
    </span>
  );
}

function countWords(processes: Processes): string {
  const window = processes.window_seconds === null ? '' : ` · over ${processes.window_seconds.toFixed(1)} s`;
  return `${processes.list.length} listed of ${formatCount(processes.count)}${window}`;
}

function Nothing({ hostId, at, searched }: { hostId: string; at: number | null; searched: boolean }) {
  const fast = useLive((state) => (state.hostId === hostId ? state.sample : null));
  if (at !== null) {
    return (
      <p className="empty" role="status">
        {searched ? 'Nothing was recorded close to that instant.' : 'Reading what was recorded …'}
      </p>
    );
  }
  const reason = problemWords(fast?.data ?? null, 'processes');
  return <p className="empty">{reason === null ? 'Waiting for the next sample …' : visible(reason, 400)}</p>;
}

function useLiveProcesses(hostId: string, wanted: boolean): Shown | null {
  const sample = useLive((state) => (wanted && state.hostId === hostId ? state.sample : null));
  const followed = useLive((state) => state.hostId === hostId);
  useEffect(() => {
    if (!wanted || followed) return;
    const abort = new AbortController();
    watchLive(hostId, abort.signal);
    return () => abort.abort();
  }, [hostId, wanted, followed]);
  const processes = sample?.data.processes ?? null;
  if (sample === null || processes === null) return null;
  return { at: Date.parse(sample.collected_at), live: true, clock: sample.data.clock, processes };
}
