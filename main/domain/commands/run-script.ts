import { shellQuote } from '../policy/shell-quote.ts';

/** What the script prints when it is ready to read the password. */
export const passwordMark = 'rackside: ready for the password';

/**
 * A person's command under a watcher, for an `sh` that reads this from standard input. A closed channel alone ends
 * nothing: sshd closes the pipes, and what does not print lives on. So the end of standard input, whether the console
 * closed it or the link broke, ends the whole process group: SIGTERM, and SIGKILL two seconds later. A command that
 * ended by itself leaves its daemons alone, as a shell would.
 *
 * sshd makes each shell the leader of a group of its own; where it is none, `setsid` makes one for the command.
 * Everything is one compound command, so that the shell has read all of it before what follows it is the password. That
 * goes from a variable into sudo's standard input through a `printf` that is built in, and so into no list of processes.
 */
export function runScript(line: string, options: { password: boolean; root: boolean }): string {
  const command = `$rs_setsid sh -c ${shellQuote(line)}`;
  const asRoot = options.password ? `printf '%s\\n' "$rs_word" | LC_ALL=C sudo -S -p ''` : 'LC_ALL=C sudo -n';
  // What runs as root can only be ended by root.
  const kill = (signal: string) =>
    options.root
      ? `${asRoot} -- kill -s ${signal} -- "$rs_group" || kill -s ${signal} -- "$rs_group"`
      : `kill -s ${signal} -- "$rs_group"`;
  return [
    '{ exec 3<&0',
    `read -r rs_a rs_b rs_c rs_d rs_leader rs_rest 2>/dev/null </proc/$$/stat`,
    'rs_setsid=',
    '[ "$rs_leader" = $$ ] || rs_setsid=$(command -v setsid)',
    ...(options.password ? readPassword : []),
    'trap : TERM HUP INT',
    options.password ? `printf '%s\\n' "$rs_word" | ${command} 3<&- &` : `${command} </dev/null 3<&- &`,
    'rs_pid=$!',
    'if [ "$rs_leader" = $$ ]; then rs_group=-$$; elif [ -n "$rs_setsid" ]; then rs_group=-$rs_pid; else rs_group=$rs_pid; fi',
    `{ while read -r rs_a; do :; done; trap '' TERM HUP; ${kill('TERM')}; sleep 2; ${kill('KILL')}; } <&3 >/dev/null 2>&1 &`,
    'rs_watcher=$!',
    'exec 3<&-',
    'wait $rs_pid',
    'rs_exit=$?',
    'kill -s TERM $rs_watcher 2>/dev/null',
    'exit $rs_exit',
    '}',
    '',
  ].join('\n');
}

/** Not where `printf` is a program: the password would stand among its arguments. */
const readPassword = [
  'case $(command -v printf) in /*) echo "The shell of this host has no printf of its own." >&2; exit 126;; esac',
  `printf '%s\\n' '${passwordMark}'`,
  'IFS= read -r rs_word <&3',
];
