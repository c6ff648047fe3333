import type { HostView } from '../../../main/contract/hosts.ts';
import type { Sample } from '../../../main/contract/samples.ts';
import { levelOf, levelWord } from '../../../main/domain/present/levels.ts';
import { formatBytes, formatPercent, unknown } from '../../../main/domain/present/units.ts';
import { problemWords, visible } from '../../../main/domain/present/words.ts';
import { Bar } from '../../parts/bar.tsx';
import { DataAge } from '../../parts/data-age.tsx';
import { TableScroll } from '../../parts/table-scroll.tsx';
import { instantOf } from '../../state/freshness.ts';
import { useMediumSeconds } from '../../state/settings.ts';

/** What `df` said last. */
export function Filesystems({ view, sample }: { view: HostView; sample: Sample | null }) {
  const cadenceSeconds = useMediumSeconds();
  const list = sample?.data.filesystems?.list ?? null;
  return (
    <section className="panel" aria-labelledby="filesystems">
      <h2 id="filesystems">
        File systems <DataAge view={{ connection: view.connection, cadenceSeconds }} at={instantOf(sample)} />
      </h2>
      {list === null && (
        <p className="hint">{visible(problemWords(sample?.data ?? null, 'filesystems') ?? 'Not read yet.', 300)}</p>
      )}
      {list?.length === 0 && <p className="hint">This host lists none.</p>}
      {list !== null && list.length > 0 && (
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
                <th scope="col" className="column-share">
                  Used %
                </th>
              </tr>
            </thead>
            <tbody>
              {list.map((row) => {
                const level = levelOf('filesystem', row.used_percent);
                return (
                  <tr key={`${row.mount}\n${row.device}`}>
                    <th scope="row" className="mono">
                      {visible(row.mount, 300)}
                    </th>
                    <td className="mono faint">{visible(row.device, 300)}</td>
                    <td className="faint">{row.type === null ? unknown : visible(row.type, 40)}</td>
                    <td className="right">{formatBytes(row.size_bytes)}</td>
                    <td className="right">{formatBytes(row.used_bytes)}</td>
                    <td className="right">{formatBytes(row.available_bytes)}</td>
                    <td>
                      <span className="share" title={levelWord('filesystem', row.used_percent)}>
                        <Bar percent={row.used_percent} level={level} />
                        <span className={`number text-${level ?? 'unknown'}`}>
                          {formatPercent(row.used_percent, 0)}
                        </span>
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
    </section>
  );
}
