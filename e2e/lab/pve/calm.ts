import type { Vdev } from '../../../main/contract/storage.ts';
import { containerId } from './services-output.ts';
import { zfsDate } from './zfs-output.ts';

const healthy = { read_errors: 0, write_errors: 0, checksum_errors: 0, slow_ios: 0, note: null };

/** A row of a pool's tree. */
export const vdev = (name: string, more: Partial<Vdev> = {}): Vdev => ({
  ...{ ...healthy, name, depth: 1, role: 'data', group: false, state: 'ONLINE' },
  ...more,
});

const gib = 1024 ** 3;
const noScan = {
  ...{ progress_percent: null, total_bytes: null, scanned_bytes: null, issued_bytes: null, bytes_per_second: null },
  ...{ remaining_seconds: null, started: null, started_epoch_seconds: null, ended_epoch_seconds: null },
};
const pool = (begin: number, group: string, disks: readonly string[], tookSeconds: number) => ({
  ...{ state: 'ONLINE', fragmentation_percent: 7, status: null, action: null },
  ...{ read_errors: 0, write_errors: 0, checksum_errors: 0, data_errors: 0, damaged_files: [] },
  scan: {
    ...{ ...noScan, function: 'scrub', state: 'finished', repaired_bytes: 0, duration_seconds: tookSeconds, errors: 0 },
    ended: zfsDate(begin - 7 * 86_400),
  },
  vdevs: [vdev(group, { depth: 0, group: true, slow_ios: null }), ...disks.map((name) => vdev(name))],
});
const guest = {
  ...{ node: 'pve1', template: false, cpus: 4, memory_total_bytes: 8 * gib, disk_total_bytes: 32 * gib },
  ...{ disk_bytes: null, uptime_seconds: 864_000, lock: null, ha_state: null, rx_bytes_per_second: null },
  ...{ tx_bytes_per_second: null, read_bytes_per_second: null, write_bytes_per_second: null },
};
const storage = (name: string, type: string, total: number, used: number) => ({
  ...{ name, node: 'pve1', type, active: true, enabled: true, shared: false, total_bytes: total, used_bytes: used },
  ...{ available_bytes: total - used, used_percent: (100 * used) / total },
});
const container = (name: string) => ({
  ...{ name, engine: 'docker', id: containerId(name), state: 'running', status: 'Up 9 days' },
  ...{ health: null, exit_code: null, restarts: 0, oom_killed: false, up_seconds: 777_600, cpu_percent: null },
  memory_limit_bytes: null,
});
const unit = (name: string) => ({
  ...{ name: `${name}.service`, load: 'loaded', active: 'active', sub: 'running', description: `${name} of the lab` },
});

/**
 * What Rackside is to tell of the host while all is well, in the medium readings that it makes up.
 * @param begin epoch seconds at which the script begins
 */
export const calmMedium = (begin: number) => ({
  zfs: {
    version: null,
    pools: [
      {
        ...pool(begin, 'mirror-0', ['nvme0n1p3', 'nvme1n1p3'], 221),
        ...{ name: 'rpool', size_bytes: 896 * gib, allocated_bytes: 224 * gib, free_bytes: 672 * gib },
        ...{ used_bytes: 224 * gib, available_bytes: 644 * gib, used_percent: (100 * 224) / 868 },
      },
      {
        ...pool(begin, 'raidz1-0', ['sda', 'sdb', 'sdc', 'sdd'], 15_129),
        ...{ name: 'tank', size_bytes: 16_384 * gib, allocated_bytes: 8192 * gib, free_bytes: 8192 * gib },
        ...{ used_bytes: 6144 * gib, available_bytes: 6144 * gib, used_percent: 50 },
      },
    ],
  },
  proxmox: {
    version: '8.4.1',
    cluster: null,
    nodes: [
      {
        ...{ name: 'pve1', online: true, local: true, cpu_percent: 8, cpus: 16, memory_bytes: 48 * gib },
        ...{ memory_total_bytes: 128 * gib, disk_bytes: 24 * gib, disk_total_bytes: 96 * gib, uptime_seconds: 864_000 },
        ...{ load_one: 1.25, load_five: null, load_fifteen: null },
      },
    ],
    guests: [
      {
        ...{ ...guest, vmid: 100, name: 'web', type: 'qemu', state: 'running', cpu_percent: 25 },
        ...{ memory_bytes: 6 * gib, tags: ['prod', 'web'] },
      },
      {
        ...{ ...guest, vmid: 101, name: 'db', type: 'lxc', state: 'running', cpu_percent: 50 },
        ...{ memory_bytes: 3 * gib, disk_bytes: 6 * gib, tags: ['prod'] },
      },
      {
        ...{ ...guest, vmid: 102, name: 'build', type: 'qemu', state: 'stopped', cpu_percent: null },
        ...{ memory_bytes: null, uptime_seconds: 0, tags: ['dev'] },
      },
      {
        ...{ ...guest, vmid: 9000, name: 'golden', type: 'qemu', state: 'stopped', cpu_percent: null },
        ...{ memory_bytes: null, uptime_seconds: 0, tags: ['dev'], template: true },
      },
    ],
    storages: [
      storage('local', 'dir', 96 * gib, 24 * gib),
      storage('tank-vm', 'zfspool', 12_288 * gib, 6144 * gib),
      storage('backup', 'dir', 2048 * gib, 512 * gib),
    ],
  },
  containers: {
    engines: ['docker'],
    unread: [],
    list: [
      { ...container('registry'), image: 'registry:2', memory_bytes: 96 * 1024 ** 2 },
      { ...container('runner'), image: 'lab/runner:4', memory_bytes: 512 * 1024 ** 2 },
    ],
  },
  units: {
    state: 'running',
    counts: { total: 8, active: 8, failed: 0 },
    failed: [],
    list: ['cron', 'docker', 'pve-cluster', 'pvedaemon', 'pveproxy', 'smartmontools', 'ssh', 'zfs-zed'].map(unit),
  },
});

