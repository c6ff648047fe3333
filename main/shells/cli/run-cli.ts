import { toFault } from '../../contract/faults.ts';
import { visible } from '../../domain/present/words.ts';
import { type ConsoleAccess, openConsole } from '../../services/console.ts';
import { dataFolder, dataFolderSource as dataFolderSourceOf } from '../data-folder.ts';
import { version } from '../version.ts';
import { type Arguments, parseArguments } from './arguments.ts';
import type { Command } from './command.ts';
import { UsageError, usage, usageOf } from './usage.ts';

/** Each is loaded when it is called for. */
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  hosts: async () => (await import('./commands/hosts.ts')).hosts,
  connect: async () => (await import('./commands/connect.ts')).connect,
  collect: async () => (await import('./commands/collect.ts')).collect,
  health: async () => (await import('./commands/health.ts')).health,
  watch: async () => (await import('./commands/watch.ts')).watch,
  replay: async () => (await import('./commands/replay.ts')).replay,
  dump: async () => (await import('./commands/dump/dump.ts')).dump,
  collectors: async () => (await import('./commands/collectors.ts')).collectors,
  parse: async () => (await import('./commands/parse.ts')).parse,
  settings: async () => (await import('./commands/settings.ts')).settings,
  'ssh-config': async () => (await import('./commands/ssh-config.ts')).sshConfig,
  run: async () => (await import('./commands/run.ts')).run,
  'known-hosts': async () => (await import('./commands/known-hosts.ts')).knownHosts,
  pull: async () => (await import('./commands/pull.ts')).pull,
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
  if (parsed.command === null) return print(usage);
  if (parsed.help) return print(usageOf([parsed.command, ...parsed.operands]));
  const load = commands[parsed.command];
  if (load === undefined) throw new UsageError(`There is no command ${parsed.command}.`);
  return run(await load(), parsed);
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
        const [{ consoleContract }, { createClient }] = await Promise.all([
          import('../../contract/console.ts'),
          import('../../contract/rpc/client.ts'),
        ]);
        return createClient(consoleContract, access.connect());
      },
      signal: stop.signal,
      print,
      fail: (code = exitCodes.failed) => {
        exitCode = code;
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
