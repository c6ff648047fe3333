import type { Sample } from '../../../../main/contract/samples.ts';
import { levelOf, levelWord } from '../../../../main/domain/present/levels.ts';
import { memoryParts } from '../../../../main/domain/present/memory.ts';
import { formatBytes, formatPercent } from '../../../../main/domain/present/units.ts';
import { problemWords } from '../../../../main/domain/present/words.ts';
import { ArcGauge } from '../../../parts/arc-gauge.tsx';
import { StackedBar } from '../../../parts/bar.tsx';
import type { Tracing } from '../../../parts/traced.tsx';
import { GaugeCard, GaugeLine } from './gauge-card.tsx';

const memoryUsed: Tracing = { path: ['memory', 'used_bytes'] };

export function MemoryGauge({ fast, onOpen }: { fast: Sample | null; onOpen: (() => void) | null }) {
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
    <GaugeCard
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
      <GaugeLine
        label="used"
        value={formatBytes(parts?.used ?? null)}
        from={cache.length === 0 ? memoryUsed : { ...memoryUsed, also: cache, how: withoutCache }}
        tone={used}
      />
      {memory !== null && memory.arc !== null && (
        <GaugeLine
          label="ZFS cache"
          value={formatBytes(parts?.reclaimable ?? null)}
          from={{ path: ['memory', 'arc', 'reclaimable_bytes'] }}
          tone="arc"
        />
      )}
      <GaugeLine
        label="available"
        value={`${memory?.available_estimated === true ? '≈ ' : ''}${formatBytes(parts?.available ?? null)}`}
        from={{ path: ['memory', 'available_bytes'] }}
      />
      <GaugeLine
        label={memory?.scope === 'container' ? 'container' : 'total'}
        value={formatBytes(parts?.total ?? null)}
        from={{ path: ['memory', 'total_bytes'] }}
      />
    </GaugeCard>
  );
}

const swapUsed: Tracing = { path: ['memory', 'swap', 'used_bytes'] };
const swapTotal: Tracing = { path: ['memory', 'swap', 'total_bytes'] };

export function SwapGauge({ fast }: { fast: Sample | null }) {
  const memory = fast?.data.memory ?? null;
  const swap = memory?.swap ?? null;
  const percent = swap === null || swap.total_bytes === 0 ? null : (100 * swap.used_bytes) / swap.total_bytes;
  const level = levelOf('swap', percent);
  const none = memory !== null && swap === null;
  return (
    <GaugeCard
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
      <GaugeLine label="used" value={formatBytes(swap?.used_bytes ?? null)} from={swapUsed} />
      <GaugeLine label="total" value={formatBytes(swap?.total_bytes ?? null)} from={swapTotal} />
    </GaugeCard>
  );
}
