import { expect, test } from 'vitest';
import type { Kind, SampleData } from '../../contract/samples.ts';
import { defaultThresholds } from '../present/levels.ts';
import { findingsOf } from './find.ts';
import { diskOf, poolOf, sampleOf, scrubbed, start, vdevOf } from './health-fixture.ts';

const found = (kind: Kind, data: Partial<SampleData>) => {
  const none = { fast: null, medium: null, slow: null, daily: null };
  return findingsOf({ ...none, [kind]: sampleOf(kind, 0, data) }, defaultThresholds);
};
const lines = (kind: Kind, data: Partial<SampleData>) =>
  found(kind, data).map(({ id, severity, text, path }) => `${severity} ${text} | ${id} | ${path.join('.')}`);

const share = (busy: number) => ({
  ...{ busy_percent: busy, user_percent: null, nice_percent: null, system_percent: null, irq_percent: null },
  ...{ softirq_percent: null, steal_percent: null, iowait_percent: null, idle_percent: null },
});
const memory = (used: number, swap: number) => ({
  ...{ total_bytes: 100 * 2 ** 30, used_bytes: used * 2 ** 30, available_bytes: (100 - used) * 2 ** 30 },
  ...{ available_estimated: false, free_bytes: null, buffers_bytes: null, cached_bytes: null, shared_bytes: null },
  ...{ swap: { total_bytes: 100, used_bytes: swap }, arc: null, scope: 'host' as const },
});

test('a host that is well has no findings, nor has one of which nothing is known', () => {
  expect(found('medium', { zfs: { version: null, pools: [poolOf()] } })).toEqual([]);
  expect(findingsOf({ fast: null, medium: null, slow: null, daily: null }, defaultThresholds)).toEqual([]);
});

test('a finding names its reading', () => {
  const vdevs = [
    vdevOf('mirror-0', { depth: 0, group: true, state: 'DEGRADED' }),
    vdevOf('sdc', { checksum_errors: 12 }),
  ];
  expect(found('medium', { zfs: { version: null, pools: [poolOf({ state: 'DEGRADED', vdevs })] } })).toEqual([
    {
      ...{ id: 'pool/tank/devices', severity: 'warn', text: 'pool tank DEGRADED: sdc 12 checksum errors' },
      ...{ collector: 'zfs', kind: 'medium', collected_at: new Date(start).toISOString() },
      path: ['zfs', 'pools', 0, 'state'],
    },
  ]);
});

test('pools: what is worst comes first', () => {
  const vdevs = [vdevOf('sda', { state: 'FAULTED', note: 'too many errors' }), vdevOf('sdb', { read_errors: 1 })];
  const scan = { ...scrubbed, function: 'resilver', state: 'running', progress_percent: 12.34 } as const;
  const pools = [poolOf({ name: 'old', scan: null }), poolOf({ state: 'DEGRADED', used_percent: 95, vdevs, scan })];
  expect(lines('medium', { zfs: { version: null, pools } })).toEqual([
    'bad pool tank DEGRADED: sda FAULTED: too many errors, sdb 1 read error | pool/tank/devices | zfs.pools.1.vdevs.0.state',
    'bad pool tank: 95 % full | pool/tank/space | zfs.pools.1.used_percent',
    'warn pool old: never scrubbed | pool/old/scrub | zfs.pools.0.scan',
    'warn pool tank: resilver under way, 12.3 % done | pool/tank/repair | zfs.pools.1.scan.progress_percent',
  ]);
});

test('what makes a host busy counts from its upper threshold on, and memory from the lower one', () => {
  const cores = [0, 1].map((id) => ({ id, share: null }));
  const load = { one: 9, five: 3.5, fifteen: 1, running: null, tasks: null };
  const stall = { stalled_percent: 1, avg10_percent: 90, avg60_percent: 45, avg300_percent: 3 };
  const pressure = { cpu: null, memory: null, io: { some: stall, full: null }, irq: null };
  const cpu = { total: share(97), cores };
  expect(lines('fast', { cpu, load, memory: memory(85, 70), pressure })).toEqual([
    'warn CPU 97 % busy | cpu | cpu.total.busy_percent',
    'warn load 3.50 over five minutes, on 2 cores | load | load.five',
    'warn memory 85 % used, 15.0 GB available | memory | memory.used_bytes',
    'warn swap 70 % used | swap | memory.swap.used_bytes',
    'warn tasks wait for I/O 45 % of the time | pressure/io | pressure.io.some.avg60_percent',
  ]);
  expect(lines('fast', { cpu: { total: share(80), cores }, memory: memory(95, 30) })).toEqual([
    'bad memory 95 % used, 5.00 GB available | memory | memory.used_bytes',
  ]);
});

