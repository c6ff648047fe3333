import { FaultError } from '../../contract/faults.ts';
import type { Transport } from '../../domain/collect/transport.ts';
import { plainWords, readSudoRefusal, type SudoRefusal, sudoLine, withoutLecture } from '../../domain/policy/sudo.ts';
import { sudoersRule } from '../../domain/policy/sudoers-rule.ts';
import { type HostRun, type Outcome, runOnHost } from './run-on-host.ts';

export type AskPassword = (prompt: string, signal: AbortSignal) => Promise<string | null>;

export interface RootRun extends Omit<HostRun, 'root' | 'password'> {
  /** What a technician calls the host. */
  readonly host: string;
  /** Once for each host and run; null: the technician does not give it. */
  readonly askPassword: AskPassword;
}

const decoder = new TextDecoder();
const lookMs = 10_000;

/** Runs a command by `sudo -n`, and where that wants a password, asks for it and runs it by `sudo -S`. */
export async function runAsRoot(transport: Transport, run: RootRun): Promise<Outcome> {
  const quiet = await runOnHost(transport, { ...run, line: sudoLine(run.line, 'quiet'), root: true, password: null });
  const refusal = refusalOf(quiet);
  if (refusal === null) return quiet;
  if (refusal !== 'password required') return refused(quiet, refusal, transport, run);
  const password = await run
    .askPassword(`The password of your user on ${run.host}, for sudo:`, run.signal)
    .catch(() => null);
  if (run.signal.aborted) return { ...quiet, fault: { code: 'cancelled', step: 'sudo', message: 'Cancelled.' } };
  // A line end would be the end of the password, and what follows it the beginning of another.
  if (password === null || /[\n\0]/.test(password)) return refused(quiet, refusal, transport, run);
  const asked = await runOnHost(transport, { ...run, line: sudoLine(run.line, 'password'), root: true, password });
  const plain = { ...asked, stderr: new TextEncoder().encode(withoutLecture(decoder.decode(asked.stderr))) };
  const again = refusalOf(plain);
  return again === null ? plain : refused(plain, again, transport, run);
}

function refusalOf({ exit, stdout, stderr, fault }: Outcome): SudoRefusal | null {
  if (fault !== null) return null;
  return readSudoRefusal({ exit, stdout: decoder.decode(stdout), stderr: decoder.decode(stderr) });
}

const refusalWords: Readonly<Record<SudoRefusal, string>> = {
  'password required': 'sudo wants a password, and none was given',
  'wrong password': 'sudo did not take the password',
  'unknown user': 'this user may not use sudo there',
  'command not allowed': 'sudo does not allow this user that command',
  'terminal required': 'sudo wants a terminal there (requiretty), and Rackside gives it none',
  'not installed': 'there is no sudo on this host',
};

async function refused(outcome: Outcome, refusal: SudoRefusal, transport: Transport, run: RootRun): Promise<Outcome> {
  const mended = refusal !== 'not installed' && refusal !== 'wrong password';
  const rule = mended ? await suggestedRule(transport, run) : null;
  const how =
    refusal === 'terminal required'
      ? ' An administrator can add “Defaults:USER !requiretty” by visudo.'
      : rule === null
        ? ''
        : ` A rule for just this command, to add by visudo on the host, not to run: ${rule}`;
  const message = `As root it did not run: ${refusalWords[refusal]}.${how}`;
  return { ...outcome, exit: null, fault: new FaultError('not_permitted', 'sudo', message).fault };
}

/** Where the system keeps its programs; a person's own PATH may begin with a directory of their own. */
const systemPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/**
 * Prints who we are and where the system has that program. Fails where it, what it is a link to or a directory on the
 * way is ours or may be written by us: a rule for it would be one for whatever we put there.
 */
const lookFor = (program: string): string => `PATH=${systemPath}
id -un
found=$(command -v ${program}) || exit 1
printf '%s\\n' "$found"
for file in "$found" "$(readlink -f -- "$found")"; do
  while :; do
    if [ -w "$file" ] || [ -O "$file" ]; then exit 1; fi
    case $file in /) break ;; /*) file=\${file%/*} ;; *) exit 1 ;; esac
    file=\${file:-/}
  done
done`;

/** Asks the host who we are there and where the program is; it is written into a rule only where that is exact and safe. */
async function suggestedRule(transport: Transport, run: RootRun): Promise<string | null> {
  const words = plainWords(run.line);
  const [program] = words ?? [];
  if (words === null || program === undefined) return null;
  const { exit, stdout } = await runOnHost(transport, {
    ...run,
    line: lookFor(program),
    root: false,
    password: null,
    deadlineMs: lookMs,
    maxBytes: 4096,
  });
  const [user = '', path = ''] = decoder.decode(stdout).split('\n');
  if (exit !== 0 || (path !== program && !path.endsWith(`/${program}`))) return null;
  return sudoersRule(user, [path, ...words.slice(1)]);
}
