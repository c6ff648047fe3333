import { memo } from 'react';
import { targetWords, visible } from '../../../main/domain/present/words.ts';
import { DataAge } from '../../parts/data-age.tsx';
import { HealthMark } from '../../parts/health-mark.tsx';
import { RecordingTag } from '../../parts/recording-facts.tsx';
import { StateBadge } from '../../parts/state-badge.tsx';
import { useHostView } from '../../state/fleet.ts';
import { useSelected } from '../../state/fleet-selection.ts';
import { usePast } from '../../state/freshness.ts';
import { HostCheck } from './host-check.tsx';
import { Share } from './share.tsx';

/** A host in the grid: name, state, CPU, memory, age, as dense as can be read. */
export const FleetTile = memo(function FleetTile({ hostId, reachable }: { hostId: string; reachable: boolean }) {
  const view = useHostView(hostId);
  const past = usePast(view, view?.glance?.at ?? null);
  const selected = useSelected(hostId);
  if (view === undefined) return null;
  const { host, connection, glance } = view;
  const name = visible(host.name, 120);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a virtual list's cells are placed, which a table's are not
    <div
      role="gridcell"
      className="fleet-tile"
      data-stop={hostId}
      data-host={hostId}
      data-past={past}
      aria-selected={selected}
      tabIndex={reachable ? 0 : -1}
    >
      <span className="tile-head">
        <span className="ellipsis fleet-name" title={`${name}\n${visible(targetWords(host.target), 200)}`}>
          {name}
        </span>
        <HealthMark health={view.health} />
        <RecordingTag recording={view.recording} />
        <HostCheck hostId={hostId} name={name} />
      </span>
      <span className="tile-share">
        <span className="tile-word">CPU</span>
        <Share of="cpu" host={host} glance={glance} />
      </span>
      <span className="tile-share">
        <span className="tile-word">Mem</span>
        <Share of="memory" host={host} glance={glance} />
      </span>
      <span className="tile-foot">
        <StateBadge connection={connection} />
        <DataAge view={view} at={glance?.at ?? null} brief />
      </span>
    </div>
  );
});
