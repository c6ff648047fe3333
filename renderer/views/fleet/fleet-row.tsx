import { memo } from 'react';
import { formatDuration, formatLoad } from '../../../main/domain/present/units.ts';
import { connectionWords, lostWords, visible } from '../../../main/domain/present/words.ts';
import { DataAge } from '../../parts/data-age.tsx';
import { HealthMark } from '../../parts/health-mark.tsx';
import { StateBadge } from '../../parts/state-badge.tsx';
import { useHostView } from '../../state/fleet.ts';
import { useSelected } from '../../state/fleet-selection.ts';
import { usePast } from '../../state/freshness.ts';
import { useLost } from '../../state/link.ts';
import { trendOf } from '../../state/trends.ts';
import { HostCheck } from './host-check.tsx';
import { HostAddress, HostNames } from './host-names.tsx';
import { Share } from './share.tsx';
import { Sparkline } from './sparkline.tsx';

interface FleetRowProps {
  readonly hostId: string;
  /** Among all lines of the list, from 0. */
  readonly index: number;
  /** Pixels from the top of the list. */
  readonly top: number;
  /** True for the one row that Tab reaches. */
  readonly reachable: boolean;
}

export const FleetRow = memo(function FleetRow({ hostId, index, top, reachable }: FleetRowProps) {
  const view = useHostView(hostId);
  const past = usePast(view, view?.glance?.at ?? null);
  const lost = useLost();
  const selected = useSelected(hostId);
  if (view === undefined) return null;
  const { host, connection, glance } = view;
  const name = visible(host.name, 120);
  const words = lost ? lostWords(connection) : connectionWords(connection, 0);
  const trend = trendOf(hostId);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a virtual list's rows are placed, which a table's rows are not
    <div
      role="row"
      className="fleet-row"
      data-stop={hostId}
      data-host={hostId}
      data-past={past}
      aria-rowindex={index + 2}
      aria-selected={selected}
      aria-label={`${name}, ${words.word}`}
      tabIndex={reachable ? 0 : -1}
      style={{ top }}
    >
      <Cell column="check">
        <HostCheck hostId={hostId} name={name} />
      </Cell>
      <Cell column="state">
        <StateBadge connection={connection} sentence />
      </Cell>
      <Cell column="name">
        <HostNames host={host} recording={view.recording} />
      </Cell>
      <Cell column="health">
        <HealthMark health={view.health} inWords />
      </Cell>
      <Cell column="address">
        <HostAddress target={host.target} />
      </Cell>
      <Cell column="cpu">
        <Share of="cpu" host={host} glance={glance}>
          <Sparkline values={trend.map(({ cpu }) => cpu)} tone="busy" />
        </Share>
      </Cell>
      <Cell column="memory">
        <Share of="memory" host={host} glance={glance}>
          <Sparkline values={trend.map(({ memory }) => memory)} tone="memory" />
        </Share>
      </Cell>
      <Cell column="load">
        <span className="number">{formatLoad(glance?.load ?? null)}</span>
      </Cell>
      <Cell column="uptime">
        <span className="number">{formatDuration(glance?.uptime_seconds ?? null)}</span>
      </Cell>
      <Cell column="age">
        <DataAge view={view} at={glance?.at ?? null} brief />
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
