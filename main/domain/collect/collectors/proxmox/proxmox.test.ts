import { describe, expect, test } from 'vitest';
import { proxmoxSchema } from '../../../../contract/guests.ts';
import { record, run } from '../round-fixture.ts';
import { proxmox } from './proxmox.ts';
import type { Proxmox } from './told.ts';

const parse = (text: string): Proxmox => {
  const outcome = run(proxmox, { 'proxmox.resources': text });
  if (outcome.status !== 'ok') throw new Error(outcome.reason);
  return proxmoxSchema.parse(outcome.value);
};

const guest = {
  ...{ name: null, node: null, type: 'qemu', state: 'unknown', template: false, cpu_percent: null, cpus: null },
  ...{ memory_bytes: null, memory_total_bytes: null, disk_bytes: null, disk_total_bytes: null, uptime_seconds: null },
  ...{ rx_bytes_per_second: null, tx_bytes_per_second: null, read_bytes_per_second: null },
  ...{ write_bytes_per_second: null, tags: [], lock: null, ha_state: null },
};
const node = {
  ...{ name: null, online: null, local: null, cpu_percent: null, cpus: null, memory_bytes: null },
  ...{ memory_total_bytes: null, disk_bytes: null, disk_total_bytes: null, uptime_seconds: null },
  ...{ load_one: null, load_five: null, load_fifteen: null },
};
const storage = {
  ...{ node: null, type: null, active: null, enabled: null, shared: null },
  ...{ total_bytes: null, used_bytes: null, available_bytes: null, used_percent: null },
};

const vm = (at: number, uptime: number, rx: number) =>
  `pve2.3-vm/100:${uptime}:web shop:running:0:${at}:4:0.25:4096:1024:8192:0:${rx}:20:30:40`;
const files = (report: string) => `/etc/pve/nodes/pve1/qemu-server/100.conf:tags: prod;web
/etc/pve/nodes/pve1/qemu-server/100.conf:[before]
/etc/pve/nodes/pve1/qemu-server/100.conf:lock: snapshot
/etc/pve/nodes/pve1/lxc/101.conf:lock: backup
==> /etc/pve/.members <==
{
"nodename": "pve1",
"version": 6,
"cluster": { "name": "rack", "version": 3, "nodes": 2, "quorate": 1 },
"nodelist": {
  "pve1": { "id": 1, "online": 1, "ip": "192.0.2.1"},
  "pve2": { "id": 2, "online": 0, "ip": "192.0.2.2"}
  }
}

==> /etc/pve/.vmlist <==
{"version":9,"ids":{
"100": { "node": "pve1", "type": "qemu", "version": 5 },
"101": { "node": "pve1", "type": "lxc", "version": 6 },
"900": { "node": "pve2", "type": "qemu", "version": 7 }}}

==> /etc/pve/.rrd <==
pve2-node/pve1:5000::1700000000:0.50:8:0.125:0.01:64000:16000:0:0:9000:3000:1:2
${report}
pve-vm-9.0/101:0:files:stopped:0:1700000000:2::512::2048:0:::::0
pve2-storage/pve1/local:1700000000:1000:250

==> /etc/pve/storage.cfg <==
dir: local
\tpath /var/lib/vz
\tcontent iso,backup

nfs: far away
nfs: far
\tserver 192.0.2.9
\tdisable

==> /etc/pve/ha/manager_status <==
{"service_status":{"vm:100":{"state":"started","node":"pve1"}}}`;

