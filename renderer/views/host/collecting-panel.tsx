import type { HostView } from '../../../main/contract/hosts.ts';
import type { Sample } from '../../../main/contract/samples.ts';
import { levelOf, levelWord } from '../../../main/domain/present/levels.ts';
import { formatBytes, formatMilliseconds, formatOffset, formatPercent } from '../../../main/domain/present/units.ts';
import { problemWords, visible } from '../../../main/domain/present/words.ts';
import { Traced, TracedFrom } from '../../parts/traced.tsx';
import { ringWords } from '../../state/capture.ts';

interface CollectingPanelProps {
  readonly view: HostView;
  readonly cost: Sample | null;
  readonly wallClock: Sample | null;
  readonly past: boolean;
}

/** What looking at a host costs it, and how far its own clock is off. */
export function CollectingPanel({ view, cost: costSample, wallClock, past }: CollectingPanelProps) {
  const cost = costSample?.data.cost ?? null;
  const clock = wallClock?.data.wall_clock ?? null;
  const offset = clock?.offset_seconds ?? null;
  const size = offset === null ? null : Math.abs(offset);
  const level = levelOf('offset', size);
  const share = cost?.cpu_ms == null ? null : cost.cpu_ms / (10 * view.cadenceSeconds);
  const reason = (sample: Sample | null, collector: 'cost' | 'wall_clock') =>
    visible(problemWords(sample?.data ?? null, collector) ?? 'Not read yet.', 200);
  return (
    <section className="panel" data-past={past} aria-labelledby="collecting">
      <h2 id="collecting">Collecting</h2>
      <dl className="facts">
        <dt>CPU of a round</dt>
        <dd className="number">
          <TracedFrom sample={costSample}>
            <Traced path={['cost', 'cpu_ms']}>{formatMilliseconds(cost?.cpu_ms ?? null)}</Traced>{' '}
            {share !== null && (
              <span className="faint">
                <Traced
                  path={['cost', 'cpu_ms']}
                  how={`the CPU of a round ÷ the ${view.cadenceSeconds} s from one round to the next`}
                >
                  {formatPercent(share, 2)}
                </Traced>{' '}
                of one core, every {view.cadenceSeconds} s
              </span>
            )}
          </TracedFrom>
        </dd>
        <dt>A round takes</dt>
        <dd className="number">
          <TracedFrom sample={costSample}>
            <Traced path={['cost', 'round_ms']}>{formatMilliseconds(cost?.round_ms ?? null)}</Traced>
          </TracedFrom>
        </dd>
        <dt>A round sends</dt>
        <dd className="number">
          <TracedFrom sample={costSample}>
            <Traced path={['cost', 'bytes']}>{formatBytes(cost?.bytes ?? null)}</Traced>
          </TracedFrom>
        </dd>
        {view.ring !== null && (
          <>
            <dt>Kept in memory</dt>
            <dd className="number">
              {ringWords(view.ring)}{' '}
              <span className="faint">{formatBytes(view.ring.bytes)}, to be saved as a dump</span>
            </dd>
          </>
        )}
        <dt>Clock of the host</dt>
        <dd className="number">
          <TracedFrom sample={wallClock}>
            <span className={`text-${level ?? 'unknown'}`}>
              <Traced path={['wall_clock', 'offset_seconds']}>{formatOffset(offset)}</Traced>{' '}
              {level === null ? '' : levelWord('offset', size)}
            </span>{' '}
            {clock !== null && offset !== null && (
              <Traced path={['wall_clock', 'uncertainty_seconds']} className="faint">
                {`± ${clock.uncertainty_seconds.toFixed(2)} s`}
              </Traced>
            )}
          </TracedFrom>
        </dd>
      </dl>
      {cost === null && (
        <p className="hint">
          <TracedFrom sample={costSample}>
            Cost: <Traced path={['cost']}>{reason(costSample, 'cost')}</Traced>
          </TracedFrom>
        </p>
      )}
      {clock === null && (
        <p className="hint">
          <TracedFrom sample={wallClock}>
            Clock: <Traced path={['wall_clock']}>{reason(wallClock, 'wall_clock')}</Traced>
          </TracedFrom>
        </p>
      )}
      {offset !== null && <p className="hint">The clock is shown against this computer's, and never trusted.</p>}
    </section>
  );
}
