import { describe, expect, test } from 'vitest';
import type { SampleData } from '../../../../contract/samples.ts';
import { record, run } from '../round-fixture.ts';
import { addresses } from './addresses.ts';
import { listeners } from './listeners.ts';

type Listeners = NonNullable<SampleData['listeners']>;

describe('listeners', () => {
  const one = (
    protocol: string,
    address: string,
    port: number,
    local: boolean,
    process: string | null,
    pid: number | null,
  ) => ({ protocol, address, port, local, process, pid });
  test.each([
    [
      'ss',
      'Netid State  Recv-Q Send-Q Local Address:Port Peer Address:PortProcess\nudp   UNCONN 0      0      127.0.0.53%lo:53      0.0.0.0:*    users:(("systemd-resolve",pid=600,fd=13))\ntcp   LISTEN 0      128          0.0.0.0:22        0.0.0.0:*    users:(("sshd",pid=1,fd=3),("a "b",pid=2",pid=7,fd=3))\ntcp   LISTEN 0      128             [::]:22           [::]:*    users:(("sshd",pid=1,fd=4))\ntcp LISTEN 0 5 *:8080 *:*\ntcp LISTEN 0 5 [::ffff:127.0.0.1]:63342 *:*\ntcp ESTAB 0 0 10.0.0.1:22 10.0.0.2:4000\n',
      false,
      [
        one('udp', '127.0.0.53%lo', 53, true, 'systemd-resolve', 600),
        one('tcp', '*', 22, false, 'sshd', 1),
        one('tcp', '*', 22, false, 'a "b",pid=2', 7),
        one('tcp', '*', 8080, false, null, null),
        one('tcp', '::ffff:127.0.0.1', 63_342, true, null, null),
      ],
    ],
    [
      'netstat',
      'Active Internet connections (only servers)\nProto Recv-Q Send-Q Local Address           Foreign Address         State       PID/Program name\ntcp        0      0 0.0.0.0:22              0.0.0.0:*               LISTEN      1/sshd: /usr/sbin\ntcp6       0      0 ::1:631                 :::*                    LISTEN      9/cupsd\nudp        0      0 0.0.0.0:68              0.0.0.0:*                           77/dhclient\n',
      true,
      [
        one('tcp', '*', 22, false, 'sshd: /usr/sbin', 1),
        one('tcp', '::1', 631, true, 'cupsd', 9),
        one('udp', '*', 68, false, 'dhclient', 77),
      ],
    ],
    [
      '/proc/net',
      '/proc/net/tcp:  sl  local_address rem_address   st\n/proc/net/tcp:   0: 0100007F:0016 00000000:0000 0A 00000000:00000000\n/proc/net/tcp:   1: 0100007F:0017 0100007F:9999 01 00000000:00000000\n/proc/net/tcp6:   0: 00000000000000000000000001000000:0277 00000000000000000000000000000000:0000 0A 0\n/proc/net/tcp6:   1: 0000000000000000FFFF00000100007F:1F45 00000000000000000000000000000000:0000 0A 0\n/proc/net/udp:  5: 00000000:0044 00000000:0000 07 0\n',
      false,
      [
        one('tcp', '127.0.0.1', 22, true, null, null),
        one('tcp', '::1', 631, true, null, null),
        one('tcp', '::ffff:127.0.0.1', 8005, true, null, null),
        one('udp', '*', 68, false, null, null),
      ],
    ],
  ])('as %s tells', (_, text, complete, list) => {
    expect(run(listeners, { 'listeners.ss': text })).toEqual({
      status: 'ok',
      value: { list, count: list.length, complete },
    });
    expect(run(listeners, { 'listeners.ss': text.replaceAll('\n', '\r\n') })).toEqual({
      status: 'ok',
      value: { list, count: list.length, complete },
    });
  });

  test('of too many, those that others reach are listed, and how many there are is told', () => {
    const socket = (address: string, port: number) => `tcp LISTEN 0 128 ${address}:${port} 0.0.0.0:*\n`;
    const local = Array.from({ length: 600 }, (_, port) => socket('127.0.0.1', port + 1)).join('');
    const text = `Netid State Recv-Q Send-Q Local Address:Port Peer Address:Port\n${local}${socket('0.0.0.0', 8006)}`;
    const { list, count } = (run(listeners, { 'listeners.ss': text }) as { value: Listeners }).value;
    expect([list.length, count, list[0], list[1]]).toEqual([
      512,
      601,
      one('tcp', '*', 8006, false, null, null),
      one('tcp', '127.0.0.1', 1, true, null, null),
    ]);
    const cut = run(listeners, { 'listeners.ss': record(text, { truncated: true }) }) as { value: Listeners };
    expect(cut.value.count).toBeNull();
  });

  test.each([
    [
      'ss of one protocol',
      'State  Recv-Q Send-Q Local Address:Port Peer Address:Port\nLISTEN 0 128 0.0.0.0:22 0.0.0.0:* users:(("sshd",pid=1,fd=3))\nUNCONN 0 0 127.0.0.1:323 0.0.0.0:*\n',
      [one('tcp', '*', 22, false, 'sshd', 1), one('udp', '127.0.0.1', 323, true, null, null)],
    ],
    [
      'an old ss',
      'Netid State Recv-Q Send-Q Local Address:Port Peer Address:Port\ntcp LISTEN 0 128 :::22 :::* users:(("sshd",1500,4),("a "b",7,3))\n',
      [one('tcp', '*', 22, false, 'sshd', 1500), one('tcp', '*', 22, false, 'a "b', 7)],
    ],
    [
      'netstat with users and inodes (-e), and timers (-o)',
      'Proto Recv-Q Send-Q Local Address Foreign Address State User Inode PID/Program name\ntcp 0 0 127.0.0.1:3306 0.0.0.0:* LISTEN 112 23456 1021/mysqld x off (0.00/0/0)\nudp 0 0 0.0.0.0:68 0.0.0.0:* 0 18777 622/dhclient\n',
      [one('tcp', '127.0.0.1', 3306, true, 'mysqld x', 1021), one('udp', '*', 68, false, 'dhclient', 622)],
    ],
    [
      'tables of the kernel without their names',
      '  sl  local_address rem_address   st\n   0: 0100007F:0016 00000000:0000 0A 0\n  sl  local_address rem_address st inode ref pointer drops\n 5: 00000000:0044 00000000:0000 07 0\n',
      [one('tcp', '127.0.0.1', 22, true, null, null), one('udp', '*', 68, false, null, null)],
    ],
  ])('as captures of %s tell', (_, text, list) => {
    expect(run(listeners, { 'listeners.ss': text })).toMatchObject({ status: 'ok', value: { list } });
  });

  test.each([
    'Netid State Recv-Q Send-Q Local Address:Port Peer Address:Port\ntcp LISTEN 0 128 *:8080 *:*\ntcp LISTEN 0 128 *:ssh *:*\n',
    'State Recv-Q Send-Q Local Address:Port Peer Address:Port\nLISTEN 0 128 *:ssh *:*\n',
    'Proto Recv-Q Send-Q Local Address Foreign Address State\ntcp 0 0 *:ssh *:* LISTEN\n',
    'Proto Recv-Q Send-Q Local Address Foreign Address State\nudp 0 0 *:ssh *:*\n',
  ])('a name of a port is no number: %j', (text) => {
    expect(run(listeners, { 'listeners.ss': text })).toEqual({
      status: 'failed',
      reason: 'Listeners: *:ssh is a name where a number should be: ask with -n.',
    });
  });

  test('fail where nothing is told', () => {
    expect(run(listeners, { 'listeners.ss': record('', { exit: 2 }) })).toEqual({
      status: 'failed',
      reason: 'Listeners: ss said exit 2',
    });
    expect(run(listeners, { 'listeners.ss': record('', { exit: null, timedOut: true }) }).status).toBe('failed');
  });
});

