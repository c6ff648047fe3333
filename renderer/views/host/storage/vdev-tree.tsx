import type { Pool, Vdev } from '../../../../main/contract/storage.ts';
import { formatCount, unknown } from '../../../../main/domain/present/units.ts';
import { visible } from '../../../../main/domain/present/words.ts';
import { Folded } from '../../../parts/folded.tsx';
import { TableScroll } from '../../../parts/table-scroll.tsx';
import { Traced } from '../../../parts/traced.tsx';
import type { ReadingPath } from '../../../state/source-question.ts';

interface VdevTreeProps {
  readonly pool: Pool;
  readonly path: ReadingPath;
  /** Open from the beginning, because something is wrong in it. */
  readonly open: boolean;
}

const well = new Set(['ONLINE', 'AVAIL', 'INUSE']);

/** The devices of a pool as `zpool status` shows them, with every counter. */
export function VdevTree({ pool, path, open }: VdevTreeProps) {
  const name = visible(pool.name, 80);
  return (
    // Another key, so that it opens when the trouble comes while it is looked at.
    <Folded key={String(open)} summary="Devices" open={open}>
      <TableScroll name={`Devices of ${name}`}>
        <table className="table table-steady">
          <thead>
            <tr>
              <th scope="col">Device</th>
              <th scope="col">State</th>
              <th scope="col" className="right">
                Read
              </th>
              <th scope="col" className="right">
                Write
              </th>
              <th scope="col" className="right">
                Checksum
              </th>
              <th scope="col" className="right">
                Slow
              </th>
              <th scope="col">Note</th>
            </tr>
          </thead>
          <tbody>
            <tr>
              <th scope="row" className="mono">
                {name}
              </th>
              <td className={pool.state !== null && !well.has(pool.state) ? 'text-bad' : ''}>
                <Traced path={[...path, 'state']}>{visible(pool.state ?? unknown, 40)}</Traced>
              </td>
              {(['read_errors', 'write_errors', 'checksum_errors'] as const).map((key) => (
                <Errors key={key} count={pool[key]} path={[...path, key]} />
              ))}
              <td />
              <td />
            </tr>
            {pool.vdevs.map((vdev, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a name may stand twice, and its place is what it is
              <VdevRow key={`${at} ${vdev.name}`} vdev={vdev} path={[...path, 'vdevs', at]} />
            ))}
          </tbody>
        </table>
      </TableScroll>
    </Folded>
  );
}

function VdevRow({ vdev, path }: { vdev: Vdev; path: ReadingPath }) {
  const { name, depth, role, group, state, note } = vdev;
  const isWell = state === null || well.has(state);
  return (
    <tr>
      <th scope="row" className={group ? 'mono faint' : 'mono'}>
        <span style={{ paddingInlineStart: `${Math.min(depth + 1, 6)}rem` }}>{visible(name, 120)}</span>
        {role !== 'data' && depth === 0 && <span className="tag vdev-role">{role}</span>}
      </th>
      <td className={isWell ? '' : 'text-bad'}>
        <Traced path={[...path, 'state']}>{visible(state ?? unknown, 40)}</Traced>
      </td>
      <Errors count={vdev.read_errors} path={[...path, 'read_errors']} />
      <Errors count={vdev.write_errors} path={[...path, 'write_errors']} />
      <Errors count={vdev.checksum_errors} path={[...path, 'checksum_errors']} />
      <Errors count={vdev.slow_ios} path={[...path, 'slow_ios']} />
      <td className="faint">{note === null ? '' : <Traced path={[...path, 'note']}>{visible(note, 120)}</Traced>}</td>
    </tr>
  );
}

function Errors({ count, path }: { count: number | null; path: ReadingPath }) {
  const tone = count === null ? 'text-unknown' : count > 0 ? 'text-bad' : 'faint';
  return (
    <td className="right">
      <Traced path={path} className={`number ${tone}`}>
        {formatCount(count)}
      </Traced>
    </td>
  );
}
