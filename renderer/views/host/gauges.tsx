import type { ReactNode } from 'react';
import type { CpuShare, Sample } from '../../../main/contract/samples.ts';
import { levelOf, levelWord } from '../../../main/domain/present/levels.ts';
import { memoryParts } from '../../../main/domain/present/memory.ts';
import {
  formatBytes,
  formatCount,
  formatDuration,
  formatLoad,
  formatPercent,
} from '../../../main/domain/present/units.ts';
import { problemWords, visible } from '../../../main/domain/present/words.ts';
import { ArcGauge } from '../../parts/arc-gauge.tsx';
import { type Segment, StackedBar } from '../../parts/bar.tsx';
import { Traced, TracedFrom, type Tracing } from '../../parts/traced.tsx';
import { openDialog } from '../../state/dialogs.ts';

interface GaugesProps {
  readonly hostId: string;
  readonly fast: Sample | null;
  /** Whether there is a process list to open. */
  readonly listed: boolean;
  readonly replay: boolean;
  /** Drawn as what was, and not as what is. */
  readonly past: boolean;
}

export function Gauges({ hostId, fast, listed, replay, past }: GaugesProps) {
  const open = (by: 'cpu' | 'memory') => () => {
    const at = replay && fast !== null ? Date.parse(fast.collected_at) : null;
    openDialog({ kind: 'processes', hostId, at, by });
  };
  return (
    <section className="gauges" aria-label="Gauges" data-past={past}>
      <TracedFrom sample={fast}>
        <CpuGauge fast={fast} onOpen={listed ? open('cpu') : null} />
        <MemoryGauge fast={fast} onOpen={listed ? open('memory') : null} />
        <SwapGauge fast={fast} />
        <LoadGauge fast={fast} />
      </TracedFrom>
    </section>
  );
}

interface CardProps {
  readonly name: string;
  /** The gauge's number: it is told with the button, so that who moves by Tab hears it. */
  readonly value: string;
  readonly onOpen: (() => void) | null;
  readonly gauge: ReactNode;
  /** Why there is no value; null where there is one, or nothing is known about why not. */
  readonly reason: string | null;
  /** What it would be the value of. */
  readonly reading: Tracing['path'];
  readonly children: ReactNode;
}

/** A gauge opens exactly while there is something behind it; then its button is as large as the card. */
function Card({ name, value, onOpen, gauge, reason, reading, children }: CardProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms
    <div className={onOpen === null ? 'gauge' : 'gauge gauge-opens'} role="group" aria-label={name}>
      <span className="gauge-dial">
        {gauge}
        {onOpen !== null && (
          <button type="button" className="gauge-open" onClick={onOpen}>
            <span className="unseen">
              {value}, {name}: show{' '}
            </span>
            processes <span aria-hidden="true">›</span>
          </button>
        )}
      </span>
      <span className="gauge-side">
        <span className="gauge-name">{name}</span>
        {reason === null ? (
          children
        ) : (
          <span className="gauge-reason">
            <Traced path={reading}>{visible(reason, 160)}</Traced>
          </span>
        )}
      </span>
    </div>
  );
}

interface LineProps {
  readonly label: string;
  readonly value: string;
  readonly from: Tracing;
  readonly tone?: string;
}

function Line({ label, value, from, tone }: LineProps) {
  return (
    <span className="gauge-line">
      <span className="gauge-label">
        {tone !== undefined && <span className={`swatch fill-${tone}`} />}
        {label}
      </span>
      <Traced {...from} className="number">
        {value}
      </Traced>
    </span>
  );
}

