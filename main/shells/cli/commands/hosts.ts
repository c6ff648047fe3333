import { connectionWords, targetWords, visible, visibleJson } from '../../../domain/present/words.ts';
import type { Command } from '../command.ts';
import { formatTable } from '../table.ts';

/** Hosts that Rackside knows with their states, then those that the ssh configuration names. */
export const hosts: Command = async ({ arguments: { json }, open, print }) => {
  const client = await open();
  const { candidates, problems } = await client['hosts.candidates']({});
  for await (const fleet of client['fleet.watch']({})) {
    if (json) {
      for (const view of fleet.hosts) print(`${visibleJson({ ...view.host, connection: view.connection })}\n`);
      for (const candidate of candidates.filter(({ known }) => !known)) print(`${visibleJson(candidate)}\n`);
    } else {
      const rows = [
        ...fleet.hosts.map(({ host, connection }) => {
          const { word, sentence } = connectionWords(connection, fleet.now);
          return [
            visible(host.name),
            visible(targetWords(host.target)),
            visible(sentence === null ? word : `${word}: ${sentence}`),
          ];
        }),
        ...candidates
          .filter(({ known }) => !known)
          .map(({ name, target }) => [visible(name), visible(targetWords(target)), 'in ~/.ssh/config']),
      ];
      print(formatTable(['NAME', 'ADDRESS', 'STATE'], rows));
    }
    break;
  }
  for (const problem of problems) process.stderr.write(`${visible(problem)}\n`);
};
