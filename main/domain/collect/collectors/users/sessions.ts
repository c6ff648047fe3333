import type { SampleData } from '../../../../contract/samples.ts';
import type { Collector, Outcome, Round, RunCommand } from '../../collector.ts';
import { cutText } from '../../cut-text.ts';
import { textOf } from '../../record.ts';
import { unusable } from '../../run-outcome.ts';
import { isNobody, parseSessions } from './sessions-text.ts';

type Value = NonNullable<SampleData['sessions']>;

const command: RunCommand = {
  id: 'sessions.who',
  type: 'run',
  when: 'always',
  // A busybox has no -u; a system without utmp has its sessions from logind.
  line: 'who -u 2>/dev/null || who; [ -e /run/utmp ] || [ -e /var/run/utmp ] || loginctl list-sessions --no-legend 2>/dev/null; :',
  tool: 'who',
  deadlineSeconds: 10,
  maxBytes: 64 * 1024,
};

/**
 * Who is signed in: where, from where, and for how long nothing was typed.
 *
 * Runs `who`: https://www.gnu.org/software/coreutils/manual/html_node/who-invocation.html and, without utmp,
 * `loginctl`: https://www.freedesktop.org/software/systemd/man/latest/loginctl.html
 */
export const sessions: Collector<'sessions', null> = {
  id: 'sessions',
  kind: 'medium',
  about: 'Who is signed in, where, from where, and how long idle, from who; from logind where there is no utmp.',
  commands: [command],
  awk: null,
  parse,
};

const maxSessions = 256;
const maxText = 128;

function parse(round: Round<null>): Outcome<Value, null> {
  const record = round.records(command.id).at(-1);
  const nothing = unusable(record, command, 'Sessions');
  if (nothing !== null || record === undefined) return nothing ?? { status: 'absent', reason: 'Nobody asked.' };
  const text = textOf(record);
  const list = parseSessions(text).slice(0, maxSessions);
  if (list.length === 0 && !isNobody(text)) {
    return { status: 'failed', reason: `Sessions: who printed no rows: ${text.trim().slice(0, 60)}`.toWellFormed() };
  }
  const short = (one: string | null) => (one === null ? null : cutText(one, maxText));
  return {
    status: 'ok',
    value: {
      list: list.map((one) => ({
        user: cutText(one.user, maxText),
        terminal: short(one.terminal),
        from: short(one.from),
        since: short(one.since),
        idle_seconds: one.idle_seconds,
      })),
    },
  };
}
