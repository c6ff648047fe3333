import type { Glance } from '../../contract/hosts.ts';
import type { Sample } from '../../contract/samples.ts';
import { memoryParts } from './memory.ts';

/** What a row of the fleet shows of a fast sample, in the precision that can be seen. */
export function glanceOf(fast: Sample): Glance {
  const { cpu, memory, load, clock, problems } = fast.data;
  return {
    at: Date.parse(fast.collected_at),
    cpu_percent: rounded(cpu?.total?.busy_percent ?? null),
    memory_percent: rounded(memory == null ? null : memoryParts(memory).usedPercent),
    load: load?.one ?? null,
    uptime_seconds: clock.uptime_seconds === null ? null : Math.round(clock.uptime_seconds),
    problems: Object.fromEntries(Object.entries(problems).filter(([name]) => name === 'cpu' || name === 'memory')),
  };
}

/** To a hundredth. */
function rounded(value: number | null): number | null {
  return value === null ? null : Math.round(value * 100) / 100;
}
