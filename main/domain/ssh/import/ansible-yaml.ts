import { groupOf, hostsOf, type Inventory, type Variables } from './ansible-inventory.ts';
import { createGathering, type Gathering, type Imported, shown } from './imported.ts';

/** Groups in one another, deeper than anybody's. */
const maxDepth = 32;

/**
 * An inventory in YAML form, parsed already: groups with `hosts`, `vars` and `children`.
 * https://docs.ansible.com/ansible/latest/collections/ansible/builtin/yaml_inventory.html
 */
export function readAnsibleYaml(value: unknown): Imported {
  const gathering = createGathering();
  const inventory: Inventory = { groups: new Map() };
  const groups = fieldsOf(value);
  if (groups === null) gathering.problem('An inventory begins with the names of its groups: all: or another.');
  for (const [name, group] of groups ?? []) readGroup(name, group, inventory, gathering, 0);
  return hostsOf(inventory, gathering);
}

function readGroup(name: string, value: unknown, inventory: Inventory, gathering: Gathering, depth: number): void {
  const fields = fieldsOf(value);
  const group = groupOf(inventory, name);
  if (value === null || value === undefined) return;
  if (fields === null || depth > maxDepth) {
    gathering.problem(`The group ${shown(name)} is left out: it has to say hosts, vars or children.`);
    return;
  }
  for (const [key, part] of fields) {
    const entries = fieldsOf(part);
    if (part === null || part === undefined) continue;
    if (entries === null) gathering.problem(`The group ${shown(name)}: ${shown(key)} cannot be read: it has no names.`);
    else if (key === 'vars') group.variables = { ...group.variables, ...variablesOf(part) };
    else if (key === 'hosts') {
      for (const [host, said] of entries) group.hosts.set(host, { ...group.hosts.get(host), ...variablesOf(said) });
    } else if (key === 'children') {
      for (const [child, inner] of entries) {
        group.children.add(child);
        readGroup(child, inner, inventory, gathering, depth + 1);
      }
    } else gathering.problem(`The group ${shown(name)}: ${shown(key)} is not known.`);
  }
}

/** Only what says how to reach a host: inventories hold passwords too, and these go nowhere. */
function variablesOf(value: unknown): Variables {
  const plain = (fieldsOf(value) ?? []).filter(
    ([key, one]) => key.startsWith('ansible_') && (typeof one === 'string' || typeof one === 'number'),
  );
  return Object.fromEntries(plain.map(([key, one]) => [key, String(one)]));
}

function fieldsOf(value: unknown): [string, unknown][] | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value) : null;
}