test('file systems by bytes and inodes; what is full by its nature, or shares the room of a pool, is not told', () => {
  const row = (mount: string, used: number, more = {}) => ({
    ...{ device: '/dev/sda1', type: 'ext4', mount, size_bytes: 100, used_bytes: used, available_bytes: 2 ** 31 },
    ...{ used_percent: used, ...more },
  });
  const list = [
    row('/', 50),
    row('/var', 93),
    row('/srv', 10, { inodes: 1000, inodes_used: 850, inodes_used_percent: 85 }),
    row('/snap/core', 100, { type: 'squashfs' }),
    row('/tank/a', 96, { type: 'zfs', device: 'tank/a' }),
  ];
  expect(lines('medium', { filesystems: { list }, zfs: { version: null, pools: [poolOf()] } })).toEqual([
    'bad /var 93 % full, 2.00 GB left | filesystem//var | filesystems.list.1.used_percent',
    'warn /srv 85 % of its inodes used, 150 left | inodes//srv | filesystems.list.2.inodes_used_percent',
  ]);
});

test('arrays, thin pools, btrfs', () => {
  const array = (more: object) => ({
    ...{ name: 'md0', level: 'raid1', state: 'active', size_bytes: null, disks: 2, active_disks: 1, degraded: true },
    ...{ sync: null, members: [{ name: 'sdb1', state: 'failed' as const }], ...more },
  });
  const sync = (action: string) => ({
    ...{ action, waiting: false, progress_percent: 8.5, bytes_per_second: null, remaining_seconds: null },
  });
  const whole = { degraded: false, active_disks: 2, members: [] };
  const list = [
    array({ sync: sync('recovery') }),
    array({ name: 'md1', ...whole, sync: sync('check') }),
    array({ name: 'md2', ...whole, state: 'inactive', degraded: null }),
  ];
  const thin = { name: 'data', group: 'pve', size_bytes: null, data_percent: 96, metadata_percent: 81, health: null };
  const lvm = { groups: [{ name: 'pve', size_bytes: null, free_bytes: null, missing_disks: 1 }], thin_pools: [thin] };
  const errors = { write_errors: 0, read_errors: 3, flush_errors: 0, corruption_errors: 1, generation_errors: 0 };
  const device = { id: 1, path: '/dev/sdd', missing: false, ...errors };
  const sizes = { data_profile: null, metadata_profile: null, data_total_bytes: null, data_used_bytes: null };
  const filesystem = {
    ...{ uuid: 'u', label: 'pool', ...sizes, metadata_total_bytes: null, metadata_used_bytes: null },
    devices: [device, { ...device, id: 2, path: null, missing: true }],
  };
  expect(lines('medium', { raids: { list }, lvm, btrfs: { list: [filesystem] } })).toEqual([
    'bad array md0 degraded: 1 of 2 disks, sdb1 failed | raid/md0 | raids.list.0.active_disks',
    'bad array md2 inactive | raid/md2 | raids.list.2.state',
    'bad btrfs pool: device 2 missing | btrfs/u/2 | btrfs.list.0.devices.1.missing',
    'bad volume group pve misses 1 disk | lvm/pve/missing | lvm.groups.0.missing_disks',
    'bad thin pool pve/data: data 96 % full | lvm/pve/data/data | lvm.thin_pools.0.data_percent',
    'warn array md0: recovery 8.5 % done | raid/md0/sync | raids.list.0.sync.progress_percent',
    'warn btrfs pool: /dev/sdd 3 read errors, 1 corruption error | btrfs/u/1 | btrfs.list.0.devices.0.read_errors',
    'warn thin pool pve/data: metadata 81 % full | lvm/pve/data/metadata | lvm.thin_pools.0.metadata_percent',
  ]);
});

test('devices: SMART, power, heat, links, the clock', () => {
  const smart = { disks: [diskOf({ device: '/dev/nvme0', worn_percent: 97 }), diskOf({ device: '/dev/sdz' })] };
  const supply = { name: 'rack', model: null, battery_percent: 34, runtime_seconds: 720, load_percent: null };
  const ups = { list: [{ ...supply, status: ['OB', 'LB'], input_volts: null, problem: null }] };
  const gpu = { id: '0', name: 'A100', temperature_celsius: 88 };
  const gpus = { list: [gpu] } as unknown as SampleData['gpus'];
  const sensor = {
    id: 'cpu',
    chip: 'coretemp',
    label: 'Package',
    celsius: 101,
    high_celsius: 90,
    critical_celsius: 100,
  };
  const sensors = { temperatures: [sensor], fans: [] };
  const wallClock = { offset_seconds: -3.2, uncertainty_seconds: 0.3 };
  expect(lines('medium', { smart, ups, gpus, sensors, wall_clock: wallClock })).toEqual([
    'bad UPS rack on battery, 34 %, 12 min left | ups/rack/battery | ups.list.0.status',
    'bad UPS rack battery low | ups/rack/low | ups.list.0.status',
    'bad coretemp Package at 101.0 °C | temperature/cpu | sensors.temperatures.0.celsius',
    'warn nvme0 97 % worn | smart//dev/nvme0 | smart.disks.0.worn_percent',
    'warn GPU A100 at 88.0 °C | gpu/0 | gpus.list.0.temperature_celsius',
    "warn wall clock -3.20 s against this computer's | clock | wall_clock.offset_seconds",
  ]);
});

