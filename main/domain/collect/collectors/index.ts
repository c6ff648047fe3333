import type { Collector } from '../collector.ts';
import { cpu } from './cpu.ts';
import { disks } from './disks.ts';
import { filesystems } from './filesystems.ts';
import { load } from './load.ts';
import { memory } from './memory.ts';
import { pressure } from './pressure.ts';
import { processes } from './processes/processes.ts';

/** Every collector, in the order in which a host is asked. A new one is a file beside these and a line here. */
export const collectors: readonly Collector[] = [cpu, memory, load, pressure, disks, processes, filesystems];
