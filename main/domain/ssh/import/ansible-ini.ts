import { type Group, groupOf, hostsOf, type Inventory, type Variables } from './ansible-inventory.ts';
import { createGathering, type Gathering, type Imported, shown } from './imported.ts';

/**
 * An inventory in INI form: `[group]`, `[group:children]`, `[group:vars]`, and lines of a host with its variables.
 * https://docs.ansible.com/ansible/latest/collections/ansible/builtin/ini_inventory.html
 */
export function readAnsibleIni(text: string): Imported {
  const gathering = createGathering();
  const inventory: Inventory = { groups: new Map() };
  let section = { group: groupOf(inventory, 'ungrouped'), kind: 'hosts' };
  for (const [index, raw] of text.split(/\r?\n/).entries()) {
    const line = raw.trim();
    if (line === '' || line.startsWith('#') || line.startsWith(';')) continue;
    const [, name, kind = 'hosts'] = /^\[([^\]:]+)(?::(\w+))?\]\s*(?:[#;].*)?$/.exec(line) ?? [];
    if (name !== undefined) {
      section = { group: groupOf(inventory, name.trim()), kind };
      if (!/^(?:hosts|vars|children)$/.test(kind)) gathering.problem(`Line ${index + 1}: ${shown(line)} is not known.`);
    } else if (section.kind === 'children') section.group.children.add(words(line)[0] ?? '');
    else if (section.kind === 'vars') addVariable(line, section.group);
    else if (section.kind === 'hosts') addHost(line, index + 1, section.group, gathering);
  }
  for (const child of [...inventory.groups.values()].flatMap(({ children }) => [...children]))
    groupOf(inventory, child);
  return hostsOf(inventory, gathering);
}

function addVariable(line: string, group: Group): void {
  const [, key, value = ''] = /^([^=\s]+)\s*=\s*(.*)$/.exec(line) ?? [];
  if (key !== undefined) group.variables = { ...group.variables, [key]: unquoted(value.replace(/\s+#.*$/, '')) };
}

function addHost(line: string, number: number, group: Group, gathering: Gathering): void {
  const [name = '', ...pairs] = words(line);
  const variables: Record<string, string> = {};
  for (const pair of pairs) {
    const equals = pair.indexOf('=');
    if (equals > 0) variables[pair.slice(0, equals)] = pair.slice(equals + 1);
    else gathering.problem(`Line ${number}: ${shown(pair)} is no variable: write name=value.`);
  }
  const { host, port } = portBehind(name);
  const said: Variables = port === null ? variables : { ansible_port: port, ...variables };
  group.hosts.set(host, { ...group.hosts.get(host), ...said });
}

/** `host:2222` and `[2001:db8::1]:2222`; a range has its colons in brackets. */
function portBehind(name: string): { host: string; port: string | null } {
  const [, host, port = null] = /^(\[[\da-f:.]+\]|[^:]*(?:\[[^\]]*\][^:]*)*):(\d+)$/i.exec(name) ?? [];
  if (host === undefined) return { host: name, port: null };
  return { host: /^\[[\da-f]*:[\da-f:.]+:[\da-f.]*\]$/i.test(host) ? host.slice(1, -1) : host, port };
}

/** Words in the manner of a shell, up to a comment. */
function words(line: string): string[] {
  const found: string[] = [];
  for (const [word] of line.matchAll(/(?:"[^"]*"|'[^']*'|[^\s"'])+/g)) {
    if (word.startsWith('#')) break;
    found.push(word.replaceAll(/"([^"]*)"|'([^']*)'/g, (_, a?: string, b?: string) => a ?? b ?? ''));
  }
  return found;
}

function unquoted(value: string): string {
  return value.replace(/^(["'])(.*)\1$/, '$2');
}
