import { expect, test } from 'vitest';
import { run } from '../round-fixture.ts';
import { addresses } from './addresses.ts';

const links = [
  {
    ...{ ifindex: 2, ifname: 'eth0', flags: ['UP'], mtu: 1500, operstate: 'UP', link_type: 'ether' },
    address: '02:00:00:00:00:01',
    addr_info: [
      { family: 'inet', local: '192.0.2.2', prefixlen: 24, scope: 'global' },
      { family: 'inet6', local: 'fe80::1', prefixlen: 64, scope: 'link' },
      {},
    ],
  },
  { ifname: 'lo', mtu: 65536, operstate: 'UNKNOWN', address: '00:00:00:00:00:00', addr_info: [] },
];
const routes = [
  { dst: 'default', gateway: '192.0.2.1', dev: 'eth0', metric: 100, flags: [] },
  {
    dst: '198.51.100.0/24',
    nexthops: [
      { gateway: '192.0.2.3', dev: 'eth0' },
      { via: { host: 'fe80::9' }, dev: 'eth1' },
    ],
  },
  { type: 'blackhole', dst: '203.0.113.0/24', table: 'main' },
  { dst: '10.9.0.0/16', gateway: '192.0.2.4', dev: 'eth0', table: '100' },
];
const interfaces = [
  {
    ...{ name: 'eth0', mac: '02:00:00:00:00:01', state: 'UP', mtu: 1500 },
    addresses: [
      { address: '192.0.2.2', prefix: 24, scope: 'global' },
      { address: 'fe80::1', prefix: 64, scope: 'link' },
    ],
  },
  { name: 'lo', mac: null, state: 'UNKNOWN', mtu: 65536, addresses: [] },
];
const route = (destination: string, via: string | null, device: string | null, metric: number | null = null) => ({
  ...{ destination, via, device, metric, source: null },
});
const ways = [
  route('default', '192.0.2.1', 'eth0', 100),
  route('198.51.100.0/24', '192.0.2.3', 'eth0'),
  route('198.51.100.0/24', 'fe80::9', 'eth1'),
  route('blackhole 203.0.113.0/24', null, null),
];
const none = { dns_servers: [], dns_search: [] };

test.each([
  ['one list a line', `${JSON.stringify(links)}\n${JSON.stringify(routes)}\n`, { interfaces, routes: ways, ...none }],
  ['pretty', JSON.stringify(links, null, 4), { interfaces, routes: [], ...none }],
])('ip -j, %s', (_, text, value) => {
  expect(run(addresses, { 'addresses.ip': text })).toEqual({ status: 'ok', value });
});