describe('the files of the cluster', () => {
  test('tell nodes, quorum, guests, storages, tags and locks', () => {
    expect(parse(files(vm(1_700_000_000, 60, 10)))).toEqual({
      version: null,
      cluster: { name: 'rack', quorate: true, nodes: 2 },
      nodes: [
        {
          ...node,
          ...{ name: 'pve1', online: true, local: true, cpu_percent: 12.5, cpus: 8, memory_bytes: 16_000 },
          ...{ memory_total_bytes: 64_000, disk_bytes: 3000, disk_total_bytes: 9000, uptime_seconds: 5000 },
          load_one: 0.5,
        },
        { ...node, name: 'pve2', online: false, local: false },
      ],
      guests: [
        {
          ...guest,
          ...{ vmid: 100, name: 'web shop', node: 'pve1', state: 'running', cpu_percent: 25, cpus: 4 },
          ...{ memory_bytes: 1024, memory_total_bytes: 4096, disk_total_bytes: 8192, uptime_seconds: 60 },
          ...{ tags: ['prod', 'web'], ha_state: 'started' },
        },
        {
          ...guest,
          ...{ vmid: 101, name: 'files', node: 'pve1', type: 'lxc', state: 'stopped', cpus: 2, uptime_seconds: 0 },
          ...{ memory_total_bytes: 512, disk_total_bytes: 2048, lock: 'backup' },
        },
        { ...guest, vmid: 900, node: 'pve2' },
      ],
      storages: [
        {
          ...storage,
          ...{ name: 'local', node: 'pve1', type: 'dir', active: true, enabled: true, shared: false },
          ...{ total_bytes: 1000, used_bytes: 250, available_bytes: 750, used_percent: 25 },
        },
        { ...storage, name: 'far', type: 'nfs', active: false, enabled: false, shared: true },
      ],
    });
  });

  test('give rates over the time between two reports, and none where the guest began anew', () => {
    const rx = (second: string) => {
      const { state } = run(proxmox, { 'proxmox.resources': files(vm(1_700_000_000, 60, 1000)) });
      const next = run(proxmox, { 'proxmox.resources': files(second) }, { previous: state, elapsed: 307 });
      return next.status === 'ok' ? (next.value as Proxmox).guests[0]?.rx_bytes_per_second : null;
    };
    expect([
      rx(vm(1_700_000_300, 360, 4000)),
      rx(vm(1_700_000_300, 20, 4000)),
      rx(vm(1_700_000_300, 360, 999)),
      rx(vm(1_700_000_000, 60, 1000)),
    ]).toEqual([10, null, null, null]);
  });
});

describe('pvesh', () => {
  const rows = [
    {
      id: 'node/pve',
      type: 'node',
      node: 'pve',
      status: 'online',
      cpu: 0.5,
      maxcpu: 4,
      mem: 10,
      maxmem: 20,
      uptime: 9,
    },
    {
      ...{ id: 'qemu/100', type: 'qemu', vmid: 100, name: 'a b', node: 'pve', status: 'running', template: 0 },
      ...{ cpu: 0.1, maxcpu: 2, mem: 3, maxmem: 4, disk: 0, maxdisk: 5, uptime: 100, netin: 6, netout: 7 },
      ...{ diskread: 8, diskwrite: 9, tags: 'x;y', lock: 'backup', hastate: 'started' },
    },
    { id: 'lxc/101', type: 'lxc', vmid: 101, status: 'stopped', template: 1, disk: 12 },
    {
      id: 'storage/pve/nfs',
      type: 'storage',
      storage: 'nfs',
      node: 'pve',
      status: 'unknown',
      plugintype: 'nfs',
      shared: 1,
    },
    { id: 'sdn/pve/localnetwork', type: 'sdn', sdn: 'localnetwork' },
  ];

  test('after a warning', () => {
    const found = parse(`perl: warning: Setting locale failed.\n${JSON.stringify(rows)}`);
    expect(found).toEqual({
      ...{ version: null, cluster: null },
      nodes: [
        {
          ...node,
          ...{ name: 'pve', online: true, cpu_percent: 50, cpus: 4, memory_bytes: 10, memory_total_bytes: 20 },
          uptime_seconds: 9,
        },
      ],
      guests: [
        {
          ...guest,
          ...{ vmid: 100, name: 'a b', node: 'pve', state: 'running', cpu_percent: 10, cpus: 2, memory_bytes: 3 },
          ...{ memory_total_bytes: 4, disk_total_bytes: 5, uptime_seconds: 100 },
          ...{ tags: ['x', 'y'], lock: 'backup', ha_state: 'started' },
        },
        { ...guest, vmid: 101, type: 'lxc', state: 'stopped', template: true, disk_bytes: 12 },
      ],
      storages: [{ ...storage, name: 'nfs', node: 'pve', type: 'nfs', shared: true }],
    });
  });

  test('rates are over the rounds, as its rows have no time', () => {
    const text = (more: number) => JSON.stringify([{ ...rows[1], netin: 6 + more, uptime: 100 + more }]);
    const { state } = run(proxmox, { 'proxmox.resources': text(0) });
    const next = run(proxmox, { 'proxmox.resources': text(30) }, { previous: state, elapsed: 10 });
    expect(next).toMatchObject({ value: { guests: [{ rx_bytes_per_second: 3, tx_bytes_per_second: 0 }] } });
  });

  test('a node with nothing on it', () => {
    expect(parse('[]')).toEqual({ version: null, cluster: null, nodes: [], guests: [], storages: [] });
  });
});

