import type { SampleData } from '../../../../contract/samples.ts';
import type { Collector, Outcome, Round, RunCommand } from '../../collector.ts';
import { cutText } from '../../cut-text.ts';
import { textOf } from '../../record.ts';
import { complaintOf, unusable } from '../../run-outcome.ts';
import { type Loose, looseObjects, looseText, parseJson } from '../loose-values.ts';
import { notSystemd } from './not-systemd.ts';

type Value = NonNullable<SampleData['units']>;
export type Unit = Value['list'][number];

/** Devices and slices cannot fail, and there are hundreds of them. */
const types = 'service,socket,mount,automount,swap,timer,path,target,scope';

const list: RunCommand = {
  id: 'units.list',
  type: 'run',
  when: 'always',
  line: `systemctl is-system-running; systemctl list-units --all --full --no-legend --plain --no-pager --type=${types}`,
  deadlineSeconds: 10,
  maxBytes: 512 * 1024,
};

/**
 * Units of systemd, the failed ones first, and the state of the whole.
 *
 * Runs `systemctl`: https://www.freedesktop.org/software/systemd/man/latest/systemctl.html
 */
export const units: Collector<'units', null> = {
  id: 'units',
  kind: 'medium',
  about: 'Units of systemd, those that failed first, and the state of the whole, from systemctl.',
  commands: [list],
  awk: null,
  parse,
};

const maxUnits = 2048;
/** Of those in JSON, which are counted too. */
const maxListed = 16_384;
const maxName = 256;
const maxLine = 2048;
const states = /^(?:initializing|starting|running|degraded|maintenance|stopping)$/;

function parse(round: Round<null>): Outcome<Value, null> {
  const record = round.records(list.id).at(-1);
  const reason = unusable(record, list, 'systemd');
  if (reason !== null || record === undefined) return reason ?? { status: 'absent', reason: 'systemd: nobody asked.' };
  const text = textOf(record);
  const stranger = notSystemd(record, text);
  if (stranger !== null) return stranger;
  const state = text.split('\n', 1)[0]?.trim() ?? '';
  const found = parseUnits(text);
  if (found === null && !states.test(state)) {
    return { status: 'failed', reason: `systemctl listed no units: ${complaintOf(record)}` };
  }
  const all = found ?? [];
  const failed = all.filter((unit) => unit.active === 'failed');
  const others = all.filter((unit) => unit.active !== 'failed');
  const counts = {
    total: found && all.length,
    active: found && all.filter(({ active }) => active === 'active').length,
    failed: found && failed.length,
  };
  const whole = states.test(state) ? state : null;
  return { status: 'ok', value: { state: whole, counts, failed, list: [...failed, ...others].slice(0, maxUnits) } };
}

/**
 * The rows of `systemctl list-units`, with or without head, foot and marks; null where there are none. A name always
 * has its kind behind a dot, and no blank in it; with a column JOB only the head tells where the words end.
 */
export function parseUnits(text: string): Unit[] | null {
  const json = parseJson(text.slice(Math.max(0, text.search(/^\[/m))));
  if (Array.isArray(json)) return looseObjects(json, maxListed).flatMap(unitOfJson);
  const found: Unit[] = [];
  let jobAt: number | null = null;
  let isTable = false;
  for (const whole of text.split('\n')) {
    const line = whole.slice(0, maxLine).trimEnd();
    if (/^0 loaded units listed\./.test(line)) isTable = true;
    const head = /^\s*UNIT\s+LOAD\s+ACTIVE\s+SUB\s+(JOB\s+)?DESCRIPTION$/.exec(line);
    if (head !== null) {
      isTable = true;
      jobAt = head[1] === undefined ? null : line.indexOf('JOB');
      continue;
    }
    const unit = unitOf(line, jobAt);
    if (unit !== null) found.push(unit);
    // Behind the rows stands what their columns mean.
    else if (isTable && found.length > 0 && line === '') break;
  }
  return found.length > 0 || isTable ? found : null;
}

/** A row of `--output=json`, of systemd 246 and later. */
function unitOfJson(row: Loose): Unit[] {
  const [name, load] = [looseText(row.unit, maxName), looseText(row.load, 32)];
  if (name === null || load === null) return [];
  const [active, sub] = [looseText(row.active, 32) ?? 'unknown', looseText(row.sub, 32) ?? 'unknown'];
  return [{ name, load, active, sub, description: looseText(row.description, maxName) }];
}

const loads = new Set('loaded not-found bad-setting error masked merged stub'.split(' '));

function unitOf(line: string, jobAt: number | null): Unit | null {
  const match =
    /^\s{0,4}(?:[^\s\w.-]{1,3}\s+|[*xCX?]\s+)?(\S+\.[a-z]{4,9}|\S*…\S*)\s+(\S+)\s+(\S+)\s+(\S+)(?:\s+(\S.*))?$/u.exec(
      line,
    );
  if (match === null) return null;
  const [, name, load, active, sub, rest = ''] = match as unknown as [string, string, string, string, string, string?];
  if (!loads.has(load)) return null;
  const hasJob = jobAt !== null && /\S/.test(line[jobAt] ?? ' ');
  const description = hasJob ? rest.replace(/^\S+\s*/, '') : rest;
  return {
    ...{ name: cutText(name, maxName), load, active: cutText(active, 32), sub: cutText(sub, 32) },
    description: description === '' ? null : cutText(description, maxName),
  };
}
