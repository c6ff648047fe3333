import type { Guest } from '../../../../contract/guests.ts';
import { counterDelta, perSecond } from '../../../metrics/rate.ts';
import type { Collector, Outcome, Round, RunCommand } from '../../collector.ts';
import { textOf } from '../../record.ts';
import { asRoot, complaintOf, unusable } from '../../run-outcome.ts';
import { parseJson } from '../loose-values.ts';
import { readApi, versionOf } from './api-rows.ts';
import { readClusterFiles, readGuestList, readMembers, readReports } from './cluster-files.ts';
import { readTables } from './tables.ts';
import { type Counters, newTold, type Proxmox, type Told } from './told.ts';

interface ProxmoxState {
  readonly counters: ReadonlyMap<number, Counters>;
}

const files = ['.members', '.vmlist', '.rrd', 'storage.cfg', 'ha/manager_status'].map((name) => `/etc/pve/${name}`);
const tail = `tail -v -n +1 ${files.join(' ')}`;
const grep = "grep -r -s -e '^tags' -e '^lock' -e ']$' /etc/pve/nodes";

/** `pvesh` takes a second of CPU for what these files say to two programs of a few milliseconds. */
const resources: RunCommand = {
  id: 'proxmox.resources',
  type: 'run',
  when: 'always',
  line: asRoot(
    `if [ -e /etc/pve/.rrd ]; then $S ${grep}; $S ${tail}; else $S pvesh get /cluster/resources --output-format json; fi`,
  ),
  tool: 'pvesh',
  sudo: [
    `/usr/bin/${tail}`,
    // Between the quotes of the line; sudo compares what the shell has made of them.
    '/usr/bin/grep -r -s -e ^tags -e ^lock -e ]$ /etc/pve/nodes',
    '/usr/bin/pvesh get /cluster/resources --output-format json',
  ],
  deadlineSeconds: 20,
  maxBytes: 2 * 1024 * 1024,
};

/** `pveversion` would be a second of CPU too. */
const version: RunCommand = {
  ...{ id: 'proxmox.version', type: 'run', when: 'first', tool: 'pvesh', deadlineSeconds: 10, maxBytes: 4096 },
  line: 'dpkg-query -W pve-manager',
};

/**
 * Nodes, guests, storages and quorum of Proxmox VE.
 *
 * Reads what the cluster's file system makes up: https://pve.proxmox.com/pve-docs/pmxcfs.8.html. Where that is not
 * there it runs pvesh: https://pve.proxmox.com/pve-docs/pvesh.1.html
 */
export const proxmox: Collector<'proxmox', ProxmoxState> = {
  id: 'proxmox',
  kind: 'medium',
  about: 'Proxmox VE: nodes, guests, storages, cluster and quorum, from the files of /etc/pve; needs root.',
  commands: [resources, version],
  awk: null,
  parse,
};

function parse(round: Round<ProxmoxState>): Outcome<Proxmox, ProxmoxState> {
  const records = round.records(resources.id);
  const record = records.at(-1);
  const told = newTold();
  for (const one of [...records, ...round.records(version.id)]) read(told, textOf(one));
  if (!told.understood && (record !== undefined || told.version === null)) {
    const reason = unusable(record, resources, 'Proxmox VE');
    if (reason !== null) return reason;
    const said = record === undefined ? '' : complaintOf(record);
    return { status: 'failed', reason: `Proxmox VE: pvesh told nothing of guests: ${said.slice(0, 70)}` };
  }
  const { counters } = told;
  return { status: 'ok', value: proxmoxOf(told, round), state: { counters } };
}

/** What a record says, in whatever form it came. */
function read(told: Told, text: string): void {
  const version = versionOf(/^pve-manager: .*$/m.exec(text)?.[0] ?? (text.length < 200 ? text : null));
  if (version !== null) told.version = version;
  else if (/^==> \/etc\/pve\//m.test(text)) readClusterFiles(told, text);
  else {
    const json = parseJson(fromFirstBracket(text));
    const isRead = json === undefined ? readReports(told, text) : readMembers(told, text) || readGuestList(told, text);
    if (!isRead && json === undefined) readTables(told, text);
    else if (!isRead) readApi(told, json);
  }
}

/** pvesh prints warnings before what it was asked for. */
function fromFirstBracket(text: string): string {
  const start = text.search(/^[ \t]*[[{]/m);
  return start <= 0 ? text : text.slice(start);
}

function proxmoxOf(told: Told, round: Round<ProxmoxState>): Proxmox {
  const { version, cluster, localNode, history } = told;
  const nodes = [...told.nodes.values()].map((node) => ({
    ...node,
    // Alone, it has no list of members to be in.
    online: node.online ?? (localNode !== null && node.name === localNode ? true : null),
    local: localNode === null ? null : node.name === localNode,
  }));
  return {
    ...{ version, cluster, nodes: nodes.sort((a, b) => compare(a.name ?? '', b.name ?? '')) },
    guests: [...told.guests.values()]
      .sort((a, b) => a.vmid - b.vmid)
      .map((guest) => ({ ...guest, ...rates(told.counters.get(guest.vmid), guest, round) })),
    storages: [...told.storages.values()],
    ...(history.length > 0 && { history }),
  };
}

type Rates = Pick<
  Guest,
  'rx_bytes_per_second' | 'tx_bytes_per_second' | 'read_bytes_per_second' | 'write_bytes_per_second'
>;

/** Over the time between the two reports where they are dated, else over that between the rounds. */
function rates(after: Counters | undefined, { vmid }: Guest, round: Round<ProxmoxState>): Rates {
  const before = round.previous?.counters.get(vmid);
  const seconds =
    before === undefined || before.at === null || !after?.at ? round.elapsedSeconds : after.at - before.at;
  // One that began anew may have come past what it had counted before.
  const isSame = before !== undefined && (after?.uptime ?? 0) >= (before.uptime ?? 0) && (after?.uptime ?? 0) > 0;
  const rate = (key: 'rx' | 'tx' | 'read' | 'write') => {
    const [from, to] = [before?.[key] ?? null, after?.[key] ?? null];
    return isSame && from !== null && to !== null ? perSecond(counterDelta(from, to), seconds) : null;
  };
  return {
    ...{ rx_bytes_per_second: rate('rx'), tx_bytes_per_second: rate('tx') },
    ...{ read_bytes_per_second: rate('read'), write_bytes_per_second: rate('write') },
  };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
