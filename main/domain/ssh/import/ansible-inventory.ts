import { expandRanges } from './host-ranges.ts';
import { createGathering, type Gathering, type Imported, nothingFound, portIn, shown } from './imported.ts';

export type Variables = Readonly<Record<string, string>>;

/** Groups by their names, in the order of the file; hosts by theirs, with what is said beside the name. */
export interface Inventory {
  readonly groups: Map<string, Group>;
}

export interface Group {
  readonly hosts: Map<string, Variables>;
  readonly children: Set<string>;
  variables: Variables;
}

export function groupOf({ groups }: Inventory, name: string): Group {
  const found = groups.get(name) ?? { hosts: new Map(), children: new Set(), variables: {} };
  groups.set(name, found);
  return found;
}

/** Groups that Ansible has by itself. */
const implied = new Set(['all', 'ungrouped']);

/** More groups than there are names for. */
const mostGroups = 2000;

/** Groups in one another, deeper than anybody's. */
const maxDepth = 32;

/**
 * The hosts of an inventory. A host's own variables come before those of its groups, and those of a group before those
 * of the groups that it is in. Its first group becomes its group, the others become tags.
 */
export function hostsOf(inventory: Inventory, gathering: Gathering = createGathering()): Imported {
  if (inventory.groups.size > mostGroups) {
    gathering.problem(`It has ${inventory.groups.size} groups; ${mostGroups} are as many as are taken.`);
    return gathering.done();
  }
  const parents = parentsIn(inventory);
  const places = new Map<string, { own: Variables; groups: string[] }>();
  for (const [groupName, group] of inventory.groups) {
    for (const [pattern, variables] of group.hosts) {
      const names = expandRanges(pattern);
      if (names === null) gathering.problem(`The range in ${shown(pattern)} cannot be followed.`);
      for (const name of names ?? []) {
        const place = places.get(name) ?? { own: {}, groups: [] };
        place.groups.push(groupName);
        places.set(name, { ...place, own: { ...place.own, ...variables } });
      }
    }
  }
  for (const [name, { own, groups }] of places) {
    // What is beyond is counted, and costs no more.
    if (gathering.isFull) gathering.add({ ...nothingFound, name, address: name });
    if (gathering.isFull) continue;
    const near = lineage(groups, parents);
    const inherited = near.toReversed().map((group) => inventory.groups.get(group)?.variables ?? {});
    const all = inventory.groups.get('all')?.variables ?? {};
    addHost(name, Object.assign({}, all, ...inherited, own), near, gathering);
  }
  return gathering.done();
}

/** A group and those above it, the nearest first. */
function lineage(groups: readonly string[], parents: ReadonlyMap<string, readonly string[]>): string[] {
  const found = new Set(groups);
  let level: readonly string[] = groups;
  for (let depth = 0; depth < maxDepth && level.length > 0; depth += 1) {
    level = level.flatMap((group) => parents.get(group) ?? []).filter((group) => !found.has(group));
    for (const group of level) found.add(group);
  }
  return [...found].filter((group) => !implied.has(group));
}

function parentsIn({ groups }: Inventory): Map<string, string[]> {
  const parents = new Map<string, string[]>();
  for (const [name, { children }] of groups) {
    for (const child of children) {
      const found = parents.get(child) ?? [];
      found.push(name);
      parents.set(child, found);
    }
  }
  return parents;
}

function addHost(name: string, variables: Variables, groups: readonly string[], gathering: Gathering): void {
  const said = (...keys: readonly string[]): string | null => {
    const value = keys.map((key) => variables[key]).find((one) => one !== undefined && one !== '') ?? null;
    if (value === null || !/\{\{|\{%/.test(value)) return value;
    gathering.problem(`${shown(name)}: ${keys[0]} is a template, which only Ansible can fill in.`);
    return null;
  };
  const connection = said('ansible_connection') ?? 'ssh';
  if (connection === 'local') return;
  if (!/^(?:ssh|paramiko|paramiko_ssh|smart|ansible\.netcommon\.libssh)$/.test(connection)) {
    gathering.problem(`${shown(name)} is reached by ${shown(connection)}, which is not SSH: left out.`);
    return;
  }
  if (/proxy(?:jump|command)|-J\s/i.test(said('ansible_ssh_common_args', 'ansible_ssh_extra_args') ?? '')) {
    gathering.problem(`${shown(name)} is reached through another host: say so with ProxyJump in ~/.ssh/config.`);
  }
  const port = said('ansible_port', 'ansible_ssh_port');
  if (port !== null && portIn(port) === null) gathering.problem(`${shown(name)}: ${shown(port)} is no port.`);
  const [group = null, ...tags] = groups;
  gathering.add({
    name,
    address: said('ansible_host', 'ansible_ssh_host') ?? name,
    port: port === null ? null : portIn(port),
    user: said('ansible_user', 'ansible_ssh_user'),
    identityFile: said('ansible_ssh_private_key_file', 'ansible_private_key_file'),
    group,
    tags,
  });
}
