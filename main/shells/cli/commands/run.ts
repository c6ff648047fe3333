import type { CommandRequest, CommandRun } from '../../../contract/commands.ts';
import type { ConsoleClient } from '../../../contract/console.ts';
import { FaultError, toFault } from '../../../contract/faults.ts';
import { groupRuns, type NamedRun } from '../../../domain/present/run-groups.ts';
import { visible, visibleJson } from '../../../domain/present/words.ts';
import type { Command } from '../command.ts';
import { answerAtTerminal } from '../questions.ts';
import { isReached } from '../reached.ts';
import { runGroupText } from '../run-text.ts';
import { type SelectedHost, selectHosts } from '../select-hosts.ts';
import { UsageError } from '../usage.ts';
import { visit } from '../visit.ts';

/** Of each output of each host. */
const maxBytes = 1 << 20;
/** Connections and commands under way at once. */
const atOnce = 50;

/** Runs a command on many hosts, visiting those that are not connected, and tells equal output once. */
export const run: Command = async ({ arguments: parsed, open, signal, print, fail }) => {
  const request = {
    command: commandOf(parsed.operands),
    sudo: parsed.sudo,
    deadlineSeconds: Math.max(1, parsed.timeoutSeconds),
    maxBytes,
  };
  const client = await open();
  const hosts = await selectHosts(client, parsed.selection, parsed.identityFiles);
  const waiting = [...hosts];
  const runs: NamedRun[] = [];
  const work = async (): Promise<void> => {
    for (let host = waiting.shift(); host !== undefined; host = waiting.shift()) {
      const named = { name: host.name, run: await runOn(client, host, request, signal) };
      runs.push(named);
      if (parsed.json) print(`${visibleJson({ host: named.name, ...named.run })}\n`);
      tellProgress(runs.length, hosts.length);
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, hosts.length) }, work));
  if (!parsed.json) print(groupRuns(runs, 'largest').map(runGroupText).join('\n'));
  if (runs.some(({ run: { state, exit } }) => state !== 'done' || exit !== 0)) fail();
};

/** One word is a line for a shell; several are a program and its arguments, exactly. */
function commandOf(words: readonly string[]): string {
  if (words.length === 0) throw new UsageError('Which command? It stands after --.');
  if (words.length === 1) return words[0] as string;
  return words.map((word) => (/^[A-Za-z0-9_./:=@%+,-]+$/.test(word) ? word : quoted(word))).join(' ');
}

function quoted(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`;
}

type Wanted = Omit<CommandRequest, 'hostIds'>;

async function runOn(
  client: ConsoleClient,
  host: SelectedHost,
  wanted: Wanted,
  signal: AbortSignal,
): Promise<CommandRun> {
  let last: CommandRun | null = null;
  try {
    for await (const { host: reached, connection } of visit(client, host.reach, signal)) {
      if (!isReached(connection)) continue;
      // The visit goes on meanwhile, and with it the connection.
      for await (const told of client['commands.run']({ ...wanted, hostIds: [reached.id] }, signal)) {
        last = told;
        if (told.question === null) continue;
        const answer = await answerAtTerminal(told.question);
        await client['commands.answer']({ hostId: reached.id, questionId: told.question.id, answer });
      }
      if (last !== null) return last;
    }
    throw new FaultError('disconnected', 'connect', 'The visit ended before the command began.');
  } catch (error) {
    const fault = toFault(error, 'run');
    const state = fault.code === 'cancelled' ? 'cancelled' : 'failed';
    return { ...(last ?? blank(host)), state, question: null, fault };
  }
}

function blank({ reach }: SelectedHost): CommandRun {
  const hostId = 'hostId' in reach ? reach.hostId : '';
  const output = { exit: null, durationMs: null, stdout: '', stderr: '', truncated: false, digest: '' };
  return { hostId, state: 'waiting', question: null, ...output, fault: null };
}

function tellProgress(done: number, all: number): void {
  if (!process.stderr.isTTY) return;
  process.stderr.write(done < all ? `\r${visible(`${done} of ${all} hosts`)}` : '\r\x1b[K');
}
