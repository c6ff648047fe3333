import { Icon } from '../../parts/icon.tsx';
import { openDialog } from '../../state/dialogs.ts';

/** What to do next, while this machine is the only host. */
export function FirstRun() {
  return (
    <section className="first-run" aria-labelledby="first-run">
      <h2 id="first-run">This machine is here already. Add the next one.</h2>
      <ol>
        <li>
          <strong>Look at this machine.</strong> Open its row: gauges, charts, and the processes behind them.
        </li>
        <li>
          <strong>Add a host over SSH.</strong> Pick it out of your <code>~/.ssh/config</code> or type an address.
          Nothing is installed there.
        </li>
        <li>
          <strong>Look back.</strong> Hold an instant on any chart and see which processes ran then.
        </li>
      </ol>
      <div className="actions">
        <button type="button" className="button" onClick={() => openDialog({ kind: 'add', editHostId: null })}>
          <Icon name="add" />
          Add a host <kbd>a</kbd>
        </button>
        <button type="button" className="button button-quiet" onClick={() => openDialog({ kind: 'keys' })}>
          All keys <kbd>?</kbd>
        </button>
      </div>
    </section>
  );
}
