import { useEffect, useRef, useState } from 'react';
import type { Difference } from '../../../main/contract/dump-samples.ts';
import { formatCount, formatDateTime } from '../../../main/domain/present/units.ts';
import { visible } from '../../../main/domain/present/words.ts';
import { api } from '../../api/rackside.ts';
import { TableScroll } from '../../parts/table-scroll.tsx';
import { zoneAt } from '../../state/clock.ts';
import { jumpTo } from '../../state/playback.ts';
import { useReplay } from '../../state/replay.ts';
import { told } from '../../state/toasts.ts';

interface Answer {
  readonly compared: number;
  readonly differing: number;
  readonly differences: readonly Difference[];
}

/** Where today's collectors say something else than the samples that were recorded; computed when it is asked for. */
export function DifferencesPanel({ hostId }: { hostId: string }) {
  const [answer, setAnswer] = useState<Answer | null>(null);
  const [busy, setBusy] = useState(false);
  const abort = useRef<AbortController | null>(null);
  const samples = useReplay(({ status }) => status?.samples ?? null);
  const incomplete = useReplay(({ status }) => status?.replayed !== 1);
  useEffect(() => () => abort.current?.abort(), []);

  async function compare(): Promise<void> {
    abort.current = new AbortController();
    const { signal } = abort.current;
    setBusy(true);
    const next = await told('Compare with the recorded samples', api()['dumps.differences']({ hostId }, signal));
    if (signal.aborted) return;
    setBusy(false);
    if (next !== null) setAnswer(next);
  }

  return (
    <section className="panel" aria-labelledby="differences">
      <h2 id="differences">Where today's collectors differ</h2>
      <p className="hint" role="status">
        {samples === 0
          ? 'This dump has no samples that were recorded then, so there is nothing to compare with.'
          : answer === null
            ? 'What is shown is computed anew from the commands. The samples that were recorded then may say something else.'
            : verdict(answer)}
      </p>
      {answer !== null && answer.differences.length > 0 && <DifferenceTable differences={answer.differences} />}
      {samples !== 0 && (
        <p>
          <button
            type="button"
            className="button button-small"
            disabled={busy || incomplete}
            onClick={() => void compare()}
          >
            {busy ? 'Comparing …' : answer === null ? 'Compare with them' : 'Compare again'}
          </button>
        </p>
      )}
    </section>
  );
}

function verdict({ compared, differing, differences }: Answer): string {
  if (compared === 0)
    return 'No recorded sample is of a round that Rackside knows, so there was nothing to compare with.';
  if (differing === 0) return `All ${formatCount(compared)} recorded samples agree with what is computed today.`;
  const places = differences.length === 1 ? 'one place' : `${formatCount(differences.length)} places`;
  return `${formatCount(differing)} of ${formatCount(compared)} recorded samples differ, in ${places}.`;
}

function DifferenceTable({ differences }: { differences: readonly Difference[] }) {
  return (
    <TableScroll name="Differences">
      <table className="table">
        <thead>
          <tr>
            <th scope="col">Reading</th>
            <th scope="col">Round</th>
            <th scope="col" className="right">
              Samples
            </th>
            <th scope="col">First at</th>
            <th scope="col">Recorded then</th>
            <th scope="col">Computed today</th>
          </tr>
        </thead>
        <tbody>
          {differences.map(({ path, kind, samples, at, recorded, replayed }) => (
            <tr key={`${kind} ${path}`}>
              <th scope="row" className="mono">
                {visible(path, 200)}
              </th>
              <td>{kind}</td>
              <td className="number right">{formatCount(samples)}</td>
              <td>
                <button
                  type="button"
                  className="button button-small button-quiet number"
                  title="Move the cursor there"
                  onClick={() => jumpTo(at)}
                >
                  {formatDateTime(at, zoneAt(at))}
                </button>
              </td>
              <td className="mono">{visible(recorded, 120)}</td>
              <td className="mono">{visible(replayed, 120)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableScroll>
  );
}
