import type { SampleData } from '../../../contract/samples.ts';
import type { Collector, Outcome, Round } from '../collector.ts';
import { isCut, textOf } from '../record.ts';
import { unread } from '../unread.ts';

interface MemoryState {
  readonly scope: 'host' | 'container';
}

type Value = NonNullable<SampleData['memory']>;

/**
 * Memory, swap, and what the ZFS cache holds of it.
 *
 * Reads `/proc/meminfo`: https://www.kernel.org/doc/html/latest/filesystems/proc.html#meminfo and
 * `/proc/spl/kstat/zfs/arcstats`: https://openzfs.github.io/openzfs-docs/Performance%20and%20Tuning/Module%20Parameters.html
 */
export const memory: Collector<'memory', MemoryState> = {
  id: 'memory',
  kind: 'fast',
  about: 'Memory and swap, from /proc/meminfo; what the ZFS cache would give back apart.',
  commands: [
    {
      id: 'memory.meminfo',
      type: 'read',
      when: 'always',
      path: '/proc/meminfo',
      keep: '^(MemTotal|MemFree|MemAvailable|Buffers|Cached|SReclaimable|Shmem|SwapTotal|SwapFree):',
    },
    { id: 'memory.arc', type: 'read', when: 'always', path: '/proc/spl/kstat/zfs/arcstats', keep: '^(size|c_min) ' },
    // Inside a container with lxcfs the file is mounted over: the ARC beside it is the outer host's.
    { id: 'memory.scope', type: 'read', when: 'first', path: '/proc/self/mounts', keep: ' /proc/meminfo ' },
  ],
  awk: null,
  parse,
};

function parse(round: Round<MemoryState>): Outcome<Value, MemoryState> {
  const scope = scopeOf(round);
  const record = round.records('memory.meminfo').at(-1);
  if (record === undefined || record.stdout.length === 0) {
    return { ...unread(record, '/proc/meminfo'), state: { scope } };
  }
  const text = textOf(record);
  const fields = parseMeminfo(text);
  const total = fields.get('MemTotal');
  const free = fields.get('MemFree');
  if (total === undefined || free === undefined) {
    return { ...lacking('MemTotal or MemFree', text), state: { scope } };
  }
  const told = fields.get('MemAvailable');
  const computed = told ?? (isCut(record) ? null : estimate(text, fields, free));
  if (computed === null) return { ...lacking('MemAvailable', text), state: { scope } };
  const available = Math.min(total, Math.max(0, computed));
  const arc = round.records('memory.arc').at(-1);
  return {
    status: 'ok',
    value: {
      total_bytes: total,
      used_bytes: total - available,
      available_bytes: available,
      available_estimated: told === undefined,
      free_bytes: free,
      buffers_bytes: fields.get('Buffers') ?? null,
      cached_bytes: fields.get('Cached') ?? null,
      shared_bytes: fields.get('Shmem') ?? null,
      swap: swapOf(fields),
      arc: scope === 'container' || arc === undefined ? null : parseArc(textOf(arc)),
      scope,
    },
    state: { scope },
  };
}

/** `Name:  123 kB` lines as bytes; the byte table at the top of 2.4 kernels' file does not look like them. */
export function parseMeminfo(text: string): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const line of text.split('\n')) {
    const match = /^([A-Za-z]\w*): +(\d{1,12}) kB\s*$/.exec(line);
    if (match !== null) found.set(match[1] as string, Number(match[2]) * 1024);
  }
  return found;
}

function lacking(names: string, text: string) {
  const reason = `/proc/meminfo lacks ${names}: ${text.slice(0, 80).toWellFormed()}`;
  return { status: 'failed', reason } as const;
}

/** What kernels before 3.14 would say, had they the line; null where a line is there and is not understood. */
function estimate(text: string, fields: ReadonlyMap<string, number>, free: number): number | null {
  const [buffers, cached] = [fields.get('Buffers'), fields.get('Cached')];
  const isSpoilt = ['MemAvailable', 'SReclaimable', 'Shmem'].some(
    (name) => !fields.has(name) && text.includes(`\n${name}:`),
  );
  if (buffers === undefined || cached === undefined || isSpoilt) return null;
  return free + buffers + cached + (fields.get('SReclaimable') ?? 0) - (fields.get('Shmem') ?? 0);
}

function swapOf(fields: ReadonlyMap<string, number>): Value['swap'] {
  const total = fields.get('SwapTotal') ?? 0;
  const free = fields.get('SwapFree');
  if (total === 0 || free === undefined) return null;
  return { total_bytes: total, used_bytes: Math.max(0, total - free) };
}

/** `size  4  1234` lines: by name, because their order changes between versions. Null where the host has no ZFS. */
export function parseArc(text: string): Value['arc'] {
  const size = /^size +\d+ +(\d{1,15})\s*$/m.exec(text)?.[1];
  const least = /^c_min +\d+ +(\d{1,15})\s*$/m.exec(text)?.[1];
  if (size === undefined || least === undefined) return null;
  return { size_bytes: Number(size), reclaimable_bytes: Math.max(0, Number(size) - Number(least)) };
}

function scopeOf(round: Round<MemoryState>): MemoryState['scope'] {
  const mounts = round.records('memory.scope').at(-1);
  if (mounts === undefined) return round.previous?.scope ?? 'host';
  return / \/proc\/meminfo fuse\.lxcfs /.test(textOf(mounts)) ? 'container' : 'host';
}
