import type { SampleData } from '../../../../contract/samples.ts';
import { cutText } from '../../cut-text.ts';
import { type Loose, looseCount, looseObjects, looseText, parseJson } from '../loose-values.ts';

type Addresses = NonNullable<SampleData['addresses']>;

const maxInterfaces = 256;
const maxAddresses = 64;
const maxRoutes = 256;
const maxText = 128;

/** What `ip -j addr` and `ip -j route` print, one list behind another, pretty (`-p`) where it is alone. */
export function parseIpJson(text: string): Pick<Addresses, 'interfaces' | 'routes'> {
  const alone = text.trimStart().startsWith('[') ? parseJson(text) : undefined;
  const lines = text.split('\n', 64).filter((line) => line.startsWith('[{'));
  const lists = alone === undefined ? lines.map(parseJson) : [alone];
  const rows = lists.flatMap((list) => looseObjects(list, maxInterfaces + maxRoutes));
  return {
    interfaces: rows.flatMap(interfaceOf).slice(0, maxInterfaces),
    routes: rows.flatMap(routeOf).slice(0, maxRoutes),
  };
}

function interfaceOf(row: Loose): Addresses['interfaces'] {
  const name = looseText(row.ifname, maxText);
  if (name === null) return [];
  const mac = looseText(row.address, maxText);
  return [
    {
      name,
      mac: mac !== null && /^(?:[0-9a-f]{2}:){5,19}[0-9a-f]{2}$/i.test(mac) && !/^[0:]+$/.test(mac) ? mac : null,
      state: looseText(row.operstate, maxText),
      mtu: looseCount(row.mtu),
      addresses: looseObjects(row.addr_info, maxAddresses).flatMap((one) => {
        const address = looseText(one.local, maxText);
        const scope = looseText(one.scope, maxText);
        return address === null ? [] : [{ address, prefix: looseCount(one.prefixlen), scope }];
      }),
    },
  ];
}

/** Each next hop of a route of the main table with several is a route of its own. */
function routeOf(row: Loose): Addresses['routes'] {
  const destination = looseText(row.dst, maxText);
  if (destination === null || (looseText(row.table, 16) ?? 'main') !== 'main') return [];
  const kind = looseText(row.type, 16);
  const hops = looseObjects(row.nexthops, maxAddresses);
  return (hops.length === 0 ? [row] : hops).map((hop) => {
    const via = hop.via as Loose | null | undefined;
    return {
      destination: kind === null || kind === 'unicast' ? destination : cutText(`${kind} ${destination}`, maxText),
      via: looseText(hop.gateway, maxText) ?? looseText(via?.host, maxText),
      device: looseText(hop.dev, maxText) ?? looseText(row.dev, maxText),
      metric: looseCount(row.metric),
      source: looseText(row.prefsrc, maxText),
    };
  });
}
