import type { Glance } from '../../contract/hosts.ts';
import type { Sample } from '../../contract/samples.ts';
import { memoryParts } from './memory.ts';

/** The same object for the same sample: so who compares glances sees at once that there is no newer one. */
const glances = new WeakMap<Sample, Glance>();

/** What a row of the fleet shows of a fast sample, in the precision that can be seen. */
export function glanceOf(fast: Sample | null): Glance | null {
  if (fast === null) return null;
  const known = glances.get(fast);
  if (known !== undefined) return known;
  const { cpu, memory, load, clock, problems } = fast.data;
  const glance: Glance = {
    at: Date.parse(fast.collected_at),
    cpu_percent: rounded(cpu?.total?.busy_percent ?? null),
    memory_percent: rounded(memory == null ? null : memoryParts(memory).usedPercent),
    load: load?.one ?? null,
    uptime_seconds: clock.uptime_seconds === null ? null : Math.round(clock.uptime_seconds),
    problems: Object.fromEntries(Object.entries(problems).filter(([name]) => name === 'cpu' || name === 'memory')),
  };
  glances.set(fast, glance);
  return glance;
}

/** To a hundredth. */
function rounded(value: number | null): number | null {
  return value === null ? null : Math.round(value * 100) / 100;
}
