import { toCounter } from '../../../metrics/rate.ts';

/** What a control group's files say of one container. */
export interface CgroupUse {
  cpuMicroseconds: number | null;
  memoryBytes: number | null;
  inactiveFileBytes: number | null;
  limitBytes: number | null;
}

const unified = ['cpu.stat', 'memory.current', 'memory.max', 'memory.stat'];
const legacy = ['memory.usage_in_bytes', 'memory.limit_in_bytes', 'memory.stat'];

/**
 * A command of one grep for the groups of an engine's containers, below cgroup v2 and v1, by either driver:
 * https://docs.kernel.org/admin-guide/cgroup-v2.html and https://docs.kernel.org/admin-guide/cgroup-v1/memory.html
 * @param scopes patterns of the folders below a hierarchy
 */
export function cgroupLine(scopes: readonly string[]): string {
  const files = [
    ...scopes.flatMap((scope) => unified.map((file) => `${scope}/${file}`)),
    ...scopes.flatMap((scope) => legacy.map((file) => `memory/${scope}/${file}`)),
    ...scopes.map((scope) => `cpuacct/${scope}/cpuacct.usage`),
  ];
  return `cd /sys/fs/cgroup && grep -sHE '^((usage_usec|(total_)?inactive_file) )?[0-9]+$' ${files.join(' ')}`;
}

/** Use by container id. A limit that nobody set is a number near 2^63 in v1, and no number in v2. */
export function readCgroups(text: string): Map<string, CgroupUse> {
  const found = new Map<string, CgroupUse>();
  for (const line of text.split('\n')) {
    const match = /^[\w.@/-]{0,200}?([0-9a-f]{64})[\w./-]{0,40}\/([\w.]{1,40}):(?:(\w{1,40}) )?(\d{1,20})\s*$/.exec(
      line,
    );
    if (match === null) continue;
    const [, id, file, key = '', digits] = match as unknown as [string, string, string, string | undefined, string];
    const use = found.get(id) ?? {
      cpuMicroseconds: null,
      memoryBytes: null,
      inactiveFileBytes: null,
      limitBytes: null,
    };
    found.set(id, use);
    const number = toCounter(digits);
    if (file === 'cpu.stat' && key === 'usage_usec') use.cpuMicroseconds = number;
    else if (file === 'cpuacct.usage') use.cpuMicroseconds = number / 1000;
    else if (file === 'memory.current' || file === 'memory.usage_in_bytes') use.memoryBytes = number;
    else if (file === 'memory.max' || file === 'memory.limit_in_bytes')
      use.limitBytes = number < 2 ** 52 ? number : null;
    // Of a v1 group, `total_` counts those below it too, and comes last.
    else if (file === 'memory.stat' && key.endsWith('inactive_file')) use.inactiveFileBytes = number;
  }
  return found;
}
