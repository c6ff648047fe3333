import { formatPercent } from '../../../main/domain/present/units.ts';
import { visible } from '../../../main/domain/present/words.ts';
import { Icon, type IconName } from '../../parts/icon.tsx';
import { StateBadge } from '../../parts/state-badge.tsx';
import { openDialog } from '../../state/dialogs.ts';
import { useFleet } from '../../state/fleet.ts';
import { go } from '../../state/route.ts';

/** What to know first, while this machine is the only host. It goes by itself, and comes again from the palette. */
export function FirstRun() {
  const none = useFleet(({ ids }) => ids.length === 0);
  return (
    <section className="first-run" aria-labelledby="first-run">
      <h2 id="first-run">{none ? 'Add a host to begin with.' : 'This machine is here already. Add the next one.'}</h2>
      <FirstSteps onGone={() => {}} />
    </section>
  );
}

/** `onGone`: what was chosen leads elsewhere. */
export function FirstSteps({ onGone }: { onGone: () => void }) {
  return (
    <ol className="first-steps">
      <Step icon="live" title="Look at this machine">
        <ThisMachine onGone={onGone} />
      </Step>
      <Step icon="add" title="Add a host over SSH">
        <p>
          Pick it out of your <code>~/.ssh/config</code> or type an address, and compare the fingerprint. Nothing is
          installed there.
        </p>
        <button
          type="button"
          className="button"
          onClick={() => {
            onGone();
            openDialog({ kind: 'add', editHostId: null });
          }}
        >
          Add a host <kbd>a</kbd>
        </button>
      </Step>
      <Step icon="clock" title="Open what is behind a gauge">
        <p>
          CPU and Memory open the processes behind them. On a chart a click holds an instant, and its processes are
          those of then; a drag zooms.
        </p>
      </Step>
      <Step icon="keys" title="Everything has a key">
        <p>
          <kbd>Ctrl</kbd> <kbd>K</kbd> finds any host, view or action by a part of its name, <kbd>z</kbd> undoes,{' '}
          <kbd>?</kbd> lists all keys.
        </p>
        <div className="actions">
          <button
            type="button"
            className="button"
            onClick={() => {
              onGone();
              openDialog({ kind: 'palette' });
            }}
          >
            Find anything
          </button>
          <button
            type="button"
            className="button button-quiet"
            onClick={() => {
              onGone();
              openDialog({ kind: 'keys' });
            }}
          >
            All keys
          </button>
        </div>
      </Step>
    </ol>
  );
}

function Step({ icon, title, children }: { icon: IconName; title: string; children: React.ReactNode }) {
  return (
    <li className="first-step">
      <h3>
        <Icon name={icon} />
        {title}
      </h3>
      {children}
    </li>
  );
}

/** The machine that Rackside runs on, as it is right now; gone from here when it was removed. */
function ThisMachine({ onGone }: { onGone: () => void }) {
  const view = useFleet(({ ids, views }) => {
    const id = ids.find((one) => views[one]?.host.target.transport === 'local');
    return id === undefined ? undefined : views[id];
  });
  if (view === undefined) return <p>It is not in the fleet; “Add a host” offers it.</p>;
  return (
    <>
      <StateBadge connection={view.connection} />
      <p className="number">
        CPU <strong>{formatPercent(view.glance?.cpu_percent ?? null, 0)}</strong> · memory{' '}
        <strong>{formatPercent(view.glance?.memory_percent ?? null, 0)}</strong>
      </p>
      <button
        type="button"
        className="button"
        onClick={() => {
          onGone();
          go({ view: 'host', hostId: view.host.id });
        }}
      >
        Open {visible(view.host.name, 40)}
      </button>
    </>
  );
}
