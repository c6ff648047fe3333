import type { CpuShare, SampleData } from '../../../contract/samples.ts';
import { shares, toCounter } from '../../metrics/rate.ts';
import type { Collector, Outcome, Round } from '../collector.ts';
import { textOf } from '../record.ts';
import { unread } from '../unread.ts';

/** user, nice, system, idle, iowait, irq, softirq, steal: guest time is inside user, and guest_nice inside nice. */
type Times = readonly number[];

interface CpuState {
  /** By the name in the file: `cpu` for all of them, `cpu0` and so on. */
  readonly times: ReadonlyMap<string, Times>;
}

type Value = NonNullable<SampleData['cpu']>;

/**
 * How the CPUs spend their time.
 *
 * Reads `/proc/stat`: https://www.kernel.org/doc/html/latest/filesystems/proc.html#miscellaneous-kernel-statistics-in-proc-stat
 */
export const cpu: Collector<'cpu', CpuState> = {
  id: 'cpu',
  kind: 'fast',
  about: 'CPU time of all cores and of each, from /proc/stat; iowait and steal apart.',
  commands: [{ id: 'cpu.stat', type: 'read', when: 'always', path: '/proc/stat', keep: '^cpu' }],
  awk: null,
  parse,
};

function parse(round: Round<CpuState>): Outcome<Value, CpuState> {
  const record = round.records('cpu.stat').at(-1);
  if (record === undefined || record.stdout.length === 0) return unread(record, '/proc/stat');
  const times = parseCpuTimes(textOf(record));
  const all = times.get('cpu');
  if (all === undefined) {
    return { status: 'failed', reason: `/proc/stat has no cpu line: ${textOf(record).slice(0, 80).toWellFormed()}` };
  }
  const before = round.previous?.times;
  const most = mostTicksPerSecond * ((round.elapsedSeconds ?? Number.POSITIVE_INFINITY) + 1);
  const cores = Math.max(1, times.size - 1, (before?.size ?? 0) - 1);
  return {
    status: 'ok',
    value: {
      total: shareOf(before?.get('cpu'), all, cores * most),
      cores: [...times]
        .filter(([name]) => name !== 'cpu')
        .map(([name, core]) => ({ id: Number(name.slice(3)), share: shareOf(before?.get(name), core, most) }))
        .sort((a, b) => a.id - b.id),
    },
    state: { times },
  };
}

/**
 * What a core counts in a second, on every architecture, and far more than the usual 100. Kernels before 6.8 forget how
 * long a core was idle when it is taken away, and tell it from another count while it is: then the sum of all leaps by
 * hours, and the host would seem idle.
 */
const mostTicksPerSecond = 1024;

/** More than any host shows; kernels can be built for some more. */
const maxCores = 1024;

/** The first eight columns of every `cpu` line; kernels before 2.6.11 have fewer, and the missing ones are zero there. */
export function parseCpuTimes(text: string): ReadonlyMap<string, Times> {
  const found = new Map<string, Times>();
  for (const line of text.split('\n')) {
    const match = /^(cpu(?:0|[1-9]\d{0,5})?) +(\d+(?: +\d+){3,})\s*$/.exec(line);
    if (match === null) continue;
    const columns = (match[2] as string).split(/ +/).slice(0, 8).map(toCounter);
    while (columns.length < 8) columns.push(0);
    found.set(match[1] as string, columns);
    if (found.size > maxCores) break;
  }
  return found;
}

function shareOf(before: Times | undefined, after: Times, most: number): CpuShare | null {
  const parts = before === undefined ? null : shares(before, after, most);
  if (parts === null) return null;
  const [user, nice, system, idle, iowait, irq, softirq, steal] = parts as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  return {
    busy_percent: user + nice + system + irq + softirq,
    user_percent: user,
    nice_percent: nice,
    system_percent: system,
    irq_percent: irq,
    softirq_percent: softirq,
    steal_percent: steal,
    iowait_percent: iowait,
    idle_percent: idle,
  };
}
