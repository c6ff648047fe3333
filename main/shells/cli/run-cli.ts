import { consoleContract } from '../../contract/console.ts';
import { toFault } from '../../contract/faults.ts';
import { createClient } from '../../contract/rpc/client.ts';
import { visible } from '../../domain/present/words.ts';
import { type ConsoleAccess, openConsole } from '../../services/console.ts';
import { dataFolder, dataFolderSource as dataFolderSourceOf } from '../data-folder.ts';
import { version } from '../version.ts';
import { type Arguments, parseArguments } from './arguments.ts';
import type { Command } from './command.ts';
import { collect } from './commands/collect.ts';
import { collectors } from './commands/collectors.ts';
import { connect } from './commands/connect.ts';
import { dump } from './commands/dump/dump.ts';
import { hosts } from './commands/hosts.ts';
import { knownHosts } from './commands/known-hosts.ts';
import { pull } from './commands/pull.ts';
import { replay } from './commands/replay.ts';
import { run as runOnHosts } from './commands/run.ts';
import { settings } from './commands/settings.ts';
import { sshConfig } from './commands/ssh-config.ts';
import { watch } from './commands/watch.ts';
import { UsageError, usage } from './usage.ts';

const commands: Readonly<Record<string, Command>> = {
  hosts,
  connect,
  collect,
  watch,
  replay,
  dump,
  collectors,
  settings,
  'ssh-config': sshConfig,
  run: runOnHosts,
  'known-hosts': knownHosts,
  pull,
};

const exitCodes = { done: 0, failed: 1, notUnderstood: 2 } as const;

/** Answers the exit code. */
export async function runCli(argv: readonly string[]): Promise<number> {
  try {
    return await dispatch(argv);
  } catch (error) {
    return report(error);
  }
}

async function dispatch(argv: readonly string[]): Promise<number> {
  const parsed = parseArguments(argv);
  if (parsed.version) return print(`${version}\n`);
  if (parsed.help || parsed.command === null) return print(usage);
  const command = commands[parsed.command];
  if (command === undefined) throw new UsageError(`There is no command ${parsed.command}.`);
  return run(command, parsed);
}

/** Answers the exit code. */
async function run(command: Command, parsed: Arguments): Promise<number> {
  const stop = new AbortController();
  process.once('SIGINT', () => stop.abort());
  process.once('SIGTERM', () => stop.abort());
  let access: ConsoleAccess | null = null;
  let exitCode: number = exitCodes.done;
  try {
    await command({
      arguments: parsed,
      open: async () => {
        const [folder, dataFolderSource] = [dataFolder(parsed.dataFolder), dataFolderSourceOf(parsed.dataFolder)];
        access ??= await openConsole({ dataFolder: folder, dataFolderSource, version });
        return createClient(consoleContract, access.connect());
      },
      signal: stop.signal,
      print,
      fail: () => {
        exitCode = exitCodes.failed;
      },
    });
    return exitCode;
  } finally {
    await (access as ConsoleAccess | null)?.close();
  }
}

function print(text: string | Uint8Array): number {
  process.stdout.write(text);
  return exitCodes.done;
}

function report(error: unknown): number {
  if (error instanceof UsageError) {
    process.stderr.write(`rackside: ${error.message} See rackside --help.\n`);
    return exitCodes.notUnderstood;
  }
  const fault = toFault(error, 'rackside');
  if (fault.code === 'cancelled') return exitCodes.done;
  process.stderr.write(`rackside: ${visible(fault.message)} (${fault.code}, at: ${fault.step})\n`);
  return exitCodes.failed;
}
