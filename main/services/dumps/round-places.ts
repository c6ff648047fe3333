import type { Kind } from '../../contract/samples.ts';
import type { Collector } from '../../domain/collect/collector.ts';
import { commandLine } from '../../domain/collect/command-line.ts';
import type { CommandsLog } from './commands-log.ts';
import { lastAt } from './sample-places.ts';

/** The entries of one round that came to its end, others in between: from `begin` to before `end`. */
export interface RoundPlace {
  readonly begin: number;
  readonly end: number;
}

export interface FoundRound {
  readonly own: RoundPlace;
  readonly before: RoundPlace | null;
  /** When the next one of its kind began, in milliseconds since the epoch; null where there is none. */
  readonly nextAt: number | null;
  /** Entries before both that say what later rounds do not say again, oldest first. */
  readonly told: readonly number[];
}

/** Where the rounds of a dump stand. */
export interface RoundPlaces {
  /** The newest round of a kind that began at or before an instant; null where there is none. */
  at(kind: Kind, instant: number): FoundRound | null;
}

/** Of what was told once, so many runs of a command are looked at: with those of the round, as many as a pipeline takes. */
const maxTold = 200;

interface OfKind {
  open: number | null;
  readonly rounds: RoundPlace[];
}

/** @param wholeCount how many entries there are; the last one of a file that is being written may not be whole yet */
export function createRoundPlaces(
  log: CommandsLog,
  collectors: readonly Collector[],
  wholeCount: () => number,
): RoundPlaces {
  let kinds = new Map<Kind, OfKind>();
  /** By command: every run of what is told only when it is new. */
  let runs = new Map<number, number[]>();
  let upTo = 0;
  let revision = log.revision;
  const lasting = new Set(
    collectors.flatMap(({ commands }) =>
      commands.filter(({ when, lasts }) => when === 'first' || lasts !== undefined).map((one) => commandLine(one, 'N')),
    ),
  );

  function catchUp(): void {
    if (revision !== log.revision) {
      kinds = new Map();
      runs = new Map();
      upTo = 0;
      revision = log.revision;
    }
    const { table, commands } = log;
    for (const count = wholeCount(); upTo < count; upTo++) {
      const command = commands.commands[table.commandOf(upTo)];
      if (command == null || command.kind === null) continue;
      if (command.mark !== null) mark(command.kind, command.mark, upTo);
      else if (lasting.has(command.line)) runsOf(command.id).push(upTo);
    }
  }

  function mark(kind: Kind, which: 'begin' | 'end', position: number): void {
    const own = kinds.get(kind) ?? { open: null, rounds: [] };
    kinds.set(kind, own);
    if (which === 'end' && own.open !== null) own.rounds.push({ begin: own.open, end: position + 1 });
    own.open = which === 'begin' ? position : null;
  }

  function runsOf(id: number): number[] {
    const own = runs.get(id) ?? [];
    runs.set(id, own);
    return own;
  }

  function toldBefore(kind: Kind, position: number): number[] {
    const found = [...runs].flatMap(([id, positions]) => {
      if (log.commands.commands[id]?.kind !== kind) return [];
      const last = lastAt(positions.length, (index) => positions[index] as number, position - 1);
      return positions.slice(Math.max(0, last + 1 - maxTold), last + 1);
    });
    return found.sort((a, b) => a - b);
  }

  return {
    at: (kind, instant) => {
      catchUp();
      const rounds = kinds.get(kind)?.rounds ?? [];
      const beganAt = (index: number) => beginOf(log, rounds[index] as RoundPlace);
      const index = lastAt(rounds.length, beganAt, instant);
      const own = rounds[index];
      if (own === undefined) return null;
      const before = rounds[index - 1] ?? null;
      const nextAt = index + 1 < rounds.length ? beganAt(index + 1) : null;
      return { own, before, nextAt, told: toldBefore(kind, (before ?? own).begin) };
    },
  };
}

/** When a round began, as its sample says it: in whole milliseconds. */
export function beginOf({ table }: CommandsLog, { begin }: RoundPlace): number {
  return Math.floor(table.timeOf(begin));
}
