import { useMemo } from 'react';
import type { Container } from '../../../../main/contract/guests.ts';
import type { HostView } from '../../../../main/contract/hosts.ts';
import type { Sample } from '../../../../main/contract/samples.ts';
import { containerTrouble } from '../../../../main/domain/present/containers.ts';
import { levelOf } from '../../../../main/domain/present/levels.ts';
import { formatBytes, formatCount, formatDuration, formatPercent } from '../../../../main/domain/present/units.ts';
import { visible } from '../../../../main/domain/present/words.ts';
import { type ReadingColumn, ReadingTable } from '../../../parts/reading-table.tsx';
import { Traced } from '../../../parts/traced.tsx';
import { placed } from '../../../state/reading-rows.ts';
import { percentOf, StateWord } from '../cells.tsx';
import { columnsOf } from '../reading-columns.tsx';
import { SlowPanel } from '../slow-panel.tsx';

const { number, path, words } = columnsOf<Container>('containers', 'list');

const columns: readonly ReadingColumn<Container>[] = [
  words('name', 'Name', 9, { grow: 2, className: 'mono' }),
  {
    ...{ id: 'state', label: 'State', rem: 11, grow: 2, value: ({ state }) => state },
    cell: (container, at) => {
      const trouble = containerTrouble(container);
      const { state, health, exit_code: exit } = container;
      const left = state === 'exited' && exit !== null ? `exited, exit ${exit}` : state;
      const text = trouble?.words ?? (health === null ? left : `${left}, ${health}`);
      const level = trouble?.level ?? (state === 'running' ? 'ok' : null);
      return (
        <span title={container.status ?? undefined}>
          <StateWord path={path(at, trouble?.key ?? 'state')} level={level} text={text} />
        </span>
      );
    },
  },
  words('image', 'Image', 10, { grow: 3, className: 'mono faint' }),
  number('cpu_percent', 'CPU', 5, formatPercent, { title: 'Of one core' }),
  {
    ...{ id: 'memory', label: 'Memory', rem: 6, right: true, value: ({ memory_bytes: bytes }) => bytes },
    cell: ({ memory_bytes: used, memory_limit_bytes: limit }, at) => {
      const level = levelOf('memory', percentOf(used, limit));
      return (
        <span title={limit === null ? 'No limit told' : `Limit ${formatBytes(limit)}`}>
          <Traced path={path(at, 'memory_bytes')} className={`number text-${level === null ? 'ok' : level}`}>
            {formatBytes(used)}
          </Traced>
        </span>
      );
    },
  },
  number('restarts', 'Restarts', 5, formatCount),
  number('up_seconds', 'Up', 6, formatDuration),
  words('engine', 'Engine', 4.5, { className: 'faint' }),
];

const textOf = ({ name, image, state, health, id }: Container) => [name, image, state, health, id].join(' ');
const rank = (row: Container) => (containerTrouble(row) !== null ? 0 : row.state === 'running' ? 1 : 2);

const counted = { path: ['containers', 'list', 'length'] };

/** Containers of Docker and Podman, those in trouble first. */
export function ContainersPanel({ view, sample }: { view: HostView; sample: Sample | null }) {
  const containers = sample?.data.containers;
  const rows = useMemo(() => placed(containers?.list ?? []).sort((a, b) => rank(a.row) - rank(b.row)), [containers]);
  return (
    <SlowPanel
      view={view}
      id="containers"
      title="Containers"
      collector="containers"
      sample={sample}
      count={rows.length}
      counted={counted}
    >
      {(containers?.unread ?? []).map((why) => (
        <p key={why} className="hint">
          {visible(why, 200)}
        </p>
      ))}
      {rows.length === 0 ? (
        <p className="hint">{(containers?.engines ?? []).join(' and ')} answered: there is none.</p>
      ) : (
        <ReadingTable
          name="Containers"
          what="containers"
          columns={columns}
          rows={rows}
          keyOf={({ engine, id }) => `${engine} ${id}`}
          textOf={textOf}
        />
      )}
    </SlowPanel>
  );
}
