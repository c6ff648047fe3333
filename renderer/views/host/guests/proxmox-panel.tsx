import { useMemo } from 'react';
import type { PveNode, PveStorage } from '../../../../main/contract/guests.ts';
import type { HostView } from '../../../../main/contract/hosts.ts';
import type { Sample } from '../../../../main/contract/samples.ts';
import { storageLevel } from '../../../../main/domain/present/conditions/guests.ts';
import { formatBytes, formatDuration, formatLoad, unknown } from '../../../../main/domain/present/units.ts';
import { type ReadingColumn, ReadingTable } from '../../../parts/reading-table.tsx';
import { Traced } from '../../../parts/traced.tsx';
import { placed } from '../../../state/reading-rows.ts';
import { percentOf, ShareCell, StateWord, Words } from '../cells.tsx';
import { columnsOf } from '../reading-columns.tsx';
import { SlowPanel } from '../slow-panel.tsx';

const storage = columnsOf<PveStorage>('proxmox', 'storages');
const storageColumns: readonly ReadingColumn<PveStorage>[] = [
  storage.words('name', 'Storage', 8, { grow: 2, className: 'mono' }),
  storage.words('type', 'Type', 5),
  {
    ...{ id: 'state', label: 'State', rem: 5.5 },
    cell: (row, at) => {
      const text =
        row.enabled === false ? 'disabled' : row.active === null ? unknown : row.active ? 'active' : 'not active';
      const level = row.active === false && row.enabled !== false ? 'bad' : storageLevel(row) === null ? null : 'ok';
      return <StateWord path={storage.path(at, 'active')} level={level} text={text} />;
    },
  },
  {
    ...{ id: 'used', label: 'Used', rem: 9, grow: 2, value: ({ used_percent: percent }) => percent },
    cell: ({ used_percent: percent }, at) => (
      <ShareCell path={storage.path(at, 'used_percent')} percent={percent} measure="filesystem" />
    ),
  },
  storage.number('available_bytes', 'Available', 5.5, formatBytes),
  storage.number('total_bytes', 'Size', 5, formatBytes),
  storage.words('node', 'Node', 5, { className: 'faint' }),
];

const node = columnsOf<PveNode>('proxmox', 'nodes');
const nodeColumns: readonly ReadingColumn<PveNode>[] = [
  {
    ...{ id: 'name', label: 'Node', rem: 7, grow: 2, value: ({ name }) => name },
    cell: ({ name, local }, at) => (
      <>
        <Words path={node.path(at, 'name')} text={name} className="mono" />
        {local === true && <span className="faint"> this host</span>}
      </>
    ),
  },
  {
    ...{ id: 'online', label: 'State', rem: 5 },
    cell: ({ online }, at) => (
      <StateWord
        path={node.path(at, 'online')}
        level={online === null ? null : online ? 'ok' : 'warn'}
        text={online === null ? unknown : online ? 'online' : 'offline'}
      />
    ),
  },
  {
    ...{ id: 'cpu', label: 'CPU', rem: 7, grow: 1, value: ({ cpu_percent: percent }) => percent },
    cell: ({ cpu_percent: percent }, at) => (
      <ShareCell path={node.path(at, 'cpu_percent')} percent={percent} measure="cpu" />
    ),
  },
  {
    ...{ id: 'memory', label: 'Memory', rem: 7, grow: 1 },
    value: (row) => percentOf(row.memory_bytes, row.memory_total_bytes),
    cell: ({ memory_bytes: used, memory_total_bytes: total }, at) => (
      <ShareCell
        path={node.path(at, 'memory_bytes')}
        also={[node.path(at, 'memory_total_bytes')]}
        how="100 × used ÷ total"
        percent={percentOf(used, total)}
        measure="memory"
      />
    ),
  },
  node.number('load_one', 'Load', 4, formatLoad),
  node.number('uptime_seconds', 'Up', 5.5, formatDuration),
];

/** The node and its cluster: quorum, the other nodes as they were last heard of, and storages. */
export function ProxmoxPanel({ view, sample }: { view: HostView; sample: Sample | null }) {
  const proxmox = sample?.data.proxmox;
  const storages = useMemo(() => placed(proxmox?.storages ?? []), [proxmox]);
  const nodes = useMemo(() => placed(proxmox?.nodes ?? []), [proxmox]);
  const cluster = proxmox?.cluster ?? null;
  return (
    <SlowPanel view={view} id="proxmox" title="Proxmox VE" collector="proxmox" sample={sample}>
      <p className="panel-facts">
        <span>
          <span className="faint">Version </span>
          <Words path={['proxmox', 'version']} text={proxmox?.version ?? null} />
        </span>
        {cluster === null ? (
          <span className="faint">Not in a cluster</span>
        ) : (
          <span>
            <span className="faint">Cluster </span>
            <Words path={['proxmox', 'cluster', 'name']} text={cluster.name} />{' '}
            <StateWord
              path={['proxmox', 'cluster', 'quorate']}
              level={cluster.quorate === null ? null : cluster.quorate ? 'ok' : 'bad'}
              text={cluster.quorate === null ? 'quorum unknown' : cluster.quorate ? 'quorate' : 'no quorum'}
            />
            {cluster.nodes !== null && (
              <Traced path={['proxmox', 'cluster', 'nodes']} className="faint">
                {`, ${cluster.nodes} ${cluster.nodes === 1 ? 'node' : 'nodes'}`}
              </Traced>
            )}
          </span>
        )}
      </p>
      {nodes.length > 1 && (
        <ReadingTable name="Nodes" columns={nodeColumns} rows={nodes} keyOf={({ name }, at) => name ?? String(at)} />
      )}
      {storages.length > 0 && (
        <ReadingTable
          name="Storages"
          what="storages"
          columns={storageColumns}
          rows={storages}
          keyOf={({ name, node: of }) => `${of} ${name}`}
          textOf={({ name, node: of, type }) => `${name} ${of} ${type}`}
        />
      )}
    </SlowPanel>
  );
}
