import { useMemo } from 'react';
import type { HostView } from '../../../../main/contract/hosts.ts';
import type { Sample, SampleData } from '../../../../main/contract/samples.ts';
import { unknown } from '../../../../main/domain/present/units.ts';
import { visible } from '../../../../main/domain/present/words.ts';
import { type ReadingColumn, ReadingTable } from '../../../parts/reading-table.tsx';
import { Traced } from '../../../parts/traced.tsx';
import { placed } from '../../../state/reading-rows.ts';
import { Words } from '../cells.tsx';
import { columnsOf } from '../reading-columns.tsx';
import { SlowPanel } from '../slow-panel.tsx';

type Addresses = NonNullable<SampleData['addresses']>;
type Interface = Addresses['interfaces'][number];
type Route = Addresses['routes'][number];

const link = columnsOf<Interface>('addresses', 'interfaces');
const linkColumns: readonly ReadingColumn<Interface>[] = [
  link.words('name', 'Interface', 7, { className: 'mono' }),
  link.words('state', 'State', 4.5, { className: 'faint' }),
  {
    ...{ id: 'addresses', label: 'Addresses', rem: 16, grow: 3 },
    cell: ({ addresses }, at) => {
      const text = addresses.map(({ address, prefix }) => (prefix === null ? address : `${address}/${prefix}`));
      return (
        <span title={text.length > 1 ? text.join('\n') : undefined} className="selectable">
          <Words path={link.path(at, 'addresses')} text={text.join('  ')} limit={300} className="mono" />
        </span>
      );
    },
  },
  link.words('mac', 'MAC', 9, { className: 'mono faint' }),
  link.number('mtu', 'MTU', 4, (mtu) => (mtu === null ? unknown : String(mtu))),
];

const route = columnsOf<Route>('addresses', 'routes');
const routeColumns: readonly ReadingColumn<Route>[] = [
  route.words('destination', 'To', 10, { grow: 2, className: 'mono' }),
  route.words('via', 'Via', 9, { grow: 1, className: 'mono' }),
  route.words('device', 'Interface', 7, { className: 'mono' }),
  route.words('source', 'From', 8, { grow: 1, className: 'mono faint' }),
  route.number('metric', 'Metric', 4.5, (metric) => (metric === null ? unknown : String(metric))),
];

const counted = { path: ['addresses', 'interfaces', 'length'] };

/** Where the host can be reached, by which ways it reaches others, and whom it asks for names. */
export function AddressesPanel({ view, sample }: { view: HostView; sample: Sample | null }) {
  const reading = sample?.data.addresses ?? null;
  const links = useMemo(() => placed(reading?.interfaces ?? []), [reading]);
  const routes = useMemo(() => placed(reading?.routes ?? []), [reading]);
  return (
    <SlowPanel
      view={view}
      id="addresses"
      title="Addresses"
      collector="addresses"
      sample={sample}
      count={links.length}
      counted={counted}
    >
      <ReadingTable
        name="Addresses"
        what="interfaces"
        columns={linkColumns}
        rows={links}
        keyOf={({ name }) => name}
        textOf={({ name, addresses, mac }) => [name, mac, ...addresses.map(({ address }) => address)].join(' ')}
      />
      {routes.length > 0 && (
        <ReadingTable
          name="Routes"
          what="routes"
          columns={routeColumns}
          rows={routes}
          keyOf={({ destination, device, metric }, at) => `${destination} ${device} ${metric} ${at}`}
          textOf={({ destination, via, device }) => `${destination} ${via} ${device}`}
        />
      )}
      <p className="panel-facts">
        <Names label="Asks for names" list={reading?.dns_servers ?? []} path={['addresses', 'dns_servers']} />
        <Names label="searches in" list={reading?.dns_search ?? []} path={['addresses', 'dns_search']} />
      </p>
    </SlowPanel>
  );
}

function Names({ label, list, path }: { label: string; list: readonly string[]; path: string[] }) {
  if (list.length === 0) return null;
  return (
    <span>
      <span className="faint">{label} </span>
      <Traced path={path} className="mono">
        {visible(list.slice(0, 10).join(' '), 300)}
      </Traced>
    </span>
  );
}
