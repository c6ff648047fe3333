import { type LabGuest, pveFiles } from './pve-files.ts';
import {
  cgroupFiles,
  dfBlocks,
  dfInodes,
  dockerFacts,
  dockerList,
  gpuRows,
  type LabContainer,
  systemState,
  timerList,
  unitList,
} from './services-output.ts';
import { asleepReport, hddReport, type LabNvme, nvmeReport, smartScan } from './smart-output.ts';
import {
  datasetList,
  type LabDisk,
  type LabPool,
  poolList,
  poolStatus,
  rootDatasets,
  sickPools,
  snapshotList,
  zfsDate,
} from './zfs-output.ts';

/** What happens to the host, in order; each scene holds until the next one begins, five minutes later by its clock. */
export const script = [
  'calm',
  'scrub begins',
  'scrub goes on',
  'a disk miscounts',
  'a disk is lost',
  'nvme and container fail',
  'zpool hangs',
  'zpool hangs on',
  'resilver',
  'well again',
] as const;
export type SceneName = (typeof script)[number];

export const sceneSeconds = 300;
const [gib, tib] = [1024 ** 3, 1024 ** 4];
const uptimeAtBegin = 864_000;

/** What of the host changes. */
interface State {
  /** @param begin epoch seconds at which the script begins */
  readonly scan: (begin: number) => readonly string[];
  readonly tank: Pick<LabPool, 'state' | 'status' | 'action'>;
  readonly sdc: LabDisk;
  readonly nvme1: LabNvme;
  readonly failed: readonly string[];
  readonly runner: Pick<LabContainer, 'state' | 'status' | 'restarts' | 'exit'> & { readonly upSeconds: number };
  readonly hung: boolean;
}

const well: LabNvme = {
  ...{ critical_warning: 0, temperature: 44, available_spare: 100, percentage_used: 12, media_errors: 0 },
};
/** @param at seconds after the script's begin */
const scrubbed = (at: number, took: string) => (begin: number) => [
  `scrub repaired 0B in ${took} with 0 errors on ${zfsDate(begin + at)}`,
];
const weekAgo = -7 * 86_400;
const scrubbing = (scanned: string, issued: string, percent: string, left: string) => (begin: number) => [
  `scrub in progress since ${zfsDate(begin + 240)}`,
  `${scanned} / 8.00T scanned at 4.20G/s, ${issued} / 8.00T issued at 3.60G/s`,
  `0B repaired, ${percent}% done, ${left} to go`,
];

const calm: State = {
  scan: scrubbed(weekAgo, '04:12:09'),
  tank: { state: 'ONLINE' },
  sdc: { name: 'sdc', state: 'ONLINE' },
  nvme1: well,
  failed: [],
  runner: { state: 'running', status: 'Up 9 days', restarts: 0, exit: 0, upSeconds: 777_600 },
  hung: false,
};
const miscounting: State = {
  ...calm,
  scan: scrubbing('6.00T', '5.00T', '62.50', '00:14:13'),
  tank: {
    state: 'ONLINE',
    status: [
      'One or more devices has experienced an unrecoverable error.  An',
      'attempt was made to correct the error.  Applications are unaffected.',
    ],
    action: [
      'Determine if the device needs to be replaced, and clear the errors',
      "using 'zpool clear' or replace the device with 'zpool replace'.",
    ],
  },
  sdc: { name: 'sdc', state: 'ONLINE', checksum: 12 },
};
const lost: State = {
  ...miscounting,
  scan: scrubbed(1140, '00:15:00'),
  tank: {
    state: 'DEGRADED',
    status: [
      'One or more devices are faulted in response to persistent errors.',
      'Sufficient replicas exist for the pool to continue functioning in a',
      'degraded state.',
    ],
    action: ["Replace the faulted device, or use 'zpool clear' to mark the device", 'repaired.'],
  },
  sdc: { name: 'sdc', state: 'FAULTED', read: 31, write: 4, checksum: 12, note: 'too many errors' },
};
const failing: State = {
  ...lost,
  nvme1: {
    ...{ critical_warning: 1, temperature: 58, available_spare: 4, percentage_used: 97, media_errors: 0 },
  },
  failed: ['smartmontools'],
  runner: {
    ...{ state: 'restarting', status: 'Restarting (137) 5 seconds ago', restarts: 9, exit: 137, upSeconds: 5 },
  },
};
const resilvering: State = {
  ...calm,
  scan: (begin) => [
    `resilver in progress since ${zfsDate(begin + 2160)}`,
    '2.00T / 8.00T scanned at 4.20G/s, 1.60T / 8.00T issued at 3.60G/s',
    '410G resilvered, 20.00% done, 00:30:20 to go',
  ],
  tank: {
    state: 'DEGRADED',
    status: [
      'One or more devices is currently being resilvered.  The pool will',
      'continue to function, possibly in a degraded state.',
    ],
    action: ['Wait for the resilver to complete.'],
  },
  sdc: { name: 'sdc', state: 'ONLINE', note: '(resilvering)' },
};

const states: Readonly<Record<SceneName, State>> = {
  calm,
  'scrub begins': { ...calm, scan: scrubbing('2.00T', '1.00T', '12.50', '00:33:11') },
  'scrub goes on': { ...calm, scan: scrubbing('4.00T', '3.00T', '37.50', '00:23:42') },
  'a disk miscounts': miscounting,
  'a disk is lost': lost,
  'nvme and container fail': failing,
  'zpool hangs': { ...failing, hung: true },
  'zpool hangs on': { ...failing, hung: true },
  resilver: resilvering,
  'well again': {
    ...calm,
    scan: (begin) => [`resilvered 1.99T in 00:08:30 with 0 errors on ${zfsDate(begin + 2670)}`],
  },
};

