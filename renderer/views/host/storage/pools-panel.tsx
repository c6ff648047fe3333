import type { HostView } from '../../../../main/contract/hosts.ts';
import type { Sample } from '../../../../main/contract/samples.ts';
import { SlowPanel } from '../slow-panel.tsx';
import { PoolCard } from './pool-card.tsx';

const counted = { path: ['zfs', 'pools', 'length'] };

/** ZFS: how full, how whole, what is being repaired, and every device with its errors. */
export function PoolsPanel({ view, sample }: { view: HostView; sample: Sample | null }) {
  const pools = sample?.data.zfs?.pools ?? [];
  const now = Date.parse(sample?.collected_at ?? '') / 1000;
  return (
    <SlowPanel
      view={view}
      id="pools"
      title="ZFS pools"
      collector="zfs"
      sample={sample}
      count={pools.length}
      counted={counted}
    >
      {pools.length === 0 && <p className="hint">ZFS is there, and no pool is imported.</p>}
      <div className="pools">
        {pools.map((pool, at) => (
          <PoolCard key={pool.name} pool={pool} path={['zfs', 'pools', at]} now={now} />
        ))}
      </div>
    </SlowPanel>
  );
}
