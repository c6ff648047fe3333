import { api } from '../../api/rackside.ts';
import { Icon } from '../../parts/icon.tsx';
import { openRun } from '../../state/command-runs.ts';
import { openDialog } from '../../state/dialogs.ts';
import type { FleetGroup } from '../../state/fleet-groups.ts';
import { hostsWords, keptHosts, withEach } from '../../state/fleet-labels.ts';
import { clearSelection, useSelection } from '../../state/fleet-selection.ts';
import { useLost } from '../../state/link.ts';
import { removeHosts } from '../../state/remove-hosts.ts';

/** What can be done with all hosts that are selected; nothing while none is. */
export function SelectionBar({ groups }: { groups: readonly FleetGroup[] }) {
  const selected = useSelection();
  const lost = useLost();
  if (selected.size === 0) return null;
  const shown = groups.reduce((sum, { ids }) => sum + ids.filter((id) => selected.has(id)).length, 0);
  const hidden = selected.size - shown;
  const hosts = () => keptHosts(selected);
  const remove = () => {
    const ids = hosts().map(({ id }) => id);
    clearSelection();
    if (ids.length > 0) void removeHosts(ids);
  };
  return (
    <section className="selection-bar" aria-label="Selected hosts">
      <strong role="status">
        {hostsWords(selected.size)} selected{hidden > 0 && `, ${hidden} of them not shown`}
      </strong>
      <div className="actions">
        <button
          type="button"
          className="button button-small"
          disabled={lost}
          onClick={() => void withEach('Connect', hosts(), (hostId) => api()['hosts.connect']({ hostId }))}
        >
          <Icon name="retry" />
          Connect
        </button>
        <button
          type="button"
          className="button button-small"
          disabled={lost}
          onClick={() => void withEach('Disconnect', hosts(), (hostId) => api()['hosts.disconnect']({ hostId }))}
        >
          <Icon name="plug" />
          Disconnect
        </button>
        <button type="button" className="button button-small" disabled={lost} onClick={() => openRun(hosts())}>
          <Icon name="terminal" />
          Run a command …
        </button>
        <button
          type="button"
          className="button button-small"
          disabled={lost}
          onClick={() => openDialog({ kind: 'record', hostIds: [...selected] })}
        >
          <Icon name="record" />
          Record …
        </button>
        <button
          type="button"
          className="button button-small"
          disabled={lost}
          onClick={() => openDialog({ kind: 'labels', hostIds: [...selected] })}
        >
          <Icon name="edit" />
          Group and tags …
        </button>
        <button type="button" className="button button-small" disabled={lost} onClick={remove}>
          <Icon name="trash" />
          Remove
        </button>
        <button type="button" className="button button-small button-quiet" onClick={clearSelection}>
          <Icon name="close" />
          Clear <kbd>Esc</kbd>
        </button>
      </div>
    </section>
  );
}
