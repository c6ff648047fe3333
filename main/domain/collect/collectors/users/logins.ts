import type { SampleData } from '../../../../contract/samples.ts';
import type { Collector, Outcome, Round, RunCommand } from '../../collector.ts';
import { cutText } from '../../cut-text.ts';
import { textOf } from '../../record.ts';
import { complaintOf, unusable } from '../../run-outcome.ts';

type Value = NonNullable<SampleData['logins']>;
type Login = Value['list'][number];

const command: RunCommand = {
  id: 'logins.last',
  type: 'run',
  when: 'always',
  // A busybox knows neither option; where the file is gone with the year 2038, so is the program.
  line: 'last -wF -n 100 2>/dev/null || last 2>/dev/null || wtmpdb last -n 100',
  deadlineSeconds: 10,
  maxBytes: 64 * 1024,
};

/**
 * Who signed in lately, and when the host was started and stopped, the newest first.
 *
 * Runs `last`: https://man7.org/linux/man-pages/man1/last.1.html
 */
export const logins: Collector<'logins', null> = {
  id: 'logins',
  kind: 'slow',
  about: 'The last logins, boots and shutdowns with their beginning and end, from last.',
  commands: [command],
  awk: null,
  parse,
};

const maxLogins = 100;
const maxText = 128;

function parse(round: Round<null>): Outcome<Value, null> {
  const record = round.records(command.id).at(-1);
  const nothing = unusable(record, command, 'Logins');
  if (nothing !== null || record === undefined) return nothing ?? { status: 'absent', reason: 'Nobody asked.' };
  const text = textOf(record);
  const list = parseLast(text).slice(0, maxLogins);
  const isEmpty = /\bbegins\b|^USER\b.*\s*$/.test(text) || begins.test(text);
  if (list.length === 0 && !isEmpty) {
    return { status: 'failed', reason: `Logins: last said ${complaintOf(record)}`.slice(0, 120).toWellFormed() };
  }
  return { status: 'ok', value: { list } };
}

/** That of a small busybox has no day of the week, `--time-format iso` has its own form. */
const date = String.raw`(?:(?:[A-Z][a-z]{2} )?[A-Z][a-z]{2} +\d{1,2} \d\d:\d\d(?::\d\d)?(?: \d{4})?|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:?\d\d)`;
const began = new RegExp(` (${date})(?= |$)`);
const ended = new RegExp(String.raw`^- (${date}|\d\d:\d\d(?::\d\d)?|crash|down)\b`);

/** Where the file begins, in any language. */
const begins = /^(?:\S+ begins |\S*[bw]tmp(?:\.\d)? )/m;

/** With `-a` the host comes last, behind how long it took. */
const behind = /(?:\(\d*\+?\d{1,3}:\d\d\)|still (?:logged in|running)|no logout)\s+(\S.*)$/;

/** The rows of `last`, with or without `-F`, `-w`, `-a`, `-x`; of failed ones some have no user. */
export function parseLast(text: string): Login[] {
  return text.split(/\r?\n/, 16_384).flatMap((whole) => {
    const line = whole.slice(0, 1024);
    const start = began.exec(line);
    if (start === null || begins.test(line)) return [];
    // Where a column is wide and empty there is no user.
    const [user = '', ...place] = line
      .slice(0, start.index)
      .replace(/^\s{1,7}(?=\S)/, '')
      .trimEnd()
      .split(/\s+/);
    // `system boot`, `(to lvl 3)`
    const terminal = place.splice(0, place[0] === 'system' ? 2 : place[0] === '(to' ? 3 : 1).join(' ');
    const rest = line.slice(start.index + start[0].length).trim();
    if (terminal === '') return [];
    return [
      {
        user: cutText(user, maxText),
        terminal: cutText(terminal, maxText) || null,
        from: cutText(place.join(' ') || (behind.exec(rest)?.[1] ?? ''), maxText) || null,
        began: plain(start[1]),
        ended: plain(ended.exec(rest)?.[1]),
        still: /^(?:- )?still\b/.test(rest),
      },
    ];
  });
}

function plain(text: string | undefined): string | null {
  return text?.replace(/ +/g, ' ') ?? null;
}
