import type { Sample } from '../../../../main/contract/samples.ts';
import { levelOf, levelWord } from '../../../../main/domain/present/levels.ts';
import { formatCount, formatDuration, formatLoad } from '../../../../main/domain/present/units.ts';
import { problemWords } from '../../../../main/domain/present/words.ts';
import { ArcGauge } from '../../../parts/arc-gauge.tsx';
import type { Tracing } from '../../../parts/traced.tsx';
import { GaugeCard, GaugeLine } from './gauge-card.tsx';

const loadPerCore: Tracing = {
  path: ['load', 'one'],
  also: [['cpu', 'cores', 'length']],
  how: 'the load of one minute ÷ the number of cores',
};

export function LoadGauge({ fast }: { fast: Sample | null }) {
  const load = fast?.data.load ?? null;
  const cores = fast?.data.cpu?.cores.length ?? 0;
  const perCore = load === null || cores === 0 ? null : load.one / cores;
  const level = levelOf('load', perCore);
  // The arc ends at twice the cores.
  const top = 2;
  return (
    <GaugeCard
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
      <GaugeLine label="5 min" value={formatLoad(load?.five ?? null)} from={{ path: ['load', 'five'] }} />
      <GaugeLine label="15 min" value={formatLoad(load?.fifteen ?? null)} from={{ path: ['load', 'fifteen'] }} />
      <GaugeLine label="per core" value={formatLoad(perCore)} from={loadPerCore} />
      <GaugeLine
        label="processes"
        value={formatCount(fast?.data.processes?.count ?? null)}
        from={{ path: ['processes', 'count'] }}
      />
      <GaugeLine
        label="uptime"
        value={formatDuration(fast?.data.clock.uptime_seconds ?? null)}
        from={{ path: ['clock', 'uptime_seconds'] }}
      />
    </GaugeCard>
  );
}
