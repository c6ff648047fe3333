import type { SampleData } from '../../../contract/samples.ts';
import type { Collector, Outcome, Round } from '../collector.ts';
import { textOf } from '../record.ts';
import { unread } from '../unread.ts';

type Value = NonNullable<SampleData['load']>;

/**
 * Load averages and the number of tasks.
 *
 * Reads `/proc/loadavg`: https://man7.org/linux/man-pages/man5/proc_loadavg.5.html
 */
export const load: Collector<'load', null> = {
  id: 'load',
  kind: 'fast',
  about: 'Load averages over 1, 5 and 15 minutes, from /proc/loadavg.',
  commands: [{ id: 'load.loadavg', type: 'read', when: 'always', path: '/proc/loadavg', keep: null }],
  awk: null,
  parse,
};

/** What `uptime` prints, of which captures may be: with commas between in some places, and within in others. */
const ofUptime = /\bload averages?: (\d{1,9}[.,]\d{1,3}),? (\d{1,9}[.,]\d{1,3}),? (\d{1,9}[.,]\d{1,3})\s*$/m;

function parse(round: Round<null>): Outcome<Value, null> {
  const record = round.records('load.loadavg').at(-1);
  if (record === undefined || record.stdout.length === 0) return unread(record, '/proc/loadavg');
  const text = textOf(record);
  const match = /^(\d{1,9}\.\d+) (\d{1,9}\.\d+) (\d{1,9}\.\d+) (\d{1,9})\/(\d{1,9}) \d+\s*$/.exec(text);
  const told = match ?? ofUptime.exec(text.slice(0, 1024));
  if (told === null) {
    return { status: 'failed', reason: `/proc/loadavg does not look like one: ${text.slice(0, 80).toWellFormed()}` };
  }
  const [one = 0, five = 0, fifteen = 0, running = null, tasks = null] = told
    .slice(1)
    .map((digits) => Number(digits.replace(',', '.')));
  return { status: 'ok', value: { one, five, fifteen, running, tasks } };
}
