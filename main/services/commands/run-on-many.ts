import { createHash } from 'node:crypto';
import type { CommandRequest, CommandRun } from '../../contract/commands.ts';
import { FaultError, toFault } from '../../contract/faults.ts';
import type { CommandRecord } from '../../domain/collect/record.ts';
import type { Transport } from '../../domain/collect/transport.ts';
import { shellQuote } from '../../domain/policy/shell-quote.ts';
import { sudoLine } from '../../domain/policy/sudo.ts';
import type { Passwords } from './passwords.ts';
import { runAsRoot } from './run-as-root.ts';
import { type Outcome, runOnHost } from './run-on-host.ts';

/** The hosts as a run needs them. */
export interface RunHosts {
  /** What a technician calls it, and its connection. Throws `disconnected` where there is none now. */
  reach(hostId: string): { name: string; transport: Transport };
  /** What was run, for a dump that is being recorded. */
  journal(hostId: string, record: CommandRecord): void;
}

export interface RunNeeds {
  readonly hosts: RunHosts;
  readonly passwords: Passwords;
  readonly clock: () => number;
  /** Milliseconds that only go forward. */
  readonly now: () => number;
}

/** More at once make the loop stutter, and the answers no earlier. */
const atOnce = 50;
const decoder = new TextDecoder();

/** Every change of every host, the newest of each; ends when all have ended. */
export async function* runOnMany(
  request: CommandRequest,
  needs: RunNeeds,
  signal: AbortSignal,
): AsyncGenerator<CommandRun> {
  const left = new AbortController();
  const ended = AbortSignal.any([signal, left.signal]);
  const news = new Map<string, CommandRun>();
  let wake = (): void => {};
  const tell = (run: CommandRun): void => {
    news.set(run.hostId, run);
    wake();
  };
  const waiting = [...request.hostIds];
  for (const hostId of waiting) news.set(hostId, waitingRun(hostId));
  let working = Math.min(atOnce, waiting.length);
  const work = async (): Promise<void> => {
    for (let hostId = waiting.shift(); hostId !== undefined; hostId = waiting.shift()) {
      tell(await runFor(hostId, request, needs, tell, ended));
    }
    working -= 1;
    wake();
  };
  for (let started = working; started > 0; started -= 1) void work();

  try {
    for (;;) {
      const [next] = news.values();
      if (next !== undefined) {
        news.delete(next.hostId);
        yield next;
      } else if (working === 0) {
        return;
      } else {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    }
  } finally {
    left.abort();
  }
}

async function runFor(
  hostId: string,
  { command, sudo = false, deadlineSeconds, maxBytes }: CommandRequest,
  { hosts, passwords, clock, now }: RunNeeds,
  tell: (run: CommandRun) => void,
  signal: AbortSignal,
): Promise<CommandRun> {
  const running: CommandRun = { ...waitingRun(hostId), state: 'running' };
  try {
    if (signal.aborted) throw new FaultError('cancelled', 'command', 'Cancelled before it began.');
    const { name, transport } = hosts.reach(hostId);
    tell(running);
    const run = { line: command, deadlineMs: deadlineSeconds * 1000, maxBytes, signal, now };
    const askPassword = async (prompt: string, asking: AbortSignal): Promise<string | null> => {
      const answer = passwords.ask(hostId, prompt, asking);
      tell({ ...running, state: 'asking', question: answer.question });
      const value = await answer.value;
      tell(running);
      return value;
    };
    const outcome = sudo
      ? await runAsRoot(transport, { ...run, host: name, askPassword })
      : await runOnHost(transport, { ...run, root: false, password: null });
    hosts.journal(hostId, recordOf(sudo ? sudoLine(command, 'quiet') : command, outcome, clock()));
    return endedRun(hostId, outcome);
  } catch (error) {
    const fault = toFault(error, 'command');
    return { ...running, state: fault.code === 'cancelled' ? 'cancelled' : 'failed', fault };
  }
}

function waitingRun(hostId: string): CommandRun {
  const output = { exit: null, durationMs: null, stdout: '', stderr: '', truncated: false, digest: '' };
  return { hostId, state: 'waiting', question: null, ...output, fault: null };
}

function endedRun(hostId: string, outcome: Outcome): CommandRun {
  const { exit, durationMs, stdout, stderr, truncated, digests, fault } = outcome;
  return {
    hostId,
    state: fault === null ? 'done' : fault.code === 'cancelled' ? 'cancelled' : 'failed',
    question: null,
    exit,
    durationMs,
    stdout: decoder.decode(stdout),
    stderr: decoder.decode(stderr),
    truncated,
    digest: createHash('sha256').update(digests.join()).digest('base64url'),
    fault,
  };
}

/**
 * As it was run, in a shell of its own: so it can be pasted, and is never taken for a collector's command in a replay.
 * A password is in no line.
 */
function recordOf(line: string, outcome: Outcome, endedAt: number): CommandRecord {
  const { exit, stdout, stderr, truncated, durationMs, fault } = outcome;
  return {
    command: `sh -c ${shellQuote(line)}`,
    endedAt,
    exit,
    error: exit === null && fault?.code !== 'timeout' ? (fault?.code ?? 'unknown') : null,
    durationMs,
    stdout,
    stderr,
    truncated,
    timedOut: fault?.code === 'timeout',
  };
}
