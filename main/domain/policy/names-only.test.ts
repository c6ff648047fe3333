import { expect, test } from 'vitest';
import { processesCommands } from '../collect/collectors/processes/commands.ts';
import { commandLine } from '../collect/command-line.ts';
import { holdsCommandLine } from './names-only.ts';

test('of the commands that the collector needs, exactly one prints command lines', () => {
  expect(
    processesCommands.filter((command) => holdsCommandLine(commandLine(command, '7'))).map(({ id }) => id),
  ).toEqual(['processes.cmdline']);
});
