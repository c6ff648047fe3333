import { readSudoRefusal } from '../policy/sudo.ts';
import type { RunCommand } from './collector.ts';
import { type CommandRecord, textOf } from './record.ts';

const decoder = new TextDecoder();

/**
 * The line for what needs root: as it is where one is root, else through sudo, which asks nobody. `$S` in it stands
 * before each program that needs it.
 */
export function asRoot(line: string): string {
  return `[ "$(id -u)" = 0 ] && S= || S='sudo -n'; ${line}`;
}

interface NoOutcome {
  readonly status: 'absent' | 'failed';
  readonly reason: string;
  readonly remedy?: string;
}

/**
 * Why nothing can be read from a run of a command, or null where there is something to parse: it was not run, there is
 * no such program (`absent`), it did not end in time, or it may not (`failed`, with what sudo would have to allow).
 * An exit other than zero is no reason by itself: many tools print all there is and then complain.
 * @param what it is about, to begin the sentence: `ZFS`
 */
export function unusable(record: CommandRecord | undefined, command: RunCommand, what: string): NoOutcome | null {
  const tool = command.tool ?? (command.line.split(' ')[0] as string);
  if (record === undefined) return { status: 'absent', reason: `${what}: nobody asked.` };
  const { error, exit, timedOut, stdout } = record;
  if (error !== null && /enoent/i.test(error))
    return { status: 'absent', reason: `${what}: there is no ${tool} here.` };
  if (timedOut && stdout.length === 0) {
    return { status: 'failed', reason: `${what}: ${tool} did not answer within ${command.deadlineSeconds} s.` };
  }
  const stderr = decoder.decode(record.stderr);
  const refused = error === null ? refusalOf(record, stderr) : /^sudo refused/.test(error);
  if (refused) {
    const remedy = remedyFor(command);
    return { status: 'failed', reason: `${what}: ${tool} needs root.`, ...(remedy !== null && { remedy }) };
  }
  if (error !== null) return { status: 'failed', reason: `${what}: ${tool} did not run: ${error}` };
  if (exit === 127 && stdout.length === 0) return { status: 'absent', reason: `${what}: there is no ${tool} here.` };
  return null;
}

function refusalOf(record: CommandRecord, stderr: string): boolean {
  return readSudoRefusal({ exit: record.exit, stdout: textOf(record), stderr }) !== null;
}

/** A line for a file in `/etc/sudoers.d`; USER stands for whoever signs in. */
function remedyFor({ sudo }: RunCommand): string | null {
  return sudo === undefined ? null : `USER ALL=(root) NOPASSWD: ${sudo.join(', ')}`;
}

/** The first line of what a command said that printed nothing of use; for the end of a reason. */
export function complaintOf(record: CommandRecord): string {
  const said = decoder.decode(record.stderr).trim() || textOf(record).trim();
  const [line = ''] = said.split('\n');
  return (line || `exit ${record.exit ?? 'unknown'}`).slice(0, 80).toWellFormed();
}