function CpuGauge({ fast, onOpen }: { fast: Sample | null; onOpen: (() => void) | null }) {
  const cpu = fast?.data.cpu ?? null;
  const total = cpu?.total ?? null;
  const busy = total?.busy_percent ?? null;
  const level = levelOf('cpu', busy);
  const segments: Segment[] =
    total === null
      ? []
      : [
          { share: total.busy_percent, tone: level === 'ok' || level === null ? 'busy' : level },
          { share: total.iowait_percent ?? 0, tone: 'iowait' },
          { share: total.steal_percent ?? 0, tone: 'steal' },
        ];
  const first = cpu !== null && total === null ? 'The first share needs a second sample.' : null;
  return (
    <Card
      name="CPU"
      value={formatPercent(busy, 0)}
      onOpen={onOpen}
      reason={total === null ? (problemWords(fast?.data ?? null, 'cpu') ?? first) : null}
      reading={['cpu']}
      gauge={
        <ArcGauge
          measure="cpu"
          segments={segments}
          level={level}
          value={formatPercent(busy, 0)}
          word={levelWord('cpu', busy)}
          from={{ path: ['cpu', 'total', 'busy_percent'] }}
        />
      }
    >
      <Line label="user + nice" value={formatPercent(userShare(total), 1)} from={userAndNice} />
      <Line
        label="system"
        value={formatPercent(total?.system_percent ?? null, 1)}
        from={{ path: ['cpu', 'total', 'system_percent'] }}
      />
      <Line
        label="iowait"
        value={formatPercent(total?.iowait_percent ?? null, 1)}
        from={{ path: ['cpu', 'total', 'iowait_percent'] }}
        tone="iowait"
      />
      <Line
        label="steal"
        value={formatPercent(total?.steal_percent ?? null, 1)}
        from={{ path: ['cpu', 'total', 'steal_percent'] }}
        tone="steal"
      />
    </Card>
  );
}

const userAndNice: Tracing = {
  path: ['cpu', 'total', 'user_percent'],
  also: [['cpu', 'total', 'nice_percent']],
  how: 'the sum of user and nice',
};

function userShare(total: CpuShare | null): number | null {
  const { user_percent: user, nice_percent: nice } = total ?? { user_percent: null, nice_percent: null };
  return user === null || nice === null ? null : user + nice;
}

function MemoryGauge({ fast, onOpen }: { fast: Sample | null; onOpen: (() => void) | null }) {
  const memory = fast?.data.memory ?? null;
  const parts = memory === null ? null : memoryParts(memory);
  const percent = parts?.usedPercent ?? null;
  const level = levelOf('memory', percent);
  const share = (bytes: number) => (parts === null || parts.total === 0 ? 0 : (100 * bytes) / parts.total);
  const used = level === 'ok' || level === null ? 'memory' : level;
  const segments =
    parts === null
      ? []
      : [
          { share: share(parts.used), tone: used },
          { share: share(parts.reclaimable), tone: 'arc' },
        ];
  const cache = memory?.arc == null ? [] : [['memory', 'arc', 'reclaimable_bytes']];
  const withoutCache = 'used − what the ZFS cache would give back';
  return (
    <Card
      name="Memory"
      value={formatPercent(percent, 0)}
      onOpen={onOpen}
      reason={memory === null ? problemWords(fast?.data ?? null, 'memory') : null}
      reading={['memory']}
      gauge={
        <ArcGauge
          measure="memory"
          segments={segments}
          level={level}
          value={formatPercent(percent, 0)}
          word={levelWord('memory', percent)}
          from={{
            path: ['memory', 'used_bytes'],
            also: [...cache, ['memory', 'total_bytes']],
            how: cache.length === 0 ? '100 × used ÷ total' : `100 × (${withoutCache}) ÷ total`,
          }}
        />
      }
    >
      <StackedBar segments={segments} />
      <Line
        label="used"
        value={formatBytes(parts?.used ?? null)}
        from={cache.length === 0 ? memoryUsed : { ...memoryUsed, also: cache, how: withoutCache }}
        tone={used}
      />
      {memory !== null && memory.arc !== null && (
        <Line
          label="ZFS cache"
          value={formatBytes(parts?.reclaimable ?? null)}
          from={{ path: ['memory', 'arc', 'reclaimable_bytes'] }}
          tone="arc"
        />
      )}
      <Line
        label={memory?.available_estimated === true ? 'available (est.)' : 'available'}
        value={formatBytes(parts?.available ?? null)}
        from={{ path: ['memory', 'available_bytes'] }}
      />
      <Line
        label={memory?.scope === 'container' ? 'of this container' : 'total'}
        value={formatBytes(parts?.total ?? null)}
        from={{ path: ['memory', 'total_bytes'] }}
      />
    </Card>
  );
}

