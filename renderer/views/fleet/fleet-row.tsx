import { memo } from 'react';
import type { SampleData } from '../../../main/contract/samples.ts';
import { levelOf, levelWord, type Measure } from '../../../main/domain/present/levels.ts';
import { memoryParts } from '../../../main/domain/present/memory.ts';
import { formatDuration, formatLoad, formatPercent } from '../../../main/domain/present/units.ts';
import { connectionWords, lostWords, problemWords, targetWords, visible } from '../../../main/domain/present/words.ts';
import { Bar } from '../../parts/bar.tsx';
import { DataAge } from '../../parts/data-age.tsx';
import { StateBadge } from '../../parts/state-badge.tsx';
import { useHostView } from '../../state/fleet.ts';
import { usePast } from '../../state/freshness.ts';
import { useLost } from '../../state/link.ts';
import { go } from '../../state/route.ts';

interface FleetRowProps {
  readonly hostId: string;
  readonly index: number;
  /** Pixels from the top of the list. */
  readonly top: number;
  /** True for the one row that Tab reaches. */
  readonly reachable: boolean;
  readonly onActive: (index: number) => void;
}

export const FleetRow = memo(function FleetRow({ hostId, index, top, reachable, onActive }: FleetRowProps) {
  const view = useHostView(hostId);
  const past = usePast(view, view?.fast ?? null);
  const lost = useLost();
  if (view === undefined) return null;
  const { host, connection, fast } = view;
  const data = fast?.data ?? null;
  const memory = data?.memory == null ? null : memoryParts(data.memory);
  const name = visible(host.name, 120);
  const address = visible(targetWords(host.target), 200);
  const words = lost ? lostWords(connection) : connectionWords(connection, 0);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a virtual list's rows are placed, which a table's rows are not
    <div
      role="row"
      className="fleet-row"
      data-index={index}
      data-past={past}
      aria-rowindex={index + 2}
      aria-label={`${name}, ${words.word}`}
      tabIndex={reachable ? 0 : -1}
      style={{ transform: `translateY(${top}px)` }}
      onClick={() => go({ view: 'host', hostId })}
      onFocus={() => onActive(index)}
      onKeyDown={() => {}}
    >
      <Cell column="state">
        <StateBadge connection={connection} sentence />
      </Cell>
      <Cell column="name">
        <span className="fleet-names">
          <span className="ellipsis fleet-name" title={name}>
            {name}
          </span>
          <span className="ellipsis fleet-under" title={address}>
            {address}
          </span>
        </span>
        {view.recording !== null && <span className="tag tag-record">rec</span>}
      </Cell>
      <Cell column="address">
        <span className="ellipsis faint" title={address}>
          {address}
        </span>
      </Cell>
      <Share measure="cpu" percent={data?.cpu?.total?.busy_percent ?? null} data={data} column="cpu" />
      <Share measure="memory" percent={memory?.usedPercent ?? null} data={data} column="memory" />
      <Cell column="load">
        <span className="number">{formatLoad(data?.load?.one ?? null)}</span>
      </Cell>
      <Cell column="uptime">
        <span className="number">{formatDuration(data?.clock.uptime_seconds ?? null)}</span>
      </Cell>
      <Cell column="age">
        <DataAge view={view} sample={fast} />
      </Cell>
    </div>
  );
});

function Cell({ column, children }: { column: string; children: React.ReactNode }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: as its row
    // biome-ignore lint/a11y/useFocusableInteractive: rows take the focus, cells do not
    <div role="gridcell" className={`cell-${column}`}>
      {children}
    </div>
  );
}

interface ShareProps {
  readonly measure: Measure;
  readonly percent: number | null;
  readonly data: SampleData | null;
  readonly column: 'cpu' | 'memory';
}

function Share({ measure, percent, data, column }: ShareProps) {
  const reason = percent === null ? problemWords(data, column) : `${levelWord(measure, percent)}`;
  const level = levelOf(measure, percent);
  return (
    <Cell column={column}>
      <span className="share" title={reason ?? undefined}>
        <Bar percent={percent} level={level} />
        <span className={`number text-${level ?? 'unknown'}`}>
          {level !== null && level !== 'ok' && <span className="unseen">{levelWord(measure, percent)} </span>}
          {formatPercent(percent, 0)}
        </span>
      </span>
    </Cell>
  );
}
