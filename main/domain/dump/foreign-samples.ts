import { kinds } from '../../contract/kinds.ts';
import type { CpuShare, Problem, Sample, SampleData } from '../../contract/samples.ts';
import { type ForeignReading, foreignNames, foreignRoots } from './foreign-names.ts';

const notSaid: Problem = { status: 'absent', reason: 'The other product’s sample does not say it.' };

/**
 * A sample of another product as one of ours, with what both say alike and the rest unknown. `writtenAt`: of its
 * separator, in milliseconds since the epoch; it counts where the sample tells no time. Null where the sample has
 * another kind, or nothing that is known: then it can be read, and not be drawn.
 */
export function fromForeign(kind: string, json: unknown, writtenAt: number): Sample | null {
  const known = kinds.find((one) => one === kind);
  const { collected_at, data } = isObject(json) ? json : {};
  if (known === undefined || !isObject(data)) return null;
  const say = (reading: ForeignReading): number | null => readingIn(data, reading);
  const parts = { cpu: cpuOf(say), load: loadOf(say), memory: memoryOf(say) };
  const uptime = say('uptime');
  const said = Object.entries(parts).filter(([, part]) => part !== null);
  if (said.length === 0 && uptime === null) return null;
  // Of the kind whose gauges these are, a missing one is told; the other kinds have never had them.
  const missing = known === 'fast' ? Object.entries(parts).filter(([, part]) => part === null) : [];
  return {
    kind: known,
    collected_at: new Date(timeIn(collected_at) ?? writtenAt).toISOString(),
    data: {
      clock: { boot_id: null, uptime_seconds: uptime },
      ...Object.fromEntries([...said, ...missing]),
      problems: Object.fromEntries(missing.map(([name]) => [name, notSaid])),
    },
  };
}

type Say = (reading: ForeignReading) => number | null;

function cpuOf(say: Say): NonNullable<SampleData['cpu']> | null {
  const busy = say('cpu.busy');
  if (busy === null) return null;
  const total: CpuShare = {
    ...{ busy_percent: busy, user_percent: null, nice_percent: null, system_percent: null, irq_percent: null },
    ...{ softirq_percent: null, steal_percent: null, iowait_percent: null, idle_percent: null },
  };
  return { total, cores: [] };
}

function loadOf(say: Say): NonNullable<SampleData['load']> | null {
  const [one, five, fifteen] = [say('load.1'), say('load.5'), say('load.15')];
  if (one === null || five === null || fifteen === null) return null;
  return { one, five, fifteen, running: null, tasks: null };
}

/** What is used is total − available; where only that is told, it is taken at its word and marked as an estimate. */
function memoryOf(say: Say): NonNullable<SampleData['memory']> | null {
  const total = say('memory.total');
  const used = say('memory.used');
  const available = say('memory.available') ?? (total === null || used === null ? null : total - used);
  if (total === null || available === null || available < 0 || available > total) return null;
  const [swapTotal, swapUsed] = [say('swap.total'), say('swap.used')];
  return {
    ...{ total_bytes: total, used_bytes: total - available, available_bytes: available, free_bytes: null },
    available_estimated: say('memory.available') === null,
    ...{ buffers_bytes: null, cached_bytes: null, shared_bytes: null },
    swap: swapTotal === null || swapUsed === null ? null : { total_bytes: swapTotal, used_bytes: swapUsed },
    ...{ arc: null, scope: 'host' },
  };
}

/** The first of its names that has a number in range. */
function readingIn(data: Record<string, unknown>, reading: ForeignReading): number | null {
  const { names, most } = foreignNames[reading];
  for (const root of foreignRoots) {
    const from = root === null ? data : data[root];
    for (const name of names) {
      const value = valueAt(from, name);
      if (typeof value === 'number' && value >= 0 && value <= most) return value;
    }
  }
  return null;
}

function valueAt(from: unknown, name: string): unknown {
  let value = from;
  for (const part of name.split('.')) {
    const place = /^\[(\d)\]$/.exec(part)?.[1];
    if (place !== undefined) value = Array.isArray(value) ? value[Number(place)] : undefined;
    else value = isObject(value) && Object.hasOwn(value, part) ? value[part] : undefined;
  }
  return value;
}

/** Milliseconds since the epoch from ISO 8601 with a zone; null for anything else. */
function timeIn(value: unknown): number | null {
  const isIso = typeof value === 'string' && /^\d{4}-\d\d-\d\dT[\d:.]{5,18}(Z|[+-]\d\d:?\d\d)$/.test(value);
  const time = isIso ? Date.parse(value) : Number.NaN;
  return Number.isNaN(time) ? null : time;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
