import type { SampleData } from '../../../contract/samples.ts';
import { ratePerSecond, toCounter } from '../../metrics/rate.ts';
import type { Collector, Command, Outcome, Round } from '../collector.ts';
import { textOf } from '../record.ts';

type Value = NonNullable<SampleData['pressure']>;
type Stall = NonNullable<NonNullable<Value['cpu']>['some']>;

/** One line of such a file: the averages in percent, and all stalls since the boot in microseconds. */
export interface StallLine {
  readonly averages: readonly [avg10: number, avg60: number, avg300: number];
  readonly totalMicroseconds: number;
}

interface PressureState {
  /** Microseconds, by resource and line: `memory.full`. */
  readonly totals: ReadonlyMap<string, number>;
}

const resources = ['cpu', 'memory', 'io', 'irq'] as const;

/**
 * How long tasks waited for a CPU, for memory, for I/O, and behind interrupts.
 *
 * Reads `/proc/pressure`: https://docs.kernel.org/accounting/psi.html
 */
export const pressure: Collector<'pressure', PressureState> = {
  id: 'pressure',
  kind: 'fast',
  about: 'Pressure (PSI): the share of time in which tasks waited for CPU, memory or I/O, from /proc/pressure.',
  commands: resources.map(commandFor),
  awk: null,
  parse,
};

/** Kernels that have the account but keep it off until `psi=1` show the files, and refuse to read them. */
function commandFor(resource: (typeof resources)[number]): Command {
  const path = `/proc/pressure/${resource}`;
  return { id: `pressure.${resource}`, type: 'read', when: 'always', path, keep: null, mayRefuse: true };
}

function parse(round: Round<PressureState>): Outcome<Value, PressureState> {
  const value: Value = { cpu: null, memory: null, io: null, irq: null };
  const totals = new Map<string, number>();
  let said = '';
  for (const resource of resources) {
    const record = round.records(`pressure.${resource}`).at(-1);
    const text = record === undefined ? '' : textOf(record);
    said ||= text;
    const lines = parsePressure(text);
    if (lines.size === 0) continue;
    for (const [name, line] of lines) totals.set(`${resource}.${name}`, line.totalMicroseconds);
    const stall = (name: 'some' | 'full') =>
      stallOf(lines.get(name), round.previous?.totals.get(`${resource}.${name}`), round.elapsedSeconds);
    value[resource] = { some: stall('some'), full: stall('full') };
  }
  if (totals.size > 0) return { status: 'ok', value, state: { totals } };
  if (said !== '') {
    return { status: 'failed', reason: `/proc/pressure does not look like it: ${said.slice(0, 80).toWellFormed()}` };
  }
  const error = round.records('pressure.cpu').at(-1)?.error ?? null;
  if (error !== null) return { status: 'failed', reason: `/proc/pressure could not be read: ${error}` };
  return { status: 'absent', reason: 'The kernel keeps no account of pressure: older than 4.20, or without psi=1.' };
}

/** The lines of one file by their first word. Old kernels have no `full` for the CPU; `irq` has nothing else. */
export function parsePressure(text: string): ReadonlyMap<string, StallLine> {
  const found = new Map<string, StallLine>();
  for (const line of text.split('\n')) {
    const match =
      /^(some|full) avg10=(\d{1,3}\.\d+) avg60=(\d{1,3}\.\d+) avg300=(\d{1,3}\.\d+) total=(\d{1,20})\s*$/.exec(line);
    if (match === null) continue;
    const [avg10, avg60, avg300] = match.slice(2, 5).map(Number) as [number, number, number];
    found.set(match[1] as string, {
      averages: [avg10, avg60, avg300],
      totalMicroseconds: toCounter(match[5] as string),
    });
  }
  return found;
}

function stallOf(line: StallLine | undefined, before: number | undefined, elapsed: number | null): Stall | null {
  if (line === undefined) return null;
  const [avg10, avg60, avg300] = line.averages;
  const rate = before === undefined ? null : ratePerSecond(before, line.totalMicroseconds, elapsed);
  return {
    // The two clocks are not read at the same instant.
    stalled_percent: rate === null ? null : Math.min(100, rate / 10_000),
    avg10_percent: avg10,
    avg60_percent: avg60,
    avg300_percent: avg300,
  };
}