test('Proxmox VE: what other nodes hold is theirs to tell', () => {
  const guest = { vmid: 101, name: 'db', node: 'pve1', type: 'lxc', state: 'running', template: false, lock: null };
  const storage = { name: 'local', node: 'pve1', active: true, enabled: true, used_percent: 93 };
  const proxmox = {
    cluster: { name: 'lab', quorate: false, nodes: 2 },
    nodes: [
      { name: 'pve1', online: true, local: true },
      { name: 'pve2', online: false, local: false },
    ],
    guests: [
      { ...guest, disk_bytes: 95, disk_total_bytes: 100, ha_state: 'error' },
      { ...guest, vmid: 102, node: 'pve2', disk_bytes: 99, disk_total_bytes: 100 },
      { ...guest, vmid: 103, type: 'qemu', lock: 'backup', disk_bytes: null, disk_total_bytes: null },
    ],
    storages: [storage, { ...storage, name: 'nfs', active: false }, { ...storage, node: 'pve2' }],
  } as unknown as SampleData['proxmox'];
  const backup = (vmid: number, days: number) => ({
    ...{ vmid, storage: 'nfs', size_bytes: null, made_epoch_seconds: 0, age_seconds: days * 86_400, count: 1 },
  });
  const backups = { list: [backup(101, 40), backup(101, 9), backup(103, 1)], missing: [104] };
  expect(lines('medium', { proxmox, backups })).toEqual([
    'bad cluster lab lost its quorum | cluster/quorum | proxmox.cluster.quorate',
    'bad storage local 93 % full | storage/local/space | proxmox.storages.0.used_percent',
    'bad storage nfs not active | storage/nfs/active | proxmox.storages.1.active',
    'bad CT 101 db in error for high availability | guest/101/ha | proxmox.guests.0.ha_state',
    'bad CT 101 db: disk 95 % full | guest/101/disk | proxmox.guests.0.disk_bytes',
    'warn node pve2 offline | node/pve2 | proxmox.nodes.1.online',
    'warn VM 103 db locked for backup | guest/103/lock | proxmox.guests.2.lock',
    'warn guest 101: no backup since 9 d | backup/101 | backups.list.1.age_seconds',
    'warn no backup of guest 104 | backup/missing | backups.missing',
  ]);
});

test('containers, units, updates, readings that failed', () => {
  const well = {
    ...{ engine: 'docker', image: null, status: null, health: null, exit_code: null, restarts: 0 },
    ...{ oom_killed: false, up_seconds: 5000, state: 'running' },
  };
  const list = [
    { ...well, name: 'web', health: 'unhealthy' },
    { ...well, name: 'loop', state: 'restarting', restarts: 7, exit_code: 137, oom_killed: true },
    { ...well, name: 'slow', restarts: 4, up_seconds: 12 },
    { ...well, name: 'job', state: 'exited', exit_code: 1 },
    { ...well, name: 'fine', restarts: 9 },
  ];
  const containers = { engines: [], list } as unknown as SampleData['containers'];
  const unit = (name: string) => ({ name, load: 'loaded', active: 'failed', sub: 'failed', description: null });
  const failed = ['a.service', 'b.service', 'c.mount'].map(unit);
  const units = { state: 'degraded', counts: { total: 90, active: 80, failed: 3 }, failed, list: failed };
  const updates = {
    ...{ manager: 'apt', pending: 20, security: 2, packages: [], lists_age_seconds: null },
    ...{ reboot_required: true, reboot_packages: ['linux-image-6.1'] },
  };
  const problems = {
    smart: { status: 'failed', reason: 'needs root', remedy: 'a line' },
    lvm: { status: 'failed', reason: 'lvs did not answer in time' },
    ups: { status: 'absent', reason: 'no upsc' },
  } as const;
  expect(lines('medium', { containers, units, updates, problems })).toEqual([
    'bad container web unhealthy | container/docker/web | containers.list.0.health',
    'bad container loop restarting, 7 restarts, exit 137, killed for want of memory | container/docker/loop | containers.list.1.state',
    'bad container slow keeps restarting, 4 restarts, up 12 s | container/docker/slow | containers.list.2.restarts',
    'warn 3 units failed: a.service, b.service, c.mount | units/failed | units.counts.failed',
    'warn lvm could not be read: lvs did not answer in time | failed/lvm | lvm',
    'warn reboot required by linux-image-6.1 | updates/reboot | updates.reboot_required',
    'warn 2 security updates pending | updates/security | updates.security',
  ]);
});

test('what a hostile host names is bounded in number and length', () => {
  const pools = Array.from({ length: 500 }, (_, at) =>
    poolOf({ name: `${at}${'x'.repeat(5000)}`, state: 'SUSPENDED' }),
  );
  const all = found('medium', { zfs: { version: null, pools } });
  expect([all.length, Math.max(...all.map(({ id, text }) => id.length + text.length))]).toEqual([100, 440]);
});
