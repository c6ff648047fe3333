import type { Pool } from '../../../../main/contract/storage.ts';
import { levelOf } from '../../../../main/domain/present/levels.ts';
import { poolFindings, poolLevel } from '../../../../main/domain/present/pools.ts';
import { formatBytes, formatCount, formatPercent, unknown } from '../../../../main/domain/present/units.ts';
import { visible } from '../../../../main/domain/present/words.ts';
import { Bar } from '../../../parts/bar.tsx';
import { Folded } from '../../../parts/folded.tsx';
import { Traced } from '../../../parts/traced.tsx';
import type { ReadingPath } from '../../../state/source-question.ts';
import { StateWord } from '../cells.tsx';
import { ScanLine } from './scan-line.tsx';
import { VdevTree } from './vdev-tree.tsx';

interface PoolCardProps {
  readonly pool: Pool;
  readonly path: ReadingPath;
  /** Epoch seconds of the sample. */
  readonly now: number;
}

/** One pool. ONLINE alone is no health: what is wrong stands beside the state, and its tree is open then. */
export function PoolCard({ pool, path, now }: PoolCardProps) {
  const { name, state, status, action, damaged_files: files } = pool;
  const findings = poolFindings(pool, now);
  const level = poolLevel(pool, now);
  const troubled = findings.some(({ about }) => about === 'devices' || about === 'state');
  const damaged = state === 'ONLINE' && level !== null && level !== 'ok';
  return (
    <section className="pool" aria-label={visible(name, 80)}>
      <header className="pool-head">
        <h3 className="mono ellipsis">{visible(name, 80)}</h3>
        <StateWord path={[...path, 'state']} level={level} text={state ?? unknown} />
        {damaged && <span className="faint">, but:</span>}
        <ul className="pool-findings">
          {findings
            .filter(({ about }) => about !== 'state')
            .map((finding) => (
              <li key={`${finding.about} ${finding.text}`}>
                <StateWord path={[...path, ...finding.path]} level={finding.level} text={finding.text} />
              </li>
            ))}
        </ul>
      </header>
      <Room pool={pool} path={path} />
      <ScanLine scan={pool.scan} path={path} now={now} />
      {status !== null && <p className="pool-words wrap selectable">{visible(status, 600)}</p>}
      {action !== null && <p className="pool-words wrap selectable faint">{visible(action, 600)}</p>}
      {files.length > 0 && (
        <Folded
          summary="Damaged files"
          count={
            <Traced path={[...path, 'damaged_files', 'length']} how="as many as are told">
              {formatCount(files.length)}
            </Traced>
          }
        >
          <ul className="pool-files mono selectable">
            {files.map((file, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: ZFS may name one twice
              <li key={`${at} ${file}`} className="wrap">
                {visible(file, 400)}
              </li>
            ))}
          </ul>
        </Folded>
      )}
      {pool.vdevs.length > 0 && <VdevTree pool={pool} path={path} open={troubled} />}
    </section>
  );
}

/** What files can have, and beside it all of the disks, parity too. */
function Room({ pool, path }: Pick<PoolCardProps, 'pool' | 'path'>) {
  const { used_bytes: used, available_bytes: available, used_percent: percent } = pool;
  const level = levelOf('filesystem', percent);
  const usable = used === null || available === null ? null : used + available;
  return (
    <div className="pool-room">
      <Bar percent={percent} level={level} />
      <Traced path={[...path, 'used_percent']} className={`number text-${level ?? 'unknown'}`}>
        {formatPercent(percent, 1)}
      </Traced>
      <span className="number">
        <Traced path={[...path, 'used_bytes']}>{formatBytes(used ?? pool.allocated_bytes)}</Traced>
        <span className="faint"> of </span>
        <Traced
          path={[...path, 'available_bytes']}
          also={[[...path, 'used_bytes']]}
          how="used + available of the root dataset"
        >
          {formatBytes(usable ?? pool.size_bytes)}
        </Traced>
        <span className="faint"> usable</span>
      </span>
      <span className="number faint">
        disks <Traced path={[...path, 'size_bytes']}>{formatBytes(pool.size_bytes)}</Traced>
      </span>
      <span className="number faint">
        fragmented{' '}
        <Traced path={[...path, 'fragmentation_percent']}>{formatPercent(pool.fragmentation_percent, 0)}</Traced>
      </span>
    </div>
  );
}
