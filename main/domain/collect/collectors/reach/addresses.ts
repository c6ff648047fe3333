import type { SampleData } from '../../../../contract/samples.ts';
import type { Collector, Outcome, Round, RunCommand } from '../../collector.ts';
import { textOf } from '../../record.ts';
import { complaintOf, unusable } from '../../run-outcome.ts';
import { parseIpJson } from './addresses-json.ts';
import { parseInterfaces, parseResolvers, parseRoutes } from './addresses-text.ts';

type Value = NonNullable<SampleData['addresses']>;

const command: RunCommand = {
  id: 'addresses.ip',
  type: 'run',
  when: 'always',
  // Where systemd's stub is the only server named, the servers behind it are in a file of its own.
  line: 'ip addr; ip route; ip -6 route 2>/dev/null; cat /run/systemd/resolve/resolv.conf 2>/dev/null || cat /etc/resolv.conf',
  tool: 'ip',
  deadlineSeconds: 10,
  maxBytes: 256 * 1024,
};

/**
 * Where the host can be reached, and by which way it reaches others: addresses, routes of the main table, name servers.
 *
 * Runs `ip`: https://man7.org/linux/man-pages/man8/ip.8.html and reads `resolv.conf`:
 * https://man7.org/linux/man-pages/man5/resolv.conf.5.html
 */
export const addresses: Collector<'addresses', null> = {
  id: 'addresses',
  kind: 'slow',
  about: 'Addresses of every interface, routes, name servers and search domains, from ip and resolv.conf.',
  commands: [command],
  awk: null,
  parse,
};

function parse(round: Round<null>): Outcome<Value, null> {
  const record = round.records(command.id).at(-1);
  const nothing = unusable(record, command, 'Addresses');
  if (nothing !== null || record === undefined) return nothing ?? { status: 'absent', reason: 'Nobody asked.' };
  const text = textOf(record);
  const lines = text.split(/\r?\n/, 8192).map((line) => line.slice(0, 4096));
  const json = parseIpJson(text);
  const value = {
    interfaces: json.interfaces.length > 0 ? json.interfaces : parseInterfaces(lines),
    routes: json.routes.length > 0 ? json.routes : parseRoutes(lines),
    ...parseResolvers(lines),
  };
  if (value.interfaces.length + value.routes.length + value.dns_servers.length === 0) {
    return { status: 'failed', reason: `Addresses: ip said ${complaintOf(record)}`.slice(0, 120).toWellFormed() };
  }
  return { status: 'ok', value };
}
