import type { FleetChange, Glance, PackedGlance } from '../../contract/hosts.ts';

/** @param place of the host among all  @param now of the change that it is told with */
export function packGlance(place: number, glance: Glance, now: number): PackedGlance {
  const { at, cpu_percent, memory_percent, load, uptime_seconds, problems } = glance;
  const packed: PackedGlance = [place, now - at, cpu_percent, memory_percent, load, uptime_seconds];
  if (Object.keys(problems).length > 0) packed.push(problems);
  return packed;
}

/** The change with its glances among what it tells of hosts. `before`: the ids of all in their order, as they were. */
export function unpackGlances(
  { glances, hosts, ...change }: FleetChange,
  before: readonly string[],
): Omit<FleetChange, 'glances'> {
  const ids = change.order ?? before;
  const all = [...hosts];
  for (const [place, age, cpu_percent, memory_percent, load, uptime_seconds, problems = {}] of glances) {
    const id = ids[place];
    const at = change.now - age;
    if (id !== undefined) all.push({ id, glance: { at, cpu_percent, memory_percent, load, uptime_seconds, problems } });
  }
  return { ...change, hosts: all };
}
