import { expect, test } from 'vitest';
import type { SampleData } from '../../../contract/samples.ts';
import { diskOf } from '../../health/health-fixture.ts';
import type { Judge } from './condition.ts';
import {
  backupsCondition,
  containersCondition,
  guestsCondition,
  proxmoxCondition,
  timersCondition,
  unitsCondition,
} from './guests.ts';
import {
  addressesCondition,
  gpusCondition,
  listenersCondition,
  peopleCondition,
  systemCondition,
  updatesCondition,
  upsCondition,
} from './machine.ts';
import {
  btrfsCondition,
  datasetsCondition,
  filesystemsCondition,
  lvmCondition,
  poolsCondition,
  raidsCondition,
  smartCondition,
} from './storage.ts';

const now = Date.UTC(2026, 10, 28) / 1000;
const scan = { function: 'scrub', state: 'finished', errors: 0, ended: null, ended_epoch_seconds: now - 86_400 };
const pool = { name: 'tank', state: 'ONLINE', used_percent: 64.2, data_errors: 0, scan, vdevs: [] };
const disk = {
  name: 'sdc',
  state: 'ONLINE',
  group: false,
  checksum_errors: 12,
  read_errors: 0,
  write_errors: 0,
  note: null,
};
const array = { name: 'md0', state: 'active', degraded: false, disks: 2, active_disks: 2, sync: null, members: [] };
const check = { action: 'check', waiting: false, progress_percent: 8.46 };
const thin = { group: 'pve', name: 'data', data_percent: 40, metadata_percent: 12, health: null };
const group = { name: 'pve', missing_disks: 0 };
const smart = diskOf({});
const guest = { vmid: 100, name: 'web', type: 'qemu', state: 'running', template: false, lock: null, ha_state: null };
const storage = { name: 'local', node: 'pve1', active: true, enabled: true, used_percent: 40 };
const node = { name: 'pve1', online: true, local: true };
const proxmox = { cluster: null, nodes: [node], guests: [guest], storages: [storage] };
const container = {
  name: 'app',
  state: 'running',
  health: 'healthy',
  exit_code: 0,
  restarts: 0,
  oom_killed: false,
  up_seconds: 9e5,
};
const update = { pending: 0, security: 0, reboot_required: false };
const gpu = { id: '0', name: 'A2000', temperature_celsius: 50, busy_percent: 34 };
const ups = { name: 'rack', status: ['OL', 'CHRG'], battery_percent: 97, problem: null, runtime_seconds: 900 };

