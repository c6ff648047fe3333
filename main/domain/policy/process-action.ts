import type { ProcessAction, ProcessActionRequest, ProcessOutcome } from '../../contract/process-actions.ts';

type Asked = Pick<ProcessActionRequest, 'bootId' | 'pid' | 'start_ticks' | 'action'>;

/** What the line prints when it was not stopped on the way; what `kill` and `renice` say against it goes to stderr. */
const mark = 'rackside:';

/**
 * A line for a POSIX `sh` that acts on that one process and on no other: in the shell that then acts, the boot and the
 * start (field 22 of `/proc/PID/stat`, behind the last parenthesis) are compared to those that are meant. `kill` is the
 * shell's own, so that nothing is started in between. `renice PRIORITY -p PID` sets the value in util-linux and in
 * busybox alike; with `-n` some add it.
 */
export function processActionLine({ bootId, pid, start_ticks, action }: Asked): string {
  const boot = `IFS= read -r b </proc/sys/kernel/random/boot_id; [ "$b" = ${bootId} ] || { echo '${mark} replaced'; exit; }`;
  return [
    'set -f',
    ...(bootId === null ? [] : [boot]),
    `s=$(cat /proc/${pid}/stat 2>/dev/null) || { echo '${mark} gone'; exit; }`,
    `set -- \${s##*) }`,
    `[ "\${20}" = ${start_ticks} ] || { echo '${mark} replaced'; exit; }`,
    `case $1 in Z|X) echo '${mark} zombie'; exit ;; esac`,
    `${actOn(pid, action)} && echo '${mark} done'`,
  ].join('; ');
}

function actOn(pid: number, action: ProcessAction): string {
  return action.kind === 'signal' ? `kill -s ${action.signal} ${pid}` : `renice ${action.nice} -p ${pid} >/dev/null`;
}

/** What came of it, and what the host said where it is not one of the outcomes that have a name. */
export function readProcessAction(stdout: string, stderr: string): { outcome: ProcessOutcome; said: string | null } {
  const told = /^rackside: (done|gone|replaced|zombie)\s*$/.exec(stdout)?.[1] as ProcessOutcome | undefined;
  if (told !== undefined) return { outcome: told, said: null };
  if (/not permitted|permission denied/i.test(stderr)) return { outcome: 'not_permitted', said: null };
  // It ended between the comparison and the signal.
  if (/no such process/i.test(stderr)) return { outcome: 'gone', said: null };
  return { outcome: 'failed', said: (stderr.trim() || stdout.trim()).slice(0, 400) || null };
}
