import type { Target } from '../../../contract/hosts.ts';
import { connectionWords, targetWords, visible, visibleJson } from '../../../domain/present/words.ts';
import { noOperands } from '../arguments.ts';
import type { Command } from '../command.ts';
import { formatTable } from '../table.ts';
import { importHosts } from './import-hosts.ts';

/** Hosts that Rackside knows with their states, then those that the ssh configuration names. */
export const hosts: Command = async (context) => {
  const {
    arguments: { operands, json },
    open,
    print,
  } = context;
  if (operands[0] === 'import') return importHosts(context);
  noOperands(operands);
  const client = await open();
  const [fleet, { candidates, problems }] = await Promise.all([
    client['fleet.list']({}),
    client['hosts.candidates']({}),
  ]);
  const others = candidates.filter(({ known }) => !known);
  if (json) {
    for (const { host, connection } of fleet.hosts) print(`${visibleJson({ ...host, connection })}\n`);
    for (const candidate of others) print(`${visibleJson(candidate)}\n`);
  } else {
    const rows = [
      ...fleet.hosts.map(({ host, connection }) => {
        const { word, sentence } = connectionWords(connection, fleet.now);
        return row(host.name, host.target, sentence === null ? word : `${word}: ${sentence}`);
      }),
      ...others.map(({ name, target }) =>
        row(name, target, target.transport === 'ssh' ? 'in ~/.ssh/config' : 'not added'),
      ),
    ];
    print(formatTable(['NAME', 'ADDRESS', 'STATE'], rows));
  }
  for (const problem of [...fleet.warnings, ...problems]) process.stderr.write(`${visible(problem)}\n`);
};

function row(name: string, target: Target, state: string): string[] {
  return [visible(name, 40), visible(targetWords(target), 60), visible(state, 200)];
}