/**
 * What a scene's tools print and its files hold, by path below the scene's directory. The tools of a folder `hung` never
 * answer.
 * @param begin epoch seconds at which the script begins
 * @param backups the folder of the backups
 */
export function sceneFiles(name: SceneName, begin: number, backups: string): Record<string, string> {
  const state = states[name];
  const elapsed = script.indexOf(name) * sceneSeconds;
  const at = begin + elapsed;
  const pools = poolsOf(state, begin);
  const containers = containersOf(state, at, elapsed);
  const under = (folder: string, files: Record<string, string>) =>
    Object.fromEntries(Object.entries(files).map(([path, text]) => [`${folder}/${path}`, text]));
  return {
    now: `${at}\n`,
    ...(state.hung && { 'hung/zpool': '', 'hung/zfs': '' }),
    'zpool-list': poolList(pools),
    'zpool-status': poolStatus(pools),
    'zpool-sick': sickPools(pools),
    'zfs-roots': rootDatasets(pools),
    'zfs-datasets': datasetList(pools),
    'zfs-snapshots': snapshotList(pools),
    'smart-scan': smartScan,
    'smart-sda': hddReport('/dev/sda', 'LAB-A', { reallocated: 0, pending: 0 }),
    'smart-sdb': hddReport('/dev/sdb', 'LAB-B', { reallocated: 0, pending: 0 }),
    'smart-sdc': hddReport('/dev/sdc', 'LAB-C', { reallocated: 0, pending: 0 }),
    'smart-sdd': asleepReport('/dev/sdd'),
    'smart-nvme0': nvmeReport('/dev/nvme0', 'LAB-N0', well),
    'smart-nvme1': nvmeReport('/dev/nvme1', 'LAB-N1', state.nvme1),
    'docker-ps': dockerList(containers),
    'docker-inspect': dockerFacts(containers),
    'systemctl-state': systemState(state.failed),
    'systemctl-units': unitList(state.failed),
    'systemctl-timers': timerList(at),
    'nvidia-smi': gpuRows,
    'df-blocks': dfBlocks,
    'df-inodes': dfInodes,
    ...under('system.slice', cgroupFiles(containers)),
    ...under('pve', pveFiles(pveOf(at, elapsed, backups))),
  };
}

function poolsOf({ tank, sdc, scan }: State, begin: number): LabPool[] {
  const online = (name: string): LabDisk => ({ name, state: 'ONLINE' });
  return [
    {
      ...{ name: 'rpool', state: 'ONLINE', scan: scrubbed(weekAgo, '00:03:41')(begin), group: 'mirror-0' },
      disks: ['nvme0n1p3', 'nvme1n1p3'].map(online),
      bytes: { size: 896 * gib, allocated: 224 * gib, used: 224 * gib, available: 644 * gib },
    },
    {
      ...{ name: 'tank', ...tank, scan: scan(begin), group: 'raidz1-0' },
      disks: [online('sda'), online('sdb'), sdc, online('sdd')],
      bytes: { size: 16 * tib, allocated: 8 * tib, used: 6 * tib, available: 6 * tib },
    },
  ];
}

function containersOf({ runner: { upSeconds, ...runner } }: State, at: number, elapsed: number): LabContainer[] {
  const usual = {
    state: 'running',
    status: 'Up 9 days',
    restarts: 0,
    exit: 0,
    started: at - 777_600 - elapsed,
  } as const;
  return [
    { ...usual, name: 'registry', image: 'registry:2', memory: 96 * 1024 ** 2, cpu: 5_000_000 * (100 + elapsed) },
    {
      ...{ ...runner, name: 'runner', image: 'lab/runner:4', started: at - upSeconds },
      ...{ memory: 512 * 1024 ** 2, cpu: 90_000_000 },
    },
  ];
}

const guests: readonly LabGuest[] = [
  { vmid: 100, name: 'web', type: 'qemu', running: true, cpu: 0.25, memory: 6 * gib, tags: 'prod;web' },
  { vmid: 101, name: 'db', type: 'lxc', running: true, cpu: 0.5, memory: 3 * gib, tags: 'prod' },
  { vmid: 102, name: 'build', type: 'qemu', running: false, cpu: 0, memory: 0, tags: 'dev' },
  // Nobody backs up a template.
  { vmid: 9000, name: 'golden', type: 'qemu', running: false, cpu: 0, memory: 0, tags: 'dev', template: true },
];

function pveOf(at: number, elapsed: number, backups: string) {
  const storageConfig = [
    ...['dir: local', '\tpath /var/lib/vz-lab', '\tcontent iso,vztmpl', ''],
    ...['zfspool: tank-vm', '\tpool tank', '\tcontent images,rootdir', ''],
    ...['dir: backup', `\tpath ${backups}`, '\tcontent backup', ''],
  ].join('\n');
  return {
    ...{ node: 'pve1', guests, at, uptime: uptimeAtBegin + elapsed, storageConfig },
    storages: [
      { name: 'local', total: 96 * gib, used: 24 * gib },
      { name: 'tank-vm', total: 12 * tib, used: 6 * tib },
      { name: 'backup', total: 2 * tib, used: 512 * gib },
    ],
  };
}
