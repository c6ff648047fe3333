import type { SampleData } from '../../../../contract/samples.ts';
import type { Collector, Outcome, Round, RunCommand } from '../../collector.ts';
import { cutText } from '../../cut-text.ts';
import { textOf } from '../../record.ts';
import { complaintOf, unusable } from '../../run-outcome.ts';
import { looseNumber, looseObjects, looseText, parseJson } from '../loose-values.ts';
import { notSystemd } from './not-systemd.ts';

type Value = NonNullable<SampleData['timers']>;
type Timer = Value['list'][number];

const list: RunCommand = {
  id: 'timers.list',
  type: 'run',
  when: 'always',
  // Abbreviations of time zones mean several things; UTC is one.
  line: 'TZ=UTC systemctl list-timers --all --full --no-pager',
  tool: 'systemctl',
  deadlineSeconds: 10,
  maxBytes: 128 * 1024,
};

/**
 * Timers of systemd: when each was last due, and when it is next.
 *
 * Runs `systemctl list-timers`: https://www.freedesktop.org/software/systemd/man/latest/systemctl.html
 */
export const timers: Collector<'timers', null> = {
  id: 'timers',
  kind: 'slow',
  about: 'Timers of systemd: when each was last due, and when it is next, from systemctl.',
  commands: [list],
  awk: null,
  parse,
};

const maxTimers = 512;
const maxName = 256;

function parse(round: Round<null>): Outcome<Value, null> {
  const record = round.records(list.id).at(-1);
  const reason = unusable(record, list, 'systemd');
  if (reason !== null || record === undefined) return reason ?? { status: 'absent', reason: 'systemd: nobody asked.' };
  const text = textOf(record);
  const stranger = notSystemd(record, text);
  if (stranger !== null) return stranger;
  const found = parseTimers(text);
  if (found === null) return { status: 'failed', reason: `systemctl listed no timers: ${complaintOf(record)}` };
  return { status: 'ok', value: { list: found.slice(0, maxTimers) } };
}

/** The table of any systemd, with or without head and foot, or `--output=json`; null where it is neither. */
export function parseTimers(text: string): Timer[] | null {
  const json = parseJson(text);
  if (Array.isArray(json)) return looseObjects(json, maxTimers).flatMap(timerOfJson);
  const lines = text.split('\n').map((line) => line.slice(0, 2048).trimEnd());
  const found = lines.flatMap((line) => timerOf(line) ?? []);
  const isTable = lines.some((line) => /^\s*NEXT\s+LEFT\s+LAST\s+PASSED\s+UNIT|^0 timers listed\./.test(line));
  return found.length > 0 || isTable ? found : null;
}

const date = /[A-Z][a-z]{2} (\d{4}-\d\d-\d\d) (\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?) (\S{1,8})/g;

/** Names hold no blanks and stand last; of the columns before them only dates are wanted, and there may be none. */
function timerOf(line: string): Timer | null {
  const names = /^(.*?\s)(\S+\.timer)(?:\s+(\S+))?$/.exec(line.trimStart());
  if (names === null) return null;
  const [, columns, name, activates = ''] = names as unknown as [string, string, string, string?];
  const dates = [...columns.matchAll(date)];
  // What comes first is the next one, unless something stands where that would be.
  const isFirstNext = dates[0]?.index === 0;
  const [next, last] = isFirstNext ? dates : [undefined, dates[0]];
  return {
    ...{ name: cutText(name, maxName), activates: /^-?$/.test(activates) ? null : cutText(activates, maxName) },
    ...{ next_epoch_seconds: epochOf(next), last_epoch_seconds: epochOf(last) },
  };
}

/** Null also where the zone is an abbreviation that means several. */
function epochOf(match: RegExpMatchArray | undefined): number | null {
  if (match === undefined) return null;
  const [, day, time, zone] = match as unknown as [string, string, string, string];
  const offset = offsetOf(zone);
  const epoch = offset === null ? Number.NaN : Date.parse(`${day}T${time}${offset}`);
  return Number.isNaN(epoch) ? null : epoch / 1000;
}

function offsetOf(zone: string): string | null {
  const [, hours, minutes = '00'] = /^([+-]\d\d)(\d\d)?$/.exec(zone) ?? [];
  if (hours !== undefined) return `${hours}:${minutes}`;
  return /^(?:UTC|GMT|Z)$/.test(zone) ? 'Z' : (zones.get(zone) ?? null);
}

/** Abbreviations that mean one offset wherever tzdata has them; CST, IST and PST do not. */
const zones: ReadonlyMap<string, string> = new Map(
  [
    ...[
      'HST -10',
      'AKST -09',
      'AKDT -08',
      'PDT -07',
      'MST -07',
      'MDT -06',
      'EST -05',
      'EDT -04',
      'WET +00',
      'WEST +01',
    ],
    ...['CET +01', 'CEST +02', 'EET +02', 'EEST +03', 'SAST +02', 'MSK +03', 'JST +09', 'KST +09', 'AEST +10'],
    ...['AEDT +11', 'NZST +12', 'NZDT +13'],
  ]
    .map((one) => one.split(' ') as [string, string])
    .map(([name, hours]) => [name, `${hours}:00`]),
);

/** In JSON times are microseconds, and 0 or nothing where there is none. */
function timerOfJson(row: Readonly<Record<string, unknown>>): Timer[] {
  const name = looseText(row.unit, maxName);
  if (name === null) return [];
  const epoch = (value: unknown) => {
    const microseconds = looseNumber(value);
    return microseconds === null || microseconds === 0 || microseconds > 8.64e21 ? null : microseconds / 1e6;
  };
  return [
    {
      ...{ name, activates: looseText(row.activates, maxName) },
      ...{ next_epoch_seconds: epoch(row.next), last_epoch_seconds: epoch(row.last) },
    },
  ];
}