/** Only what a judge looks at. */
const cases: readonly (readonly [string, Judge, object, string | null])[] = [
  ['no pools told', poolsCondition, {}, null],
  ['no pool', poolsCondition, { zfs: { pools: [] } }, 'ok 0 none'],
  ['a pool', poolsCondition, { zfs: { pools: [pool] } }, 'ok 1 healthy, 64 % full'],
  ['sizes alone', poolsCondition, { zfs: { pools: [{ ...pool, state: null }] } }, 'null 1 state unknown, 64 % full'],
  [
    'ONLINE but damaged',
    poolsCondition,
    { zfs: { pools: [pool, { ...pool, data_errors: 2, vdevs: [disk] }] } },
    'bad 2 tank 2 damaged files, 1 more',
  ],
  [
    'a scrub',
    poolsCondition,
    { zfs: { pools: [{ ...pool, scan: { ...scan, state: 'running', progress_percent: 34 } }] } },
    'ok 1 healthy, scrub 34 %, 64 % full',
  ],
  ['datasets', datasetsCondition, { datasets: { list: [{}], snapshots: 231 } }, 'ok 1 231 snapshots'],
  [
    'datasets, not counted',
    datasetsCondition,
    { datasets: { list: [], snapshots: null } },
    'ok 0 snapshots not counted',
  ],
  ['an array', raidsCondition, { raids: { list: [array] } }, 'ok 1 whole'],
  ['one that is checked', raidsCondition, { raids: { list: [{ ...array, sync: check }] } }, 'ok 1 whole, check 8.5 %'],
  [
    'one that nobody knows',
    raidsCondition,
    { raids: { list: [{ ...array, degraded: null }] } },
    'null 1 wholeness unknown',
  ],
  [
    'one that is rebuilt',
    raidsCondition,
    { raids: { list: [{ ...array, degraded: true, active_disks: 1, sync: { ...check, action: 'recovery' } }] } },
    'bad 1 md0 degraded: 1 of 2 disks, 1 more',
  ],
  [
    'btrfs',
    btrfsCondition,
    { btrfs: { list: [{ devices: [{ id: 1, path: '/dev/sdb', missing: false, read_errors: 1 }] }] } },
    'warn 1 /dev/sdb 1 read error',
  ],
  ['a thin pool', lvmCondition, { lvm: { groups: [group], thin_pools: [thin] } }, 'ok 1 40 % full'],
  [
    'its metadata',
    lvmCondition,
    { lvm: { groups: [group], thin_pools: [{ ...thin, metadata_percent: 93 }] } },
    'bad 1 pve/data 93 % full',
  ],
  [
    'a lost disk',
    lvmCondition,
    { lvm: { groups: [{ ...group, missing_disks: 2 }], thin_pools: [] } },
    'bad 1 pve misses 2 disks',
  ],
  [
    'disks',
    smartCondition,
    { smart: { disks: [smart, { ...smart, verdict: null, standby: true }] } },
    'ok 2 well, 1 asleep',
  ],
  ['a worn disk', smartCondition, { smart: { disks: [{ ...smart, worn_percent: 97 }] } }, 'warn 1 sda 97 % worn'],
  [
    'a disk that says nothing',
    smartCondition,
    { smart: { disks: [{ ...smart, verdict: null }] } },
    'null 1 nothing told',
  ],
  [
    'file systems',
    filesystemsCondition,
    { filesystems: { list: [{ mount: '/', used_percent: 40 }] } },
    'ok 1 40 % full at most',
  ],
  [
    'inodes',
    filesystemsCondition,
    { filesystems: { list: [{ mount: '/var', used_percent: 40, inodes_used_percent: 95 }] } },
    'bad 1 /var 95 % of its inodes used',
  ],
  [
    'guests',
    guestsCondition,
    {
      proxmox: {
        ...proxmox,
        guests: [guest, { ...guest, state: 'stopped', lock: 'backup' }, { ...guest, template: true }],
      },
    },
    'ok 2 1 running, 1 locked',
  ],
  [
    'a guest in error',
    guestsCondition,
    { proxmox: { ...proxmox, guests: [{ ...guest, ha_state: 'error' }] } },
    'bad 1 VM 100 web in error for HA',
  ],
  ['a node alone', proxmoxCondition, { proxmox }, 'ok null stands alone'],
  [
    'a cluster',
    proxmoxCondition,
    { proxmox: { ...proxmox, cluster: { quorate: true, nodes: 3 } } },
    'ok null quorate, 3 nodes',
  ],
  [
    'no quorum',
    proxmoxCondition,
    { proxmox: { ...proxmox, cluster: { quorate: false }, storages: [{ ...storage, active: false }] } },
    'bad null no quorum, 1 more',
  ],
  [
    'backups',
    backupsCondition,
    {
      backups: {
        list: [
          { vmid: 100, age_seconds: 90_000 },
          { vmid: 100, age_seconds: 9e6 },
        ],
        missing: [],
      },
    },
    'ok 1 oldest 1 d 1 h ago',
  ],
  [
    'a guest without',
    backupsCondition,
    { backups: { list: [{ vmid: 100, age_seconds: 90 }], missing: [104] } },
    'warn 1 104 without any',
  ],
  [
    'containers',
    containersCondition,
    { containers: { list: [container, { ...container, state: 'exited' }] } },
    'ok 2 1 running',
  ],
  [
    'a crash loop',
    containersCondition,
    { containers: { list: [{ ...container, state: 'restarting', restarts: 6, exit_code: 137 }] } },
    'bad 1 app restarting, 6 restarts, exit 137',
  ],
  [
    'units',
    unitsCondition,
    { units: { state: 'running', counts: { total: 300, failed: 0 }, failed: [], list: [] } },
    'ok 300 running, none failed',
  ],
  [
    'a failed unit',
    unitsCondition,
    { units: { state: 'degraded', counts: { total: 300, failed: 1 }, failed: [{ name: 'a.service' }] } },
    'warn 300 a.service failed',
  ],
  [
    'timers',
    timersCondition,
    { timers: { list: [{ next_epoch_seconds: 1 }, { next_epoch_seconds: null }] } },
    'ok 2 1 planned',
  ],
  ['system', systemCondition, { system: { os: null, kernel: '6.8' } }, 'ok null 6.8'],
  ['no updates', updatesCondition, { updates: update }, 'ok 0 up to date'],
  ['updates unknown', updatesCondition, { updates: { ...update, pending: null } }, 'null null not known'],
  [
    'a reboot',
    updatesCondition,
    { updates: { pending: 14, security: 3, reboot_required: true } },
    'warn 14 reboot required, 3 of security',
  ],
  ['power', upsCondition, { ups: { list: [ups] } }, 'ok 1 on mains, charging, 97 %'],
  [
    'no power',
    upsCondition,
    { ups: { list: [{ ...ups, status: ['OB'] }] } },
    'bad 1 rack on battery, 97 %, 15 min left',
  ],
  ['a GPU', gpusCondition, { gpus: { list: [gpu] } }, 'ok 1 34 % busy'],
  ['a hot GPU', gpusCondition, { gpus: { list: [{ ...gpu, temperature_celsius: 96 }] } }, 'bad 1 A2000 at 96.0 °C'],
  [
    'addresses',
    addressesCondition,
    {
      addresses: {
        interfaces: [
          { addresses: [{ address: '127.0.0.1', scope: 'host' }] },
          { addresses: [{ address: '10.0.0.7', scope: 'global' }] },
        ],
      },
    },
    'ok 2 10.0.0.7',
  ],
  [
    'loopback alone',
    addressesCondition,
    { addresses: { interfaces: [{ addresses: [{ address: '::1', scope: 'host' }] }] } },
    'ok 1 loopback only',
  ],
  [
    'listeners',
    listenersCondition,
    { listeners: { list: [{ local: true }, { local: false }], count: 2 } },
    'ok 2 1 open to others',
  ],
  ['nobody', peopleCondition, { sessions: { list: [] } }, 'ok 0 nobody signed in'],
  [
    'people',
    peopleCondition,
    { sessions: { list: [{ user: 'root' }, { user: 'root' }, { user: 'joe' }] } },
    'ok 3 root, joe',
  ],
];

test.each(cases)('%s', (_name, judge, data, expected) => {
  const condition = judge(data as SampleData, now);
  expect(condition === null ? null : `${condition.level} ${condition.count} ${condition.words}`).toBe(expected);
});
