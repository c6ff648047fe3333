import type { HostView } from '../../../main/contract/hosts.ts';
import type { Sample, SampleData } from '../../../main/contract/samples.ts';
import { levelOf, levelWord } from '../../../main/domain/present/levels.ts';
import { formatBytes, formatCount, formatPercent, unknown } from '../../../main/domain/present/units.ts';
import { visible } from '../../../main/domain/present/words.ts';
import { Bar } from '../../parts/bar.tsx';
import { TableScroll } from '../../parts/table-scroll.tsx';
import { Traced } from '../../parts/traced.tsx';
import { SlowPanel } from './slow-panel.tsx';

type Filesystem = NonNullable<SampleData['filesystems']>['list'][number];

/** What `df` said last. */
export function Filesystems({ view, sample }: { view: HostView; sample: Sample | null }) {
  const list = sample?.data.filesystems?.list ?? [];
  return (
    <SlowPanel view={view} id="filesystems" title="File systems" collector="filesystems" sample={sample}>
      {list.length === 0 ? (
        <p className="hint">This host lists none.</p>
      ) : (
        <TableScroll name="File systems table">
          <table className="table">
            <thead>
              <tr>
                <th scope="col">Mounted on</th>
                <th scope="col">Device</th>
                <th scope="col">Type</th>
                <th scope="col" className="right">
                  Size
                </th>
                <th scope="col" className="right">
                  Used
                </th>
                <th scope="col" className="right">
                  Available
                </th>
                <th scope="col" className="right" title="Of the files that it has room for">
                  Inodes
                </th>
                <th scope="col" className="column-share">
                  Used %
                </th>
              </tr>
            </thead>
            <tbody>
              {list.map((row, index) => {
                const path = (key: keyof Filesystem) => ['filesystems', 'list', index, key];
                const level = levelOf('filesystem', row.used_percent);
                return (
                  <tr key={`${row.mount}\n${row.device}`}>
                    <th scope="row" className="mono">
                      <Traced path={path('mount')}>{visible(row.mount, 300)}</Traced>
                    </th>
                    <td className="mono faint">
                      <Traced path={path('device')}>{visible(row.device, 300)}</Traced>
                    </td>
                    <td className="faint">
                      <Traced path={path('type')}>{row.type === null ? unknown : visible(row.type, 40)}</Traced>
                    </td>
                    <td className="right">
                      <Traced path={path('size_bytes')}>{formatBytes(row.size_bytes)}</Traced>
                    </td>
                    <td className="right">
                      <Traced path={path('used_bytes')}>{formatBytes(row.used_bytes)}</Traced>
                    </td>
                    <td className="right">
                      <Traced path={path('available_bytes')}>{formatBytes(row.available_bytes)}</Traced>
                    </td>
                    <td className="right" title={inodeWords(row)}>
                      <Traced
                        path={path('inodes_used_percent')}
                        className={`number text-${levelOf('inodes', row.inodes_used_percent ?? null) ?? 'unknown'}`}
                      >
                        {formatPercent(row.inodes_used_percent ?? null, 0)}
                      </Traced>
                    </td>
                    <td>
                      <span className="share" title={levelWord('filesystem', row.used_percent)}>
                        <Bar percent={row.used_percent} level={level} />
                        <Traced path={path('used_percent')} className={`number text-${level ?? 'unknown'}`}>
                          {formatPercent(row.used_percent, 0)}
                        </Traced>
                        <span className={`level-word text-${level ?? 'unknown'}`}>
                          {level === 'ok' ? '' : levelWord('filesystem', row.used_percent)}
                        </span>
                      </span>
                    </td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </TableScroll>
      )}
    </SlowPanel>
  );
}

/** A file system that makes inodes as it needs them runs out of none. */
function inodeWords({ inodes, inodes_used: used }: Filesystem): string {
  if (inodes == null || used == null) return 'Not told, or made as they are needed';
  return `${formatCount(used)} of ${formatCount(inodes)} inodes`;
}
