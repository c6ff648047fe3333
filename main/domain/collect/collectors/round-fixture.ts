import type { Collector, Outcome, Round } from '../collector.ts';
import type { CommandRecord } from '../record.ts';

/** What a round is beside its records. */
interface Options {
  readonly previous?: unknown;
  readonly elapsed?: number;
  readonly uptime?: number;
  readonly roundSeconds?: number;
  readonly arrivals?: readonly number[];
  readonly roundBytes?: number;
}

/** One record of whatever command, with that output. */
export function record(text: string, more: Partial<CommandRecord> = {}): CommandRecord {
  const stdout = new TextEncoder().encode(text);
  return {
    command: '',
    endedAt: 0,
    exit: 0,
    error: null,
    durationMs: 0,
    stdout,
    stderr: new Uint8Array(),
    truncated: false,
    timedOut: false,
    ...more,
  };
}

/** One round of that collector alone: records, or the text of one, by the command's id. */
export function run(
  collector: Collector,
  texts: Record<string, string | CommandRecord | CommandRecord[]>,
  options: Options = {},
): Outcome<unknown, unknown> {
  const round: Round<unknown> = {
    records: (id) => {
      const given = texts[id];
      if (given === undefined) return [];
      return typeof given === 'string' ? [record(given)] : Array.isArray(given) ? given : [given];
    },
    clock: { boot_id: null, uptime_seconds: options.uptime ?? 100 },
    previous: options.previous ?? null,
    elapsedSeconds: options.elapsed ?? null,
    roundSeconds: options.roundSeconds ?? null,
    arrivals: options.arrivals ?? [],
    roundBytes: options.roundBytes ?? 0,
  };
  return collector.parse(round);
}