describe('other answers of the interface', () => {
  test('the state of HA', () => {
    const rows = [
      { id: 'quorum', node: 'a', quorate: 1, status: 'OK', type: 'quorum' },
      { id: 'master', node: 'a', status: 'a (active, now)', type: 'master' },
      { id: 'lrm:b', node: 'b', status: 'b (idle, now)', type: 'lrm' },
      { id: 'service:ct:7', sid: 'ct:7', node: 'a', state: 'started', type: 'service' },
    ];
    expect(parse(JSON.stringify(rows))).toMatchObject({
      cluster: { name: null, quorate: true, nodes: null },
      nodes: [{ name: 'b', online: null }],
      guests: [{ vmid: 7, type: 'lxc', node: 'a', ha_state: 'started' }],
    });
    const current = { vmid: 7, status: 'running', ha: { managed: 1, state: 'started' } };
    expect(parse(JSON.stringify(current))).toMatchObject({ guests: [{ vmid: 7, ha_state: 'started' }] });
  });

  test('a node that has not reported is not offline, and a storage may be switched off', () => {
    const nodes = ['online', 'offline', 'unknown'].map((status) => ({ type: 'node', node: status, status }));
    const storages = [
      { storage: 'local', type: 'dir' },
      { storage: 'nas', type: 'nfs', disable: 1 },
    ];
    expect(parse(JSON.stringify([...nodes, ...storages]))).toMatchObject({
      nodes: [
        { name: 'offline', online: false },
        { name: 'online', online: true },
        { name: 'unknown', online: null },
      ],
      storages: [
        { name: 'local', enabled: null },
        { name: 'nas', enabled: false },
      ],
    });
  });

  test.each([
    { upid: 'UPID:a:1:vzdump:100:root@pam:', node: 'a', type: 'vzdump', id: '100', status: 'OK' },
    { volid: 'pbs:backup/vm/100/2024-01-05T02:00:02Z', content: 'backup', ctime: 1_704_416_402, vmid: 100 },
    { id: 'backup-1', type: 'vzdump', storage: 'pbs', vmid: '100,101', enabled: 1 },
    { iface: 'vmbr0', type: 'bridge', active: 1 },
    { time: 1_741_000_000, msg: 'started', user: 'root@pam', node: 'a' },
  ])('what is of other things tells of no guest: %j', (row) => {
    expect(run(proxmox, { 'proxmox.resources': JSON.stringify([row]) })).toMatchObject({
      status: 'failed',
      reason: expect.stringContaining('told nothing of guests'),
    });
  });
});

