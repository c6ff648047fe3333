import { countWords, hasEnded } from '../../../main/domain/present/run-groups.ts';
import { visible } from '../../../main/domain/present/words.ts';
import { Dialog } from '../../parts/dialog.tsx';
import { FaultNote } from '../../parts/fault-note.tsx';
import { Icon } from '../../parts/icon.tsx';
import { cancelRun, useRun } from '../../state/command-runs.ts';
import { RunForm } from './run-form.tsx';
import { RunPassword } from './run-password.tsx';
import { RunResults } from './run-results.tsx';

/** Runs a command on hosts, and shows what came of it, equal output once. Closing it ends nothing. */
export function RunDialog({ onClose }: { onClose: () => void }) {
  const hosts = useRun((state) => state.hosts);
  const line = useRun((state) => state.line);
  const fault = useRun((state) => state.fault);
  const [only] = hosts;
  const where = hosts.length === 1 && only !== undefined ? visible(only.name, 60) : countWords(hosts.length);
  return (
    <Dialog title={<span>Run a command on {where}</span>} size="large" onClose={onClose}>
      <RunForm />
      {fault !== null && <FaultNote fault={fault} />}
      <RunPassword />
      {line !== null && <Progress />}
      {line !== null && <RunResults />}
    </Dialog>
  );
}

function Progress() {
  const hosts = useRun((state) => state.hosts.length);
  const going = useRun((state) => state.going);
  const ended = useRun(({ runs }) => Object.values(runs).filter(hasEnded).length);
  const bad = useRun(
    ({ runs }) => Object.values(runs).filter((run) => hasEnded(run) && (run.state !== 'done' || run.exit !== 0)).length,
  );
  return (
    <div className="run-progress">
      <progress className="run-bar" value={ended} max={Math.max(1, hosts)} aria-label="Hosts where it has ended" />
      <span role="status">
        {ended} of {countWords(hosts)}
        {bad > 0 && <span className="text-bad">, {bad} with a failure</span>}
      </span>
      {going && (
        <button type="button" className="button button-small button-danger" onClick={cancelRun}>
          <Icon name="stop" filled />
          End it everywhere
        </button>
      )}
    </div>
  );
}