const memoryUsed: Tracing = { path: ['memory', 'used_bytes'] };
const swapUsed: Tracing = { path: ['memory', 'swap', 'used_bytes'] };
const swapTotal: Tracing = { path: ['memory', 'swap', 'total_bytes'] };

function SwapGauge({ fast }: { fast: Sample | null }) {
  const memory = fast?.data.memory ?? null;
  const swap = memory?.swap ?? null;
  const percent = swap === null || swap.total_bytes === 0 ? null : (100 * swap.used_bytes) / swap.total_bytes;
  const level = levelOf('swap', percent);
  const none = memory !== null && swap === null;
  return (
    <Card
      name="Swap"
      value={formatPercent(percent, 0)}
      onOpen={null}
      reason={none ? 'This host has no swap.' : memory === null ? problemWords(fast?.data ?? null, 'memory') : null}
      reading={none ? ['memory', 'swap'] : ['memory']}
      gauge={
        <ArcGauge
          measure="swap"
          segments={percent === null ? [] : [{ share: percent, tone: level === 'ok' ? 'memory' : (level ?? 'memory') }]}
          level={level}
          value={formatPercent(percent, 0)}
          word={none ? 'none' : levelWord('swap', percent)}
          from={
            none ? { path: ['memory', 'swap'] } : { ...swapUsed, also: [swapTotal.path], how: '100 × used ÷ total' }
          }
        />
      }
    >
      <Line label="used" value={formatBytes(swap?.used_bytes ?? null)} from={swapUsed} />
      <Line label="total" value={formatBytes(swap?.total_bytes ?? null)} from={swapTotal} />
    </Card>
  );
}

const loadPerCore: Tracing = {
  path: ['load', 'one'],
  also: [['cpu', 'cores', 'length']],
  how: 'the load of one minute ÷ the number of cores',
};

function LoadGauge({ fast }: { fast: Sample | null }) {
  const load = fast?.data.load ?? null;
  const cores = fast?.data.cpu?.cores.length ?? 0;
  const perCore = load === null || cores === 0 ? null : load.one / cores;
  const level = levelOf('load', perCore);
  // The arc ends at twice the cores.
  const top = 2;
  return (
    <Card
      name="Load"
      value={formatLoad(load?.one ?? null)}
      onOpen={null}
      reason={load === null ? problemWords(fast?.data ?? null, 'load') : null}
      reading={['load']}
      gauge={
        <ArcGauge
          measure="load"
          top={top}
          segments={
            perCore === null
              ? []
              : [{ share: (100 * perCore) / top, tone: level === 'ok' || level === null ? 'load' : level }]
          }
          level={level}
          value={formatLoad(load?.one ?? null)}
          word={levelWord('load', perCore)}
          from={{ path: ['load', 'one'] }}
        />
      }
    >
      <Line label="5 min" value={formatLoad(load?.five ?? null)} from={{ path: ['load', 'five'] }} />
      <Line label="15 min" value={formatLoad(load?.fifteen ?? null)} from={{ path: ['load', 'fifteen'] }} />
      <Line label="per core" value={formatLoad(perCore)} from={loadPerCore} />
      <Line
        label="processes"
        value={formatCount(fast?.data.processes?.count ?? null)}
        from={{ path: ['processes', 'count'] }}
      />
      <Line
        label="uptime"
        value={formatDuration(fast?.data.clock.uptime_seconds ?? null)}
        from={{ path: ['clock', 'uptime_seconds'] }}
      />
    </Card>
  );
}