const unknown = {
  ...{ type: null, model: null, serial: null, firmware: null, protocol: null, capacity_bytes: null },
  ...{ rotation_rpm: null, standby: false, passed: null, verdict: null, reasons: [], temperature_celsius: null },
  ...{ complaints: [], warm_celsius: null, hot_celsius: null },
  ...{ power_on_hours: null, power_cycles: null, worn_percent: null, spare_percent: null },
  ...{ spare_threshold_percent: null, reallocated_sectors: null, pending_sectors: null, uncorrectable_sectors: null },
  ...{
    crc_errors: null,
    uncorrected_errors: null,
    command_timeouts: null,
    media_errors: null,
    critical_warning: null,
    grown_defects: null,
    read_bytes: null,
  },
  ...{ written_bytes: null, self_test: null },
};
const hdd = {
  ...{ ...unknown, type: 'sat', model: 'Lab HDD 4TB', firmware: 'L1', protocol: 'ATA' },
  ...{ capacity_bytes: 4_000_787_030_016, rotation_rpm: 7200 },
};
const datasetsOf = (name: string, used: number, available: number) => [
  {
    ...{ name, type: 'filesystem', used_bytes: used * gib, available_bytes: available * gib, snapshots: 0 },
    ...{ referenced_bytes: 98_304, snapshots_bytes: 0, mount: `/${name}` },
  },
  {
    ...{ name: `${name}/data`, type: 'filesystem', used_bytes: (used * gib) / 2, available_bytes: available * gib },
    ...{ referenced_bytes: (used * gib) / 4, snapshots_bytes: (used * gib) / 8, snapshots: 3, mount: `/${name}/data` },
  },
  {
    ...{ name: `${name}/vm-100-disk-0`, type: 'volume', used_bytes: (used * gib) / 4, snapshots: 0 },
    ...{ available_bytes: (available + used / 8) * gib, referenced_bytes: (used * gib) / 8, snapshots_bytes: 0 },
    mount: null,
  },
];

/** The same of the slow ones. */
export const calmSlow = (begin: number) => ({
  datasets: { list: [...datasetsOf('rpool', 224, 644), ...datasetsOf('tank', 6144, 6144)], snapshots: 6 },
  smart: {
    disks: [
      ...['sda', 'sdb', 'sdc'].map((name) => ({
        ...hdd,
        ...{ device: `/dev/${name}`, serial: `LAB-${name.slice(2).toUpperCase()}`, standby: false, passed: true },
        ...{ verdict: 'ok', temperature_celsius: 34, power_on_hours: 21_900, power_cycles: 41 },
        ...{ reallocated_sectors: 0, pending_sectors: 0, uncorrectable_sectors: 0, crc_errors: 0 },
      })),
      // It sleeps: that is all that is known of it.
      { ...unknown, device: '/dev/sdd', type: 'sat', protocol: 'ATA', standby: true },
      ...['nvme0', 'nvme1'].map((name) => ({
        ...unknown,
        ...{ device: `/dev/${name}`, type: 'nvme', model: 'Lab NVMe 1TB', serial: `LAB-N${name.slice(4)}` },
        ...{ firmware: '2.1', protocol: 'NVMe', capacity_bytes: 1_000_204_886_016, rotation_rpm: 0, passed: true },
        ...{ verdict: 'ok', temperature_celsius: 44, power_on_hours: 21_900, power_cycles: 41, worn_percent: 12 },
        ...{ spare_percent: 100, spare_threshold_percent: 10, media_errors: 0, critical_warning: 0 },
        ...{ read_bytes: 28_000_000 * 512_000, written_bytes: 76_000_000 * 512_000 },
      })),
    ],
  },
  backups: {
    list: [100, 101, 102].map((vmid) => ({
      ...{ vmid, storage: 'backup', size_bytes: 9, made_epoch_seconds: begin - 36_000, age_seconds: 36_000, count: 1 },
    })),
    missing: [],
  },
  timers: {
    list: [
      {
        ...{ name: 'apt-daily.timer', activates: 'apt-daily.service' },
        ...{ next_epoch_seconds: begin + 3600, last_epoch_seconds: begin - 82_800 },
      },
    ],
  },
});
