import type { Disk } from '../../../main/contract/devices.ts';
import type { Sample } from '../../../main/contract/samples.ts';
import { levelOf, levelWord } from '../../../main/domain/present/levels.ts';
import { formatFrequency, formatMilliseconds, formatPercent, formatRate } from '../../../main/domain/present/units.ts';
import { visible } from '../../../main/domain/present/words.ts';
import { Bar } from '../../parts/bar.tsx';
import { ReadingPanel } from '../../parts/reading-panel.tsx';
import { TableScroll } from '../../parts/table-scroll.tsx';
import { Traced } from '../../parts/traced.tsx';

/** Whole disks: what goes through them, how long they are at it, and how long a request takes. */
export function DisksPanel({ sample, past }: { sample: Sample | null; past: boolean }) {
  const disks = sample?.data.disks ?? null;
  const list = disks?.list ?? [];
  return (
    <ReadingPanel
      id="disks"
      title="Disks"
      collector="disks"
      sample={sample}
      past={past}
      aside={list.length > 0 && <span className="faint number">{list.length}</span>}
    >
      {list.length === 0 ? (
        <p className="hint">This host lists none.</p>
      ) : (
        <TableScroll name="Disks table">
          <table className="table table-steady">
            <thead>
              <tr>
                <th scope="col">Disk</th>
                <th scope="col" className="right">
                  Read
                </th>
                <th scope="col" className="right">
                  Written
                </th>
                <th scope="col" className="right" title="Mean time of a request that ended since the round before">
                  Latency r · w
                </th>
                <th scope="col" title="Share of time with a request under way">
                  Busy
                </th>
              </tr>
            </thead>
            <tbody>
              {list.length > 1 && (
                <tr className="row-total">
                  <th scope="row">Total</th>
                  <td className="right number">
                    <Traced path={['disks', 'total', 'read_bytes_per_second']}>
                      {formatRate(disks?.total.read_bytes_per_second ?? null)}
                    </Traced>
                  </td>
                  <td className="right number">
                    <Traced path={['disks', 'total', 'write_bytes_per_second']}>
                      {formatRate(disks?.total.write_bytes_per_second ?? null)}
                    </Traced>
                  </td>
                  <td colSpan={2} />
                </tr>
              )}
              {list.map((disk, index) => (
                <DiskRow key={disk.name} disk={disk} index={index} />
              ))}
            </tbody>
          </table>
        </TableScroll>
      )}
    </ReadingPanel>
  );
}

function DiskRow({ disk, index }: { disk: Disk; index: number }) {
  const path = (key: keyof Disk) => ['disks', 'list', index, key];
  const level = levelOf('disk', disk.busy_percent);
  const queue = disk.queue_depth === null ? 'unknown' : disk.queue_depth.toFixed(2);
  return (
    <tr>
      <th scope="row" className="mono">
        {visible(disk.name, 60)}
      </th>
      <td className="right number" title={formatFrequency(disk.reads_per_second)}>
        <Traced path={path('read_bytes_per_second')}>{formatRate(disk.read_bytes_per_second)}</Traced>
      </td>
      <td className="right number" title={formatFrequency(disk.writes_per_second)}>
        <Traced path={path('write_bytes_per_second')}>{formatRate(disk.write_bytes_per_second)}</Traced>
      </td>
      <td
        className="right number pair"
        title={disk.read_latency_ms === null ? 'No request ended: no latency' : undefined}
      >
        <Traced path={path('read_latency_ms')}>{formatMilliseconds(disk.read_latency_ms)}</Traced>
        {' · '}
        <Traced path={path('write_latency_ms')}>{formatMilliseconds(disk.write_latency_ms)}</Traced>
      </td>
      <td>
        <span className="share" title={`${levelWord('disk', disk.busy_percent)}; requests under way: ${queue}`}>
          <Bar percent={disk.busy_percent} level={level} />
          <Traced path={path('busy_percent')} className={`number text-${level ?? 'unknown'}`}>
            {formatPercent(disk.busy_percent)}
          </Traced>
        </span>
      </td>
    </tr>
  );
}
