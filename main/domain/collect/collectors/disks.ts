import type { Disk } from '../../../contract/devices.ts';
import type { SampleData } from '../../../contract/samples.ts';
import { counterDelta, perSecond, sumKnown, toCounter, wrappingDelta } from '../../metrics/rate.ts';
import type { Collector, Outcome, Round } from '../collector.ts';
import { textOf } from '../record.ts';
import { unread } from '../unread.ts';

/** What the kernel has counted of one disk; sectors are 512 bytes, whatever the disk's own are. */
export interface DiskCounters {
  readonly reads: number;
  readonly readSectors: number;
  readonly readMs: number;
  readonly writes: number;
  readonly writeSectors: number;
  readonly writeMs: number;
  readonly busyMs: number;
  readonly weightedMs: number;
}

interface DisksState {
  readonly counters: ReadonlyMap<string, DiskCounters>;
}

type Value = NonNullable<SampleData['disks']>;

/**
 * Names of whole disks. What lies on other disks (dm, md, bcache, drbd, zd), on files or in memory (loop, ram, zram)
 * would count the same bytes again. Disks of a Synology are `sata1`, `sas1` and `usb1`.
 */
const wholeDisk =
  '((sd|hd|vd|dasd|rssd|ubd|fio)[a-z]+|xvd[a-z]+[0-9]*|(nvme[0-9]+n|mmcblk|nbd|rbd|pmem|sata|sas|usb)[0-9]+|cciss/c[0-9]+d[0-9]+)';

/**
 * What is read from and written to each disk, how busy it is, and how long requests take.
 *
 * Reads `/proc/diskstats`: https://www.kernel.org/doc/html/latest/admin-guide/iostats.html
 */
export const disks: Collector<'disks', DisksState> = {
  id: 'disks',
  kind: 'fast',
  about: 'Whole disks: bytes and requests per second, time busy, latency and queue, from /proc/diskstats.',
  commands: [{ id: 'disks.diskstats', type: 'read', when: 'always', path: '/proc/diskstats', keep: ` ${wholeDisk} ` }],
  awk: null,
  parse,
};

/** More than any host shows. */
const maxDisks = 128;
const sectorBytes = 512;

function parse(round: Round<DisksState>): Outcome<Value, DisksState> {
  const record = round.records('disks.diskstats').at(-1);
  // grep says 1 where no line matches, and 2 where there is no file.
  if (record === undefined || (record.stdout.length === 0 && record.exit !== 1)) {
    return unread(record, '/proc/diskstats');
  }
  const text = textOf(record);
  if (text !== '' && !text.split('\n').some((line) => linePattern.test(line))) {
    return { status: 'failed', reason: `/proc/diskstats has no line of a disk: ${text.slice(0, 80).toWellFormed()}` };
  }
  const counters = parseDiskstats(text);
  if (counters.size === 0) return { status: 'absent', reason: '/proc/diskstats lists no disk.' };
  const list = [...counters].map(([name, after]): Disk => {
    const before = round.previous?.counters.get(name);
    return { name, ...((before === undefined ? null : ratesOf(before, after, round.elapsedSeconds)) ?? noRates) };
  });
  return {
    status: 'ok',
    value: {
      total: {
        read_bytes_per_second: sumKnown(list.map((disk) => disk.read_bytes_per_second)),
        write_bytes_per_second: sumKnown(list.map((disk) => disk.write_bytes_per_second)),
      },
      list,
    },
    state: { counters },
  };
}

const linePattern = new RegExp(`^ *\\d{1,10} +\\d{1,10} ${wholeDisk}((?: \\d{1,20}){11,})\\s*$`);

/** Whole disks by name; kernels have 11, 15 or 17 numbers behind it. A disk that was never asked is an empty slot. */
export function parseDiskstats(text: string): ReadonlyMap<string, DiskCounters> {
  const found = new Map<string, DiskCounters>();
  for (const line of text.split('\n')) {
    const match = linePattern.exec(line);
    const name = match?.[1] ?? '';
    if (match === null || name.length > 64) continue;
    const columns = (match.at(-1) as string).trim().split(' ').map(toCounter);
    if (columns.every((value) => value === 0)) continue;
    const [reads, , readSectors, readMs, writes, , writeSectors, writeMs, , busyMs, weightedMs] = columns as [
      number,
      number,
      number,
      number,
      number,
      number,
      number,
      number,
      number,
      number,
      number,
    ];
    found.set(name, { reads, readSectors, readMs, writes, writeSectors, writeMs, busyMs, weightedMs });
  }
  // Under Xen a partition may be all that a guest has; where its disk is there too, that one counts.
  const whole = [...found].filter(([name]) => !/^xvd.*\d$/.test(name) || !found.has(name.replace(/\d+$/, '')));
  return new Map(whole.slice(0, maxDisks));
}

const noRates: Omit<Disk, 'name'> = {
  read_bytes_per_second: null,
  write_bytes_per_second: null,
  reads_per_second: null,
  writes_per_second: null,
  busy_percent: null,
  read_latency_ms: null,
  write_latency_ms: null,
  queue_depth: null,
};

/** Null where the disk was replaced by another one of its name: then its counts of requests went backwards. */
function ratesOf(before: DiskCounters, after: DiskCounters, elapsed: number | null): Omit<Disk, 'name'> | null {
  const grown = (key: keyof DiskCounters) => counterDelta(before[key], after[key]);
  const [reads, writes, readSectors, writeSectors] = [
    grown('reads'),
    grown('writes'),
    grown('readSectors'),
    grown('writeSectors'),
  ];
  if (reads === null || writes === null || readSectors === null || writeSectors === null) return null;
  const busy = perSecond(milliseconds('busyMs', before, after), elapsed);
  const weighted = perSecond(milliseconds('weightedMs', before, after), elapsed);
  return {
    read_bytes_per_second: perSecond(readSectors * sectorBytes, elapsed),
    write_bytes_per_second: perSecond(writeSectors * sectorBytes, elapsed),
    reads_per_second: perSecond(reads, elapsed),
    writes_per_second: perSecond(writes, elapsed),
    busy_percent: busy === null ? null : Math.min(100, busy / 10),
    read_latency_ms: meanOf(milliseconds('readMs', before, after), reads),
    write_latency_ms: meanOf(milliseconds('writeMs', before, after), writes),
    queue_depth: weighted === null ? null : weighted / 1000,
  };
}

/** Half of what 32 bits count: these columns have no more, on any kernel. */
const mostMs = 2 ** 31;

/**
 * Growth of a column of times. Where requests ended and a column is still at zero nobody fills it: lxcfs knows no
 * times under cgroup v2.
 */
function milliseconds(
  key: 'readMs' | 'writeMs' | 'busyMs' | 'weightedMs',
  before: DiskCounters,
  after: DiskCounters,
): number | null {
  if (after.busyMs === 0 && after.weightedMs === 0 && after[key] === 0) return null;
  return wrappingDelta(before[key], after[key], mostMs);
}

function meanOf(ms: number | null, requests: number): number | null {
  return ms === null || requests === 0 ? null : ms / requests;
}
