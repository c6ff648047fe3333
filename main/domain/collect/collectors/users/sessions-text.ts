import type { SampleData } from '../../../../contract/samples.ts';
import { type Loose, looseObjects, looseText, parseJson } from '../loose-values.ts';

type Session = NonNullable<SampleData['sessions']>['list'][number];

const maxLine = 1024;
const maxRows = 16_384;

/** Sessions as `who` with any options, that of busybox, `w`, or `loginctl list-sessions` print them. */
export function parseSessions(text: string): Session[] {
  const lines = linesOf(text);
  const header = lines.findIndex((line) => /^USER\b.*\b(?:LOGIN@|IDLE)\s.*\bWHAT\b/.test(line));
  if (header >= 0) {
    const head = lines[header] as string;
    const columns = {
      from: / FROM /.test(head),
      since: / LOGIN@ /.test(head),
      ofBsd: / LOGIN@ +IDLE +WHAT/.test(head),
    };
    return each(lines.slice(header + 1), (line) => ofW(line, columns));
  }
  const told = each(lines, ofWho);
  if (told.length > 0) return told;
  const json = lines.find((line) => line.startsWith('[{'));
  return json === undefined ? each(lines, ofLoginctl) : looseObjects(parseJson(json), maxRows).flatMap(ofLoginctlJson);
}

/** Whether nobody is signed in: a head without rows, or sessions of logind and of the boot that are nobody's. */
export function isNobody(text: string): boolean {
  const rows = linesOf(text).filter((line) => line.trim() !== '');
  return rows.every((line) => nobodys.test(line));
}

function linesOf(text: string): string[] {
  return text.split(/\r?\n/, maxRows).map((line) => line.slice(0, maxLine));
}

const nobodys =
  /^(?:USER|NAME|SESSION)\s|\bup\b.*\busers?\b|^\s+(?:system boot|run-level)\b|^LOGIN\s|\bmanager(?:-early)?\b|^(?:No|0) sessions|^# ?users=0|^\[\]$/;

function each(lines: readonly string[], parse: (line: string) => Session | null): Session[] {
  return lines.map(parse).filter((session) => session !== null);
}

const date = String.raw`(\d{4}-\d\d-\d\d \d\d:\d\d|[A-Z][a-z]{2} +\d{1,2} \d\d:\d\d(?::\d\d)?)`;
const coreutils = new RegExp(
  String.raw`^(\S+)\s+(?:[+?-] )?(\S+(?: \S+)?)\s+${date}(?:\s+(\.|old|\?|\d\d:\d\d))?(?:\s+\d+)?\s*(?:\((.*)\))?\s*$`,
);
const busybox = new RegExp(String.raw`^(\S+)\s+(\S+)\s+(\S+)\s+${date}\s*(.*)$`);

function ofWho(line: string): Session | null {
  const [, user, terminal, since, idle, from] = coreutils.exec(line) ?? [];
  if (terminal === 'system boot' || terminal?.startsWith('run-level')) return null;
  if (user !== undefined) return session(user, terminal, from, since, whoIdle(idle));
  const [, name, line_, quiet, began, host] = busybox.exec(line) ?? [];
  if (name === undefined || line_ === 'system' || line_ === 'run-level') return null;
  return session(name, line_, host, began, whoIdle(quiet));
}

/** `.` is less than a minute; `old` is more than a day, and not how much. */
function whoIdle(text = ''): number | null {
  if (text === '.') return 0;
  const [, hours, minutes] = /^(\d\d):(\d\d)$/.exec(text) ?? [];
  return hours === undefined ? null : Number(hours) * 3600 + Number(minutes) * 60;
}

/** What columns `w` has: `-s` leaves LOGIN@ out, and that of the BSDs counts in minutes. */
interface WColumns {
  readonly from: boolean;
  readonly since: boolean;
  readonly ofBsd: boolean;
}

/** Either of the columns TTY and FROM can be empty, and the header does not stand above its column. */
function ofW(line: string, columns: WColumns): Session | null {
  const words = line.trim().split(/\s+/);
  const user = words.shift();
  if (!user) return null;
  // Since systemd 257 a session of ssh has a terminal in two words.
  const isDouble = /^[a-z]+ (?:pts\/\d+|tty\w+)$/.test(words.slice(0, 2).join(' '));
  const isTerminal = /^(?:tty\w*|pts\/\d+|:\d+|console|hvc\d+|-)$/.test(words[0] ?? '');
  const terminal = words.splice(0, isDouble ? 2 : isTerminal ? 1 : 0).join(' ');
  const isNext = columns.since ? isLogin : (word: string) => wIdle(word) !== null || word === '-';
  const from = columns.from && !isNext(words[0] ?? '') ? words.shift() : undefined;
  if (!isNext(words[0] ?? '')) return null;
  const since = columns.since ? words.shift() : undefined;
  return session(user, terminal, from, since, columns.ofBsd ? bsdIdle(words[0]) : wIdle(words[0]));
}

function isLogin(word: string): boolean {
  return /^(?:\d{1,2}:\d\d(?:[ap]m)?|[A-Z][a-z]{2}\d\d(?:[ap]m)?|\d{1,2}[A-Z][a-z]{2}\d\d)$/i.test(word);
}

/** `5` minutes, `1:37` in hours and minutes, `2days`; `-` is less than a minute. */
function bsdIdle(text = ''): number | null {
  if (text === '-') return 0;
  const [, hours, minutes] = /^(?:(\d{1,3}):)?(\d{1,2})$/.exec(text) ?? [];
  return minutes === undefined ? wIdle(text) : Number(hours ?? 0) * 3600 + Number(minutes) * 60;
}

/** `8.00s`, `1:37` in minutes and seconds, `15:44m` in hours and minutes, `2days`. */
function wIdle(text = ''): number | null {
  const [, large, small, unit] = /^(\d{1,6})(?:[:.](\d\d))?(s|m|days|day)?$/.exec(text) ?? [];
  if (large === undefined) return null;
  if (unit === 'days' || unit === 'day') return Number(large) * 86_400;
  if (unit === 's') return Number(`${large}.${small ?? 0}`);
  if (small === undefined) return null;
  return (Number(large) * 60 + Number(small)) * (unit === 'm' ? 60 : 1);
}

/** SESSION UID USER, then columns that differ from version to version. A `manager` is nobody's session. */
function ofLoginctl(line: string): Session | null {
  const words = line.trim().split(/\s+/);
  if (!/^c?\d+$/.test(words[0] ?? '') || !/^\d+$/.test(words[1] ?? '') || words[2] === undefined) return null;
  if (words.some((word) => word.startsWith('manager'))) return null;
  const terminal = words.slice(3).find((word) => /^(?:pts\/\d+|tty\w+)$/.test(word));
  return session(words[2], terminal, undefined, undefined, null);
}

/** A row of `--json=short`. */
function ofLoginctlJson(row: Loose): Session[] {
  const user = looseText(row.user, maxLine);
  if (user === null || /^manager/.test(looseText(row.class, 32) ?? '')) return [];
  return [session(user, looseText(row.tty, maxLine) ?? undefined, undefined, undefined, null)];
}

function session(user: string, terminal = '', from = '', since = '', idle: number | null): Session {
  const told = (word: string) => (word.trim() === '' || word.trim() === '-' ? null : word.trim());
  return { user, terminal: told(terminal), from: told(from), since: told(since), idle_seconds: idle };
}