test('addresses, routes and name servers', () => {
  const text = `1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue state UNKNOWN group default qlen 1000
    link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00
    inet 127.0.0.1/8 scope host lo
2: eth0@if7: <BROADCAST,UP> mtu 1500 qdisc noqueue state UP group default qlen 1000
    link/ether 02:fc:00:00:00:01 brd ff:ff:ff:ff:ff:ff link-netnsid 0
    inet 192.0.2.2/24 brd 192.0.2.255 scope global dynamic eth0
       valid_lft forever preferred_lft forever
    inet6 fe80::1/64 scope link
3: tun0: <POINTOPOINT,UP> mtu 1400 qdisc noop qlen 500
    link/none
    inet 10.8.0.6 peer 10.8.0.5/32 scope global tun0
default via 192.0.2.1 dev eth0 proto dhcp src 192.0.2.2 metric 100
192.0.2.0/24 dev eth0 proto kernel scope link src 192.0.2.2
10.9.0.0/16 proto static
\tnexthop via 192.0.2.8 dev eth0 weight 1
\tnexthop via inet6 fe80::9 dev eth0 weight 1
unreachable 10.10.0.0/16 metric 5
default via fe80::fe dev eth0 metric 1024 pref medium
# a comment
nameserver 10.0.0.53
nameserver 10.0.0.53
search example.org lan
`;
  const route = (
    destination: string,
    via: string | null,
    device: string | null,
    metric: number | null,
    source: string | null = null,
  ) => ({ destination, via, device, metric, source });
  const wanted = {
    status: 'ok',
    value: {
      interfaces: [
        {
          name: 'lo',
          mac: null,
          state: 'UNKNOWN',
          mtu: 65_536,
          addresses: [{ address: '127.0.0.1', prefix: 8, scope: 'host' }],
        },
        {
          ...{ name: 'eth0', mac: '02:fc:00:00:00:01', state: 'UP', mtu: 1500 },
          addresses: [
            { address: '192.0.2.2', prefix: 24, scope: 'global' },
            { address: 'fe80::1', prefix: 64, scope: 'link' },
          ],
        },
        {
          name: 'tun0',
          mac: null,
          state: null,
          mtu: 1400,
          addresses: [{ address: '10.8.0.6', prefix: 32, scope: 'global' }],
        },
      ],
      routes: [
        route('default', '192.0.2.1', 'eth0', 100, '192.0.2.2'),
        route('192.0.2.0/24', null, 'eth0', null, '192.0.2.2'),
        route('10.9.0.0/16', '192.0.2.8', 'eth0', null),
        route('10.9.0.0/16', 'fe80::9', 'eth0', null),
        route('unreachable 10.10.0.0/16', null, null, 5),
        route('default', 'fe80::fe', 'eth0', 1024),
      ],
      dns_servers: ['10.0.0.53'],
      dns_search: ['example.org', 'lan'],
    },
  };
  expect(run(addresses, { 'addresses.ip': text })).toEqual(wanted);
  expect(run(addresses, { 'addresses.ip': text.replaceAll('\n', '\r\n') })).toEqual(wanted);
  expect(run(addresses, { 'addresses.ip': 'what?\n' })).toEqual({
    status: 'failed',
    reason: 'Addresses: ip said what?',
  });
  expect(run(addresses, { 'addresses.ip': record('', { error: '{:enoent, "ip"}', exit: null }) }).status).toBe(
    'absent',
  );
});

test('routes are those of the main table; what several hops share is said once', () => {
  const text = `default proto static metric 10
\tnexthop via 192.0.2.1 dev eth0 weight 1
\tnexthop via 192.0.2.2 dev eth1 weight 1
10.1.0.0/16 via 192.0.2.9 dev eth0 table 100
local 192.0.2.5 dev eth0 table local proto kernel scope host src 192.0.2.5
broadcast 192.0.2.255 dev eth0 proto kernel scope link src 192.0.2.5
throw 10.9.0.0/16
::1 dev lo proto kernel metric 256 pref medium
`;
  const rows = [
    ['default', '192.0.2.1', 'eth0', 10, null],
    ['default', '192.0.2.2', 'eth1', 10, null],
    ['broadcast 192.0.2.255', null, 'eth0', null, '192.0.2.5'],
    ['throw 10.9.0.0/16', null, null, null, null],
    ['::1', null, 'lo', 256, null],
  ];
  const routes = rows.map(([destination, via, device, metric, source]) => ({
    ...{ destination, via, device, metric, source },
  }));
  expect(run(addresses, { 'addresses.ip': text })).toMatchObject({ value: { routes } });
});
