import { explainSshConfig } from '../../../services/console.ts';
import { onlyOperand } from '../arguments.ts';
import type { Command } from '../command.ts';

/** What ssh would make of a host, line by line as `ssh -G` has it. Needs no console, and opens no data. */
export const sshConfig: Command = async ({ arguments: { operands, sshConfig: own }, print }) => {
  const destination = onlyOperand(operands, 'host');
  const lines = await explainSshConfig({ destination, user: own.user, port: own.port }, own.file, own.matchExec);
  print(`${lines.join('\n')}\n`);
};
