import type { Problem, Sample, SampleData } from '../../contract/samples.ts';
import type { Condition, Judge } from './conditions/condition.ts';
import {
  backupsCondition,
  containersCondition,
  guestsCondition,
  proxmoxCondition,
  timersCondition,
  unitsCondition,
} from './conditions/guests.ts';
import {
  addressesCondition,
  gpusCondition,
  listenersCondition,
  peopleCondition,
  systemCondition,
  updatesCondition,
  upsCondition,
} from './conditions/machine.ts';
import {
  btrfsCondition,
  datasetsCondition,
  filesystemsCondition,
  lvmCondition,
  poolsCondition,
  raidsCondition,
  smartCondition,
} from './conditions/storage.ts';

type Collector = Exclude<keyof SampleData, 'clock' | 'problems'>;

/** A part of the host's page that shows what does not change by the second. */
export interface HostPanel {
  readonly id: string;
  readonly title: string;
  /** In how few letters it is told at a glance. */
  readonly short: string;
  /** Which collector it stands or falls with, and what tells more of the same. */
  readonly collector: Collector;
  readonly also?: readonly Collector[];
  readonly judge: Judge;
}

/** In the order in which they stand on the page. */
export const hostPanels = [
  { id: 'pools', title: 'ZFS pools', short: 'Pools', collector: 'zfs', judge: poolsCondition },
  { id: 'raids', title: 'RAID arrays', short: 'Arrays', collector: 'raids', judge: raidsCondition },
  { id: 'btrfs', title: 'btrfs', short: 'btrfs', collector: 'btrfs', judge: btrfsCondition },
  { id: 'lvm', title: 'LVM', short: 'LVM', collector: 'lvm', judge: lvmCondition },
  {
    id: 'filesystems',
    title: 'File systems',
    short: 'File systems',
    collector: 'filesystems',
    judge: filesystemsCondition,
  },
  { id: 'datasets', title: 'ZFS datasets', short: 'Datasets', collector: 'datasets', judge: datasetsCondition },
  { id: 'smart', title: 'Health of disks', short: 'Disk health', collector: 'smart', judge: smartCondition },
  { id: 'guests', title: 'Guests', short: 'Guests', collector: 'proxmox', judge: guestsCondition },
  { id: 'proxmox', title: 'Proxmox VE', short: 'Proxmox VE', collector: 'proxmox', judge: proxmoxCondition },
  { id: 'backups', title: 'Backups of guests', short: 'Backups', collector: 'backups', judge: backupsCondition },
  { id: 'containers', title: 'Containers', short: 'Containers', collector: 'containers', judge: containersCondition },
  { id: 'units', title: 'Services', short: 'Units', collector: 'units', judge: unitsCondition },
  { id: 'timers', title: 'Timers', short: 'Timers', collector: 'timers', judge: timersCondition },
  { id: 'updates', title: 'Updates', short: 'Updates', collector: 'updates', judge: updatesCondition },
  { id: 'ups', title: 'UPS', short: 'UPS', collector: 'ups', judge: upsCondition },
  { id: 'gpus', title: 'Graphics processors', short: 'GPUs', collector: 'gpus', judge: gpusCondition },
  {
    id: 'machine',
    title: 'Machine',
    short: 'Machine',
    collector: 'system',
    judge: systemCondition,
    also: ['memory_modules'],
  },
  { id: 'addresses', title: 'Addresses', short: 'Addresses', collector: 'addresses', judge: addressesCondition },
  { id: 'listeners', title: 'Listening', short: 'Listening', collector: 'listeners', judge: listenersCondition },
  {
    id: 'people',
    title: 'People',
    short: 'People',
    collector: 'sessions',
    judge: peopleCondition,
    also: ['logins', 'accounts'],
  },
] as const satisfies readonly HostPanel[];

export type HostPanelId = (typeof hostPanels)[number]['id'];
type HostPanelOf = HostPanel & { readonly id: HostPanelId };

/** A panel that the host has something for, and how that is. */
export interface ShownPanel {
  readonly id: HostPanelId;
  readonly short: string;
  readonly title: string;
  readonly condition: Condition;
  /** Where it could not be read: why, and how to mend it. */
  readonly problem: Problem | null;
}

/** A panel that the host has nothing for, and why. */
export interface AbsentPanel {
  readonly id: HostPanelId;
  readonly title: string;
  /** What says so: part of a sample's data. */
  readonly collector: Collector;
  readonly reason: string;
}

export interface HostPanels {
  readonly shown: readonly ShownPanel[];
  readonly absent: readonly AbsentPanel[];
}

/** Which panels a host's page has, by its newest samples. What was not asked yet is in neither list. */
export function panelsOf(newest: readonly (Sample | null)[]): HostPanels {
  const shown: ShownPanel[] = [];
  const absent: AbsentPanel[] = [];
  for (const panel of hostPanels as readonly HostPanelOf[]) {
    const { id, short, title, collector, also = [], judge } = panel;
    const own = [collector, ...also];
    const of = (key: Collector) => newest.find((sample) => sample?.data[key] !== undefined) ?? null;
    const asked = own.filter((key) => of(key) !== null);
    if (asked.length === 0) continue;
    const told = asked.find((key) => of(key)?.data[key] != null);
    const problems = asked.flatMap((key) => of(key)?.data.problems[key] ?? []);
    if (told !== undefined) {
      const data: SampleData = { clock: { boot_id: null, uptime_seconds: null }, problems: {} };
      for (const key of asked) Object.assign(data, { [key]: of(key)?.data[key] });
      const now = Date.parse(of(told)?.collected_at ?? '') / 1000;
      const condition = judge(data, now) ?? { level: null, count: null, words: 'not told' };
      shown.push({ id, short, title, condition, problem: null });
      continue;
    }
    const failed = problems.find(({ status }) => status === 'failed');
    if (failed !== undefined) shown.push({ id, short, title, condition: unread(failed), problem: failed });
    else absent.push({ id, title, collector, reason: problems[0]?.reason ?? 'nothing was said of it' });
  }
  return { shown, absent };
}

/** A privilege that is missing is no trouble of the host's; whatever else hides a reading is worth a look. */
function unread(failed: Problem): Condition {
  if (failed.remedy !== undefined) return { level: null, count: null, words: 'needs a privilege' };
  return { level: 'warn', count: null, words: 'could not be read' };
}
