import type { Collector } from '../collector.ts';
import { btrfs } from './btrfs/btrfs.ts';
import { containers } from './containers/containers.ts';
import { cost } from './cost.ts';
import { cpu } from './cpu.ts';
import { disks } from './disks.ts';
import { filesystems } from './filesystems.ts';
import { gpus } from './gpus/gpus.ts';
import { load } from './load.ts';
import { lvm } from './lvm.ts';
import { memory } from './memory.ts';
import { network } from './network/network.ts';
import { pressure } from './pressure.ts';
import { processes } from './processes/processes.ts';
import { backups } from './proxmox/backups.ts';
import { proxmox } from './proxmox/proxmox.ts';
import { raids } from './raids/raids.ts';
import { addresses } from './reach/addresses.ts';
import { listeners } from './reach/listeners.ts';
import { sensors } from './sensors/sensors.ts';
import { smart } from './smart/smart.ts';
import { memoryModules } from './system/memory-modules.ts';
import { system } from './system/system.ts';
import { timers } from './units/timers.ts';
import { units } from './units/units.ts';
import { updates } from './updates/updates.ts';
import { ups } from './ups/ups.ts';
import { accounts } from './users/accounts.ts';
import { logins } from './users/logins.ts';
import { sessions } from './users/sessions.ts';
import { wallClock } from './wall-clock.ts';
import { datasets } from './zfs/datasets.ts';
import { zfs } from './zfs/zfs.ts';

/** Every collector, in the order in which a host is asked. A new one is a file beside these and a line here. */
export const collectors: readonly Collector[] = [
  cpu,
  memory,
  load,
  pressure,
  network,
  disks,
  sensors,
  smart,
  gpus,
  ups,
  processes,
  cost,
  filesystems,
  wallClock,
  zfs,
  raids,
  datasets,
  lvm,
  btrfs,
  system,
  memoryModules,
  updates,
  addresses,
  listeners,
  sessions,
  logins,
  accounts,
  proxmox,
  backups,
  units,
  timers,
  containers,
];
