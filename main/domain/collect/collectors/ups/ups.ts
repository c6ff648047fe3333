import type { SampleData } from '../../../../contract/samples.ts';
import type { Ups } from '../../../../contract/storage.ts';
import type { Collector, Outcome, Round, RunCommand } from '../../collector.ts';
import { cutText } from '../../cut-text.ts';
import { type CommandRecord, textOf } from '../../record.ts';
import { complaintOf, unusable } from '../../run-outcome.ts';
import { upsesOfNut, upsOfApc } from './texts.ts';

type Value = NonNullable<SampleData['ups']>;

const run = (id: string, tool: string, line: string): RunCommand => ({
  ...{ id, type: 'run', when: 'always', line, tool, deadlineSeconds: 15, maxBytes: 128 * 1024 },
});

/** The list goes to standard error where there is no server; data that is too old is told there too. */
const nut = run('ups.nut', 'upsc', 'for u in $(upsc -l | head -n 16); do echo "==> $u <=="; upsc "$u" 2>&1; done');
const apc = run('ups.apc', 'apcaccess', 'apcaccess');

/**
 * Uninterruptible power supplies that this host serves.
 *
 * Runs `upsc` of Network UPS Tools: https://networkupstools.org/docs/man/upsc.html and `apcaccess` of apcupsd:
 * http://www.apcupsd.org/manual/manual.html
 */
export const ups: Collector<'ups', null> = {
  id: 'ups',
  kind: 'medium',
  about: 'UPS: state, battery, time left and load, from NUT (upsc) or apcupsd (apcaccess).',
  commands: [nut, apc],
  awk: null,
  parse,
};

const maxUps = 16;

function parse(round: Round<null>): Outcome<Value, null> {
  const records = [...round.records(nut.id), ...round.records(apc.id)];
  const list = records.flatMap((record) => read(textOf(record))).slice(0, maxUps);
  if (list.length > 0) return { status: 'ok', value: { list: list.map(cut) } };
  const problems = [nut, apc].map((command) => problemOf(round.records(command.id).at(-1), command));
  const failed = problems.find((problem) => problem.status === 'failed');
  return failed ?? { status: 'absent', reason: absence(problems.map(({ reason }) => reason)) };
}

function read(text: string): Ups[] {
  const apcupsd = upsOfApc(text);
  return apcupsd === null ? upsesOfNut(text) : [apcupsd];
}

type Problem = Extract<Outcome<Value, null>, { reason: string }>;

/** A client without a server on this host is the usual thing: it watches the UPS of another one. */
function problemOf(record: CommandRecord | undefined, command: RunCommand): Problem {
  const problem = unusable(record, command, 'UPS');
  if (problem !== null) return problem;
  const said = complaintOf(record as CommandRecord);
  if (/connection refused|connection failure/i.test(said) || said === 'exit 0') {
    return { status: 'absent', reason: `UPS: ${command.tool} found no server that has one here.` };
  }
  return { status: 'failed', reason: `UPS: ${command.tool} told of none: ${said}` };
}

function absence(reasons: readonly string[]): string {
  return reasons.find((reason) => /found no server/.test(reason)) ?? 'UPS: there is neither upsc nor apcaccess here.';
}

function cut(one: Ups): Ups {
  const text = (value: string | null) => (value === null ? null : cutText(value, 100));
  const status = one.status.slice(0, 16).map((word) => cutText(word, 16));
  return { ...one, name: cutText(one.name, 64), model: text(one.model), problem: text(one.problem), status };
}
