import type { CpuShare, Sample } from '../../../../main/contract/samples.ts';
import { levelOf, levelWord } from '../../../../main/domain/present/levels.ts';
import { formatPercent } from '../../../../main/domain/present/units.ts';
import { problemWords } from '../../../../main/domain/present/words.ts';
import { ArcGauge } from '../../../parts/arc-gauge.tsx';
import type { Segment } from '../../../parts/bar.tsx';
import type { Tracing } from '../../../parts/traced.tsx';
import { GaugeCard, GaugeLine } from './gauge-card.tsx';

export function CpuGauge({ fast, onOpen }: { fast: Sample | null; onOpen: (() => void) | null }) {
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
    <GaugeCard
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
      <GaugeLine label="user + nice" value={formatPercent(userShare(total), 1)} from={userAndNice} />
      <GaugeLine
        label="system"
        value={formatPercent(total?.system_percent ?? null, 1)}
        from={{ path: ['cpu', 'total', 'system_percent'] }}
      />
      <GaugeLine
        label="iowait"
        value={formatPercent(total?.iowait_percent ?? null, 1)}
        from={{ path: ['cpu', 'total', 'iowait_percent'] }}
        tone="iowait"
      />
      <GaugeLine
        label="steal"
        value={formatPercent(total?.steal_percent ?? null, 1)}
        from={{ path: ['cpu', 'total', 'steal_percent'] }}
        tone="steal"
      />
    </GaugeCard>
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