describe('tables for people', () => {
  test('qm list, with a name that holds spaces', () => {
    const found = parse(`      VMID NAME                 STATUS     MEM(MB)    BOOTDISK(GB) PID
       100 web shop             running    2048              32.00 1234
       101 db                   stopped    512                0.00 0\r\n`);
    expect(found.guests).toEqual([
      {
        ...guest,
        ...{ vmid: 100, name: 'web shop', state: 'running', memory_total_bytes: 2 ** 31, disk_total_bytes: 2 ** 35 },
      },
      { ...guest, vmid: 101, name: 'db', state: 'stopped', memory_total_bytes: 2 ** 29, disk_total_bytes: 0 },
    ]);
  });

  test('pct list tells a lock from a name', () => {
    const found = parse(`VMID       Status     Lock         Name
100        running                 dns
101        stopped    backup       files
`);
    expect(found.guests.map(({ vmid, type, lock, name }) => [vmid, type, lock, name])).toEqual([
      [100, 'lxc', null, 'dns'],
      [101, 'lxc', 'backup', 'files'],
    ]);
  });

  test('pvesm status, after a warning; what is not active has no size', () => {
    const found = parse(`storage 'nas' is not online
Name         Type     Status     Total (KiB)      Used (KiB) Available (KiB)        %
local         dir     active             100              25              70   25.00%
nas           nfs   inactive               0               0               0    0.00%
old           dir   disabled               0               0               0      N/A
`);
    expect(found.storages).toEqual([
      {
        ...storage,
        ...{ name: 'local', type: 'dir', active: true, enabled: true },
        ...{ total_bytes: 102_400, used_bytes: 25_600, available_bytes: 71_680, used_percent: 25 },
      },
      { ...storage, name: 'nas', type: 'nfs', active: false, enabled: true },
      { ...storage, name: 'old', type: 'dir', active: false, enabled: false },
    ]);
  });

  test('ha-manager status', () => {
    const found = parse('quorum OK\nmaster a (active, now)\nlrm a (idle, now)\nservice ct:7 (a, started)\n');
    expect(found).toMatchObject({
      cluster: { name: null, quorate: true, nodes: null },
      nodes: [{ name: 'a' }],
      guests: [{ vmid: 7, type: 'lxc', node: 'a', ha_state: 'started' }],
    });
  });
});

test('pvecm status', () => {
  const text =
    'Cluster information\n-------------------\nName:             lab\nNodes:            3\nQuorate:          No\n';
  expect(parse(text)).toMatchObject({ cluster: { name: 'lab', nodes: 3, quorate: false } });
});

test('pvecm nodes; in pvecm status they are addresses', () => {
  const nodes = (...rows: string[]) =>
    `Membership information\n----------------------\n    Nodeid      Votes Name\n${rows.join('\n')}\n`;
  expect(parse(nodes('         1          1 pve1 (local)', '         2          1 pve2'))).toMatchObject({
    nodes: [
      { name: 'pve1', online: true, local: true },
      { name: 'pve2', online: true, local: false },
    ],
  });
  expect(parse(nodes('0x00000001          1 192.0.2.1 (local)'))).toMatchObject({ nodes: [] });
});

const allVersions =
  'proxmox-ve: 8.1.0 (running kernel: 6.5.11-8-pve)\npve-manager: 8.1.4 (running version: 8.1.4/ec5affc9)\n';
test('the version, in the words of each that knows it', () => {
  for (const text of [
    ...['8.1.4\n', 'pve-manager\t8.1.4\n', 'pve-manager/8.1.4/ec5affc9 (running kernel: 6.5.11-8-pve)\n'],
    ...[allVersions, `${allVersions}${'x'.repeat(200)}: 1.0\n`],
  ])
    expect(run(proxmox, { 'proxmox.version': text })).toMatchObject({ value: { version: '8.1.4' } });
});

test('what does not tell anything is absent or failed, and says why', () => {
  const of = (text: string, more: object) => run(proxmox, { 'proxmox.resources': record(text, more) });
  const refused = new TextEncoder().encode('sudo: a password is required\n');
  expect([
    of('', { exit: null, error: '{:enoent, "pvesh"}' }),
    of('', { exit: 1, stderr: refused }),
    of('', { exit: null, timedOut: true }),
    of('', { exit: 2, stderr: new TextEncoder().encode('ipcc_send_rec[1] failed: Connection refused\n') }),
    of('[{"id":"qemu/1', {}),
  ]).toEqual([
    { status: 'absent', reason: 'Proxmox VE: there is no pvesh here.' },
    {
      status: 'failed',
      reason: 'Proxmox VE: pvesh needs root.',
      remedy: expect.stringContaining('/usr/bin/pvesh get'),
    },
    { status: 'failed', reason: 'Proxmox VE: pvesh did not answer within 20 s.' },
    {
      status: 'failed',
      reason: 'Proxmox VE: pvesh told nothing of guests: ipcc_send_rec[1] failed: Connection refused',
    },
    { status: 'failed', reason: 'Proxmox VE: pvesh told nothing of guests: [{"id":"qemu/1' },
  ]);
});
