import { shellQuote } from './shell-quote.ts';

/** How `sudo` is asked: `quiet` fails where a password is needed, `password` reads one line of its standard input. */
export type SudoWay = 'quiet' | 'password';

/**
 * A command line as root. `LC_ALL=C`, because how sudo refuses is read; no prompt, because nobody sees it. A plain
 * command is given to sudo as it is, so that a rule for just that command holds; anything that needs a shell gets one.
 */
export function sudoLine(line: string, way: SudoWay): string {
  const words = plainWords(line);
  const command = words === null ? `sh -c ${shellQuote(line)}` : words.join(' ');
  return `LC_ALL=C sudo ${way === 'quiet' ? '-n' : "-S -p ''"} -- ${command}`;
}

/** Of the shell itself: there is no program that sudo could start. */
const builtins = new Set(
  'cd ulimit umask type command export set exec eval wait trap read alias unset . : source'.split(' '),
);

/** The words of a line in which nothing means anything to a shell; null for any other. */
export function plainWords(line: string): string[] | null {
  const words = line.trim().split(/[ \t]+/);
  const [program = ''] = words;
  if (builtins.has(program) || program.startsWith('-') || program.includes('=')) return null;
  return words.every((word) => /^[A-Za-z0-9_./:=@%+,-]+$/.test(word)) ? words : null;
}

export const sudoRefusals = [
  'password required',
  'wrong password',
  'unknown user',
  'command not allowed',
  'terminal required',
  'not installed',
] as const;
export type SudoRefusal = (typeof sudoRefusals)[number];

/**
 * What sudo says, in `LC_ALL=C`: sudo 1.8 to 1.9 (plugins/sudoers/check.c, logging.c), sudo-rs (src/common/error.rs)
 * and doas (doas.c), which some systems install as `sudo`. The first that fits is meant.
 */
const wordings: readonly (readonly [RegExp, SudoRefusal])[] = [
  [/^(?:\S*sh: (?:line )?(?:\d+: )?)?(?:sudo|doas): (?:inaccessible or )?(?:command )?not found\s*$/m, 'not installed'],
  [/^(?:Sorry, try again\.|sudo(?:-rs)?: .*incorrect (?:password|authentication) attempt)/m, 'wrong password'],
  [/^(?:sudo(?:-rs)?: [Aa]uthentication failed|doas: Authentication failed)/m, 'wrong password'],
  [/^sudo: (?:sorry, )?you must have a tty to run sudo/m, 'terminal required'],
  [/^doas: a tty is required/m, 'terminal required'],
  [/^sudo: (?:(?:sorry, )?a password is required|no tty present|a terminal is required)/m, 'password required'],
  [/^sudo(?:-rs)?: interactive authentication is required/m, 'password required'],
  [/^doas: Auth(?:entication|orization) required/m, 'password required'],
  [/ is not in the sudoers file/m, 'unknown user'],
  [/^Sorry, user .* may not run sudo on /m, 'unknown user'],
  [/^(?:sudo(?:-rs)?: )?Sorry, user .* (?:is not allowed to execute|may not run) /m, 'command not allowed'],
  [/^sudo(?:-rs)?: I'm sorry .*\. I'm afraid I can't do that/m, 'command not allowed'],
  [/^doas: (?:Operation not permitted|doas is not enabled)/m, 'command not allowed'],
];

/**
 * A line that sudo writes for itself: a refusal, or what it says beside one (`sudo: unable to resolve host tank`, the
 * incident that is reported, a prompt that was not wished for).
 */
const ownLine =
  /^(?:\s*|(?:\S*sh: (?:line )?(?:\d+: )?)?(?:sudo(?:-rs)?|doas): .*|\[sudo.*|Sorry, (?:try again\.|user .*)|.* is not in the sudoers file\b.*|This incident (?:will be|has been) reported.*)$/;

/**
 * How sudo refused, or null when it did not: then the exit code and the words are the command's own. A command may say
 * the same words, or run a sudo that does, and must not be run a second time for it: so nothing was printed on standard
 * output, and every line on standard error is one of sudo's own.
 */
export function readSudoRefusal(result: { exit: number | null; stdout: string; stderr: string }): SudoRefusal | null {
  if (result.stdout !== '' || (result.exit !== 1 && result.exit !== 127)) return null;
  const said = withoutLecture(result.stderr);
  if (said.length > 4096 || !said.split('\n').every((line) => ownLine.test(line))) return null;
  return wordings.find(([pattern]) => pattern.test(said))?.[1] ?? null;
}

/** What sudo tells a user who gives a password for the first time; it is no output of the command. */
const lecture =
  /^\s*We trust you have received the usual lecture[\s\S]{0,400}?With great power comes great responsibility\.\s*\n(?:\s*For security reasons, the password you type will not be visible\.\s*\n)?\s*/;

export function withoutLecture(stderr: string): string {
  return stderr.replace(lecture, '');
}
