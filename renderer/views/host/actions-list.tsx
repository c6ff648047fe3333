import { processActionDoneWords } from '../../../main/domain/present/process-action-words.ts';
import { formatDateTime } from '../../../main/domain/present/units.ts';
import { visible } from '../../../main/domain/present/words.ts';
import { Icon } from '../../parts/icon.tsx';
import { zoneAt } from '../../state/clock.ts';
import { useActionsDone } from '../../state/process-actions-done.ts';

/** What somebody did to processes of the host from here: signals and other nices, by whom, and what came of it. */
export function ActionsList({ hostId }: { hostId: string }) {
  const done = useActionsDone(hostId);
  if (done.length === 0) return null;
  return (
    <ol className="health-events" aria-label="Done to processes">
      {done.map((one) => {
        const { what, whose, outcome } = processActionDoneWords(one);
        return (
          <li className="finding" key={`${one.at} ${one.pid}`}>
            <Icon name="terminal" />
            <span className="number faint">{formatDateTime(one.at, zoneAt(one.at))}</span>
            <span className="finding-text">
              {visible(what, 200)} <span className="faint">{visible(whose, 200)}</span>
            </span>
            <span className="faint">{visible(outcome, 300)}</span>
          </li>
        );
      })}
    </ol>
  );
}
