import { readdirSync, readFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** The middle value; NaN of nothing. */
export function median(values: readonly number[]): number {
  return percentile(values, 50);
}

/** The value below which that share lies, by the nearest rank; NaN of nothing. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const rank = Math.max(1, Math.ceil((percent / 100) * sorted.length));
  return sorted[rank - 1] ?? Number.NaN;
}

/** The kernel counts in hundredths of a second towards user space, whatever its own tick is. */
const ticksPerSecond = 100;

/**
 * CPU seconds that a process and everything below it have used, children that have ended and were waited for
 * included. Living ones are read in nanoseconds from schedstat, ended ones in hundredths of a second.
 */
export function cpuSecondsOfTree(root: number): number {
  return treeOf(root).reduce((sum, pid) => sum + livingSeconds(pid) + endedChildrenSeconds(pid), 0);
}

function treeOf(root: number): number[] {
  const pids = [root];
  for (const pid of pids) {
    for (const task of entries(`/proc/${pid}/task`)) {
      const children = read(`/proc/${pid}/task/${task}/children`) ?? '';
      pids.push(...children.split(' ').filter(Boolean).map(Number));
    }
  }
  return pids;
}

function livingSeconds(pid: number): number {
  const tasks = entries(`/proc/${pid}/task`);
  return tasks.reduce((sum, task) => {
    const nanoseconds = Number(read(`/proc/${pid}/task/${task}/schedstat`)?.split(' ')[0] ?? 0);
    return sum + nanoseconds / 1e9;
  }, 0);
}

function endedChildrenSeconds(pid: number): number {
  const stat = read(`/proc/${pid}/stat`);
  if (stat === null) return 0;
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[13]) + Number(fields[14])) / ticksPerSecond;
}

function entries(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function read(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

/** What a process holds in memory, in MiB; the second with what others share counted in part. Zero where it is gone. */
export function memoryOf(pid: number): { readonly rssMiB: number; readonly pssMiB: number } {
  const rollup = read(`/proc/${pid}/smaps_rollup`) ?? '';
  const inMiB = (name: string) => Number(new RegExp(`^${name}: +(\\d+) kB`, 'm').exec(rollup)?.[1] ?? 0) / 1024;
  return { rssMiB: inMiB('Rss'), pssMiB: inMiB('Pss') };
}

/** What this thread can still reach, in MiB, after a collection of garbage. */
export function keptMiB(): number {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  collect();
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / 2 ** 20;
}
