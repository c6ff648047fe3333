import type { HostView } from '../../../../main/contract/hosts.ts';
import type { Sample, SampleData } from '../../../../main/contract/samples.ts';
import type { BtrfsDevice } from '../../../../main/contract/storage.ts';
import { btrfsTrouble } from '../../../../main/domain/present/arrays.ts';
import { formatBytes, formatCount, unknown } from '../../../../main/domain/present/units.ts';
import { visible } from '../../../../main/domain/present/words.ts';
import { type ReadingColumn, ReadingTable } from '../../../parts/reading-table.tsx';
import { placed } from '../../../state/reading-rows.ts';
import { percentOf, ShareCell, StateWord, Words } from '../cells.tsx';
import { columnsOf } from '../reading-columns.tsx';
import { SlowPanel } from '../slow-panel.tsx';

type Btrfs = NonNullable<SampleData['btrfs']>['list'][number];

const counted = { path: ['btrfs', 'list', 'length'] };

/** btrfs: what of each kind is used, how it is spread, and each device with its errors. */
export function BtrfsPanel({ view, sample }: { view: HostView; sample: Sample | null }) {
  const list = sample?.data.btrfs?.list ?? [];
  return (
    <SlowPanel
      view={view}
      id="btrfs"
      title="btrfs"
      collector="btrfs"
      sample={sample}
      count={list.length}
      counted={counted}
    >
      {list.length === 0 && <p className="hint">None is mounted.</p>}
      {list.map((one, at) => (
        <FileSystem key={one.uuid ?? at} one={one} at={at} />
      ))}
    </SlowPanel>
  );
}

function FileSystem({ one, at }: { one: Btrfs; at: number }) {
  const name = visible(one.label ?? one.uuid ?? 'no name told', 80);
  const path = (key: keyof Btrfs) => ['btrfs', 'list', at, key];
  return (
    <section className="pool" aria-label={name}>
      <header className="pool-head">
        <h3 className="mono ellipsis">{name}</h3>
      </header>
      <dl className="facts">
        {(['data', 'metadata'] as const).map((kind) => {
          const [used, total] = [one[`${kind}_used_bytes`], one[`${kind}_total_bytes`]];
          return (
            <div key={kind} className="fact-share">
              <dt>
                {kind} <Words path={path(`${kind}_profile`)} text={one[`${kind}_profile`]} />
              </dt>
              <dd>
                <ShareCell
                  path={path(`${kind}_used_bytes`)}
                  also={[path(`${kind}_total_bytes`)]}
                  how="100 × used ÷ what is set aside for it"
                  percent={percentOf(used, total)}
                  measure="filesystem"
                />
                <span className="number faint">
                  {formatBytes(used)} of {formatBytes(total)} set aside
                </span>
              </dd>
            </div>
          );
        })}
      </dl>
      <ReadingTable
        name={`Devices of ${name}`}
        columns={deviceColumns(at)}
        rows={placed(one.devices)}
        keyOf={({ id }) => String(id)}
      />
    </section>
  );
}

function deviceColumns(of: number): ReadingColumn<BtrfsDevice>[] {
  const { number, path } = columnsOf<BtrfsDevice>('btrfs', 'list', of, 'devices');
  return [
    {
      ...{ id: 'path', label: 'Device', rem: 8, grow: 1 },
      cell: (device, at) => <Words path={path(at, 'path')} text={device.path ?? unknown} className="mono" />,
    },
    {
      ...{ id: 'state', label: 'State', rem: 8, grow: 1 },
      cell: (device, at) => {
        const trouble = btrfsTrouble(device);
        const text = trouble?.words ?? 'no errors';
        return <StateWord path={path(at, trouble?.key ?? 'write_errors')} level={trouble?.level ?? 'ok'} text={text} />;
      },
    },
    number('write_errors', 'Write', 4.5, formatCount),
    number('read_errors', 'Read', 4.5, formatCount),
    number('flush_errors', 'Flush', 4.5, formatCount),
    number('corruption_errors', 'Corruption', 5.5, formatCount),
    number('generation_errors', 'Generation', 5.5, formatCount),
  ];
}
