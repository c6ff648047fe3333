import { useMemo } from 'react';
import type { Guest } from '../../../../main/contract/guests.ts';
import type { HostView } from '../../../../main/contract/hosts.ts';
import type { Sample } from '../../../../main/contract/samples.ts';
import {
  formatBytes,
  formatCount,
  formatDuration,
  formatRate,
  unknown,
} from '../../../../main/domain/present/units.ts';
import { visible } from '../../../../main/domain/present/words.ts';
import { type ReadingColumn, ReadingTable } from '../../../parts/reading-table.tsx';
import { Traced } from '../../../parts/traced.tsx';
import { placed } from '../../../state/reading-rows.ts';
import { percentOf, ShareCell, StateWord, Words } from '../cells.tsx';
import { columnsOf } from '../reading-columns.tsx';
import { SlowPanel } from '../slow-panel.tsx';

const { number, path, words } = columnsOf<Guest>('proxmox', 'guests');

const columns: readonly ReadingColumn<Guest>[] = [
  number('vmid', 'ID', 3.5, (vmid) => String(vmid)),
  {
    ...{ id: 'name', label: 'Name', rem: 10, grow: 3, value: ({ name }) => name },
    cell: ({ name, tags }, at) => (
      <span className="guest-name" title={tags.join(' ')}>
        <Words path={path(at, 'name')} text={name} className="ellipsis" />
        {tags.slice(0, 3).map((tag) => (
          <span key={tag} className="tag">
            {visible(tag, 20)}
          </span>
        ))}
      </span>
    ),
  },
  {
    ...{ id: 'type', label: 'Type', rem: 2.75, value: ({ type }) => type },
    cell: ({ type }, at) => <Words path={path(at, 'type')} text={type === 'lxc' ? 'CT' : 'VM'} />,
  },
  {
    ...{ id: 'state', label: 'State', rem: 8, grow: 1, value: ({ state }) => state },
    cell: (guest, at) => <State guest={guest} at={at} />,
  },
  {
    ...{ id: 'cpu', label: 'CPU', rem: 8, grow: 1, title: 'Of its own CPUs', value: (row) => row.cpu_percent },
    cell: ({ cpu_percent: percent, cpus, state }, at) =>
      state === 'running' && (
        <span className="with-note">
          <ShareCell path={path(at, 'cpu_percent')} percent={percent} measure="cpu" />
          <Traced path={path(at, 'cpus')} className="number faint">
            {`of ${formatCount(cpus)}`}
          </Traced>
        </span>
      ),
  },
  {
    ...{ id: 'memory', label: 'Memory', rem: 11, grow: 1, value: ({ memory_bytes: bytes }) => bytes },
    title: 'Of a VM without its balloon driver: what the host gave it',
    cell: ({ memory_bytes: used, memory_total_bytes: total, state }, at) => (
      <Share
        used={state === 'running' ? used : null}
        total={total}
        path={path(at, 'memory_bytes')}
        also={path(at, 'memory_total_bytes')}
        measure="memory"
      />
    ),
  },
  {
    ...{ id: 'disk', label: 'Disk', rem: 11, grow: 1, value: ({ disk_bytes: bytes }) => bytes },
    title: 'What is used of a VM, Proxmox does not know',
    cell: ({ disk_bytes: used, disk_total_bytes: total }, at) => (
      <Share
        used={used}
        total={total}
        path={path(at, 'disk_bytes')}
        also={path(at, 'disk_total_bytes')}
        measure="filesystem"
      />
    ),
  },
  {
    ...{ id: 'network', label: 'In · out', rem: 9, right: true, value: (row) => row.rx_bytes_per_second },
    cell: ({ rx_bytes_per_second: rx, tx_bytes_per_second: tx, state }, at) =>
      state === 'running' && (
        <span className="number">
          <Traced path={path(at, 'rx_bytes_per_second')}>{formatRate(rx)}</Traced>
          <span className="faint"> · </span>
          <Traced path={path(at, 'tx_bytes_per_second')}>{formatRate(tx)}</Traced>
        </span>
      ),
  },
  number('uptime_seconds', 'Up', 5.5, formatDuration),
  words('node', 'Node', 4.5, { className: 'faint' }),
];

function State({ guest, at }: { guest: Guest; at: number }) {
  const { state, lock, ha_state: ha } = guest;
  const level = state === 'running' || state === 'stopped' ? 'ok' : 'warn';
  return (
    <span className="guest-name">
      <Traced
        path={path(at, 'state')}
        className={state === 'running' ? 'state-on' : level === 'ok' ? 'faint' : 'text-warn'}
      >
        {visible(state, 40)}
      </Traced>
      {lock !== null && <StateWord path={path(at, 'lock')} level="warn" text={`locked: ${lock}`} />}
      {ha !== null && <StateWord path={path(at, 'ha_state')} level={ha === 'error' ? 'bad' : 'ok'} text={`HA ${ha}`} />}
    </span>
  );
}

interface GuestShareProps {
  readonly used: number | null;
  readonly total: number | null;
  readonly path: readonly (string | number)[];
  readonly also: readonly (string | number)[];
  readonly measure: 'memory' | 'filesystem';
}

/** Where only the size is known, it alone is told. */
function Share({ used, total, path: from, also, measure }: GuestShareProps) {
  if (used === null) {
    return (
      <Traced path={[...also]} className="number faint">
        {total === null ? unknown : formatBytes(total)}
      </Traced>
    );
  }
  const how = '100 × used ÷ total';
  return (
    <span className="with-note">
      <ShareCell path={[...from]} also={[[...also]]} how={how} percent={percentOf(used, total)} measure={measure} />
      <Traced path={[...from]} className="number faint">
        {formatBytes(used)}
      </Traced>
    </span>
  );
}

const textOf = ({ vmid, name, tags, state, type, node }: Guest) =>
  [vmid, name, ...tags, state, type === 'lxc' ? 'CT lxc' : 'VM qemu', node].join(' ');

const counted = { path: ['proxmox', 'guests', 'length'], how: 'how many there are without templates' };

/** VMs and containers of Proxmox VE; templates stand apart, for they never run. */
export function GuestsPanel({ view, sample }: { view: HostView; sample: Sample | null }) {
  const guests = sample?.data.proxmox?.guests;
  const rows = useMemo(() => placed(guests ?? [], ({ template }) => !template), [guests]);
  const templates = (guests ?? []).filter(({ template }) => template);
  return (
    <SlowPanel
      view={view}
      id="guests"
      title="Guests"
      collector="proxmox"
      sample={sample}
      count={rows.length}
      counted={counted}
    >
      {rows.length === 0 ? (
        <p className="hint">This node has none.</p>
      ) : (
        <ReadingTable
          name="Guests"
          what="guests"
          columns={columns}
          rows={rows}
          keyOf={({ vmid }) => String(vmid)}
          textOf={textOf}
        />
      )}
      {templates.length > 0 && (
        <p className="faint">
          Templates:{' '}
          {templates
            .slice(0, 20)
            .map(({ vmid, name }) => visible(`${vmid} ${name ?? ''}`.trim(), 60))
            .join(', ')}
          {templates.length > 20 && ` and ${templates.length - 20} more`}
        </p>
      )}
    </SlowPanel>
  );
}
