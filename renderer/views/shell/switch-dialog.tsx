import { useState } from 'react';
import { targetWords, visible } from '../../../main/domain/present/words.ts';
import { Dialog } from '../../parts/dialog.tsx';
import { StateBadge } from '../../parts/state-badge.tsx';
import { fleetStore } from '../../state/fleet.ts';
import { listHosts } from '../../state/fleet-table.ts';
import { go } from '../../state/route.ts';

const shown = 12;

/** Type a part of a name, Enter goes there. The list is as it was when the dialog opened. */
export function SwitchDialog({ onClose }: { onClose: () => void }) {
  const [fleet] = useState(() => fleetStore.getState());
  const [filter, setFilter] = useState('');
  const [active, setActive] = useState(0);
  const ids = listHosts(fleet.ids, fleet.views, filter, null).slice(0, shown);
  const open = (hostId: string | undefined) => {
    if (hostId === undefined) return;
    onClose();
    go({ view: 'host', hostId });
  };
  const onKeyDown = (event: React.KeyboardEvent) => {
    if (event.key === 'ArrowDown') setActive(Math.min(ids.length - 1, active + 1));
    else if (event.key === 'ArrowUp') setActive(Math.max(0, active - 1));
    else if (event.key === 'Enter') open(ids[active]);
    else return;
    event.preventDefault();
  };
  return (
    <Dialog title="Go to a host" size="small" onClose={onClose}>
      <input
        data-first
        className="field"
        type="search"
        role="combobox"
        aria-label="Host"
        aria-expanded="true"
        aria-controls="switch-hosts"
        aria-activedescendant={ids[active] === undefined ? undefined : `switch-${ids[active]}`}
        placeholder="Name or address"
        value={filter}
        onKeyDown={onKeyDown}
        onChange={(event) => {
          setFilter(event.target.value);
          setActive(0);
        }}
      />
      <div id="switch-hosts" role="listbox" aria-label="Hosts" className="options">
        {ids.map((id, index) => {
          const view = fleet.views[id];
          if (view === undefined) return null;
          return (
            // biome-ignore lint/a11y/useKeyWithClickEvents: keys are the field's, as for every combobox
            <div
              key={id}
              id={`switch-${id}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === active}
              className="option"
              onClick={() => open(id)}
            >
              <span className="ellipsis">{visible(view.host.name, 120)}</span>
              <span className="ellipsis faint">{visible(targetWords(view.host.target), 200)}</span>
              <StateBadge connection={view.connection} />
            </div>
          );
        })}
      </div>
      {ids.length === 0 && <p className="hint">No host is called that.</p>}
    </Dialog>
  );
}
