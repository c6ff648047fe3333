import type { SampleData } from '../../../contract/samples.ts';
import { counterDelta, sumKnown, toCounter } from '../../metrics/rate.ts';
import type { Collector, Outcome, Round, ScriptCommand } from '../collector.ts';
import { textOf } from '../record.ts';
import { parseStatLines } from './processes/stat-line.ts';

interface CostState {
  /** CPU time in milliseconds, by process and what it is of. */
  readonly times: ReadonlyMap<string, number>;
}

type Value = NonNullable<SampleData['cost']>;

/** What the program's shell and its awk have used: with what they have forked and waited for. */
const self: ScriptCommand = {
  id: 'cost.self',
  type: 'script',
  when: 'always',
  maxBytes: 4096,
  line: (pids) => `cat ${pids.split(' ').map(filesOf).join(' ')}`,
  match: (line) => {
    const pids = [...line.matchAll(/ \/proc\/(\d{1,10})\/stat /g)].map(([, pid]) => pid).join(' ');
    return pids !== '' && line === self.line(pids) ? pids : null;
  },
};

function filesOf(pid: string): string {
  return `/proc/${pid}/stat /proc/${pid}/schedstat`;
}

/** Every kernel of today counts in hundredths for the eyes of programs, whatever it does inside. */
const msPerTick = 10;

/**
 * What collecting costs the host.
 *
 * Reads `/proc/PID/stat` and `/proc/PID/schedstat` of the program itself:
 * https://www.kernel.org/doc/html/latest/scheduler/sched-stats.html
 */
export const cost: Collector<'cost', CostState> = {
  id: 'cost',
  kind: 'fast',
  ofWholeRound: true,
  about: 'What collecting costs the host: CPU of this program and of what it forks, time and bytes of a round.',
  commands: [self],
  awk: {
    call: 'cost',
    source: `
function cost(   line, awk, body) {
  getline line < "/proc/self/stat"
  close("/proc/self/stat")
  awk = line + 0
  body = slurp("/proc/" shell "/stat") slurp("/proc/" shell "/schedstat") line "\\n" slurp("/proc/self/schedstat")
  record("cost.self", shell " " awk, body, 0, "-")
}`,
  },
  parse,
};

function parse(round: Round<CostState>): Outcome<Value, CostState> {
  const record = round.records('cost.self').at(-1);
  const times = parseTimes(record === undefined ? '' : textOf(record));
  const deltas = [...times].map(([key, after]) => {
    const before = round.previous?.times.get(key);
    return before === undefined ? null : counterDelta(before, after);
  });
  return {
    status: 'ok',
    value: {
      cpu_ms: deltas.includes(null) ? null : sumKnown(deltas),
      round_ms: round.roundSeconds === null ? null : round.roundSeconds * 1000,
      bytes: round.roundBytes,
    },
    state: { times },
  };
}

/**
 * The process's own time is told in nanoseconds by the line behind its `stat`, where the kernel has that; what its
 * children used that are gone stands in `stat` alone, in ticks.
 */
function parseTimes(text: string): ReadonlyMap<string, number> {
  const times = new Map<string, number>();
  let pid: number | null = null;
  for (const line of text.split('\n').slice(0, 16)) {
    const stat = parseStatLines(`${line}\n`)[0];
    // All zeros where the kernel was built without.
    const scheduled = /^([1-9]\d{0,19}) \d+ \d+$/.exec(line)?.[1];
    if (stat !== undefined) {
      pid = stat.pid;
      times.set(`${pid} children`, stat.childTicks * msPerTick);
      times.set(`${pid} self`, stat.ticks * msPerTick);
    } else if (scheduled !== undefined && pid !== null) times.set(`${pid} self`, toCounter(scheduled) / 1e6);
  }
  return times;
}
