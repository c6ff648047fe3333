import type { HostView } from '../../main/contract/hosts.ts';
import { formatCount, formatPercent } from '../../main/domain/present/units.ts';

type Views = Readonly<Record<string, HostView>>;

export interface FleetGroup {
  /** Null: the hosts that are in none, or all of them where nobody groups. */
  readonly name: string | null;
  readonly ids: readonly string[];
}

/** The hosts by their group, in the order of the groups' names; those in none come last. */
export function groupHosts(ids: readonly string[], views: Views): readonly FleetGroup[] {
  const groups = new Map<string | null, string[]>();
  for (const id of ids) {
    const name = views[id]?.host.group ?? null;
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [id]);
    else group.push(id);
  }
  return [...groups]
    .map(([name, members]) => ({ name, ids: members }))
    .sort((a, b) => Number(a.name === null) - Number(b.name === null) || byName.compare(a.name ?? '', b.name ?? ''));
}

/** `rack 2` before `rack 10`. */
const byName = new Intl.Collator('en', { numeric: true });

export function sameGroups(a: readonly FleetGroup[], b: readonly FleetGroup[]): boolean {
  return (
    a.length === b.length &&
    a.every((group, at) => {
      const other = b[at];
      return (
        other !== undefined &&
        group.name === other.name &&
        group.ids.length === other.ids.length &&
        group.ids.every((id, index) => id === other.ids[index])
      );
    })
  );
}

/** How many hosts, and how many of them need a person. */
export function countWords(ids: readonly string[], views: Views): string {
  let live = 0;
  let asking = 0;
  let failing = 0;
  for (const id of ids) {
    const connection = views[id]?.connection;
    if (connection?.state === 'live') live += 1;
    else if (connection?.state === 'asking') asking += 1;
    else if (connection?.state === 'waiting') failing += 1;
    else if (connection?.state === 'stopped' && connection.fault !== null) failing += 1;
  }
  const parts = [`${formatCount(ids.length)} ${ids.length === 1 ? 'host' : 'hosts'}`, `${formatCount(live)} live`];
  if (failing > 0) parts.push(`${formatCount(failing)} not reached`);
  if (asking > 0) parts.push(asking === 1 ? '1 needs you' : `${formatCount(asking)} need you`);
  return parts.join('  ·  ');
}

/** `CPU 12 %, at most 80 %`, of the hosts that tell it now; null where none does. */
export function loadWords(ids: readonly string[], views: Views, reading: 'cpu' | 'memory'): string | null {
  let sum = 0;
  let most = 0;
  let count = 0;
  for (const id of ids) {
    const view = views[id];
    if (view?.connection.state !== 'live') continue;
    const value = reading === 'cpu' ? view.glance?.cpu_percent : view.glance?.memory_percent;
    if (value == null) continue;
    sum += value;
    most = Math.max(most, value);
    count += 1;
  }
  if (count === 0) return null;
  const name = reading === 'cpu' ? 'CPU' : 'Memory';
  return `${name} ${formatPercent(sum / count, 0)}, at most ${formatPercent(most, 0)}`;
}
