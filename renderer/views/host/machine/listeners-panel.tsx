import { useMemo } from 'react';
import type { HostView } from '../../../../main/contract/hosts.ts';
import type { Sample, SampleData } from '../../../../main/contract/samples.ts';
import { unknown } from '../../../../main/domain/present/units.ts';
import { type ReadingColumn, ReadingTable } from '../../../parts/reading-table.tsx';
import { Traced } from '../../../parts/traced.tsx';
import { placed } from '../../../state/reading-rows.ts';
import { columnsOf } from '../reading-columns.tsx';
import { SlowPanel } from '../slow-panel.tsx';

type Listener = NonNullable<SampleData['listeners']>['list'][number];

const { number, path, words } = columnsOf<Listener>('listeners', 'list');
const columns: readonly ReadingColumn<Listener>[] = [
  number('port', 'Port', 4, (port) => String(port)),
  words('protocol', 'Over', 3.5),
  {
    ...words('address', 'Address', 9, { grow: 2, className: 'mono' }),
  },
  {
    ...{ id: 'reach', label: 'Reached from', rem: 7, value: ({ local }) => Number(local) },
    cell: ({ local }, at) => (
      <Traced path={path(at, 'local')} className={local ? 'faint' : undefined}>
        {local ? 'this host' : 'others too'}
      </Traced>
    ),
  },
  words('process', 'Process', 8, { grow: 2, className: 'mono' }),
  number('pid', 'PID', 5, (pid) => (pid === null ? unknown : String(pid))),
];

const textOf = ({ port, protocol, address, process, pid }: Listener) =>
  [port, protocol, address, process, pid].join(' ');

const counted = { path: ['listeners', 'count'] };

/** Sockets that wait for others, what can be reached from elsewhere first. */
export function ListenersPanel({ view, sample }: { view: HostView; sample: Sample | null }) {
  const listeners = sample?.data.listeners ?? null;
  const rows = useMemo(
    () => placed(listeners?.list ?? []).sort((a, b) => Number(a.row.local) - Number(b.row.local)),
    [listeners],
  );
  return (
    <SlowPanel
      view={view}
      id="listeners"
      title="Listening"
      collector="listeners"
      sample={sample}
      count={listeners?.count ?? null}
      counted={counted}
    >
      {(listeners?.count ?? 0) > rows.length && (
        <p className="hint">{rows.length} are listed, first those that others reach.</p>
      )}
      {listeners?.complete === false && (
        <p className="hint">Processes of other users are hidden from who asked: their names are unknown.</p>
      )}
      <ReadingTable
        name="Listening"
        what="sockets"
        columns={columns}
        rows={rows}
        keyOf={({ protocol, address, port, pid }, at) => `${protocol} ${address} ${port} ${pid} ${at}`}
        textOf={textOf}
      />
    </SlowPanel>
  );
}
