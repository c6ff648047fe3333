import type { Kind } from '../../contract/samples.ts';
import type { FrameEvent } from '../../domain/collect/framing.ts';
import { roundMark } from '../../domain/collect/round-lines.ts';

/** A forked command is reported this long after its deadline. */
const dropGraceMs = 5000;
/** No honest round has more; a host that prints for ever is left. */
const maxRecords = 5000;
const maxBytes = 64 << 20;
const maxRuns = 256;

interface Run {
  readonly commandId: string;
  readonly deadline: number;
  dropped: boolean;
}

interface OpenRound {
  readonly kind: Kind;
  readonly first: boolean;
  readonly startedAt: number;
  readonly runs: Map<string, Run>;
  /** Its first record begins it and its last one ends it, each once: so one tick gives one sample at most. */
  phase: 'asked' | 'begun' | 'ended';
  /** What a careful program said that it reads. */
  reading: string | null;
  records: number;
  bytes: number;
}

/** What is asked of a host and not answered yet: at most one round of each kind. Times are milliseconds. */
export interface OpenRounds {
  readonly kinds: ReadonlySet<Kind>;
  open(seq: number, kind: Kind, first: boolean): void;
  has(seq: number): boolean;
  /** Null for the next record of an open round; else why no honest program would have sent it, as one sentence. */
  take(event: Extract<FrameEvent, { type: 'record' }>): string | null;
  run(event: Extract<FrameEvent, { type: 'run' }>): void;
  ran(seq: number, runId: string): void;
  reading(event: Extract<FrameEvent, { type: 'reading' }>): void;
  /** How long it took; null when no such round is open. */
  done(seq: number): { kind: Kind; first: boolean; tookMs: number } | null;
  /** The rounds that were open, forgotten. */
  clear(): { kind: Kind; first: boolean }[];
  /** Commands that were over their deadline when the program stopped to answer, and what a careful one was reading. */
  culprits(): string[];
}

export interface Watch {
  now(): number;
  /** A round is over by then, unless its forked commands may take longer. */
  readonly roundLimitMs: number;
  /** A forked command's deadline has passed. */
  onDeadline(runId: string): void;
  /** A round should have been over by now. */
  onSilence(): void;
}

export function createOpenRounds({ now, roundLimitMs, onDeadline, onSilence }: Watch): OpenRounds {
  const rounds = new Map<number, OpenRound>();
  const kinds = new Set<Kind>();
  let timer: NodeJS.Timeout | undefined;

  function limitOf(round: OpenRound): number {
    let limit = round.startedAt + roundLimitMs;
    for (const { deadline } of round.runs.values()) limit = Math.max(limit, deadline + dropGraceMs);
    return limit;
  }

  function rearm(): void {
    clearTimeout(timer);
    if (rounds.size === 0) return;
    let due = Number.POSITIVE_INFINITY;
    for (const round of rounds.values()) {
      due = Math.min(due, limitOf(round));
      for (const run of round.runs.values()) if (!run.dropped) due = Math.min(due, run.deadline);
    }
    timer = setTimeout(check, Math.max(0, due - now()));
  }

  function check(): void {
    const instant = now();
    for (const round of rounds.values()) {
      for (const [runId, run] of round.runs) {
        if (run.dropped || run.deadline > instant) continue;
        run.dropped = true;
        onDeadline(runId);
      }
    }
    if ([...rounds.values()].some((round) => limitOf(round) <= instant)) onSilence();
    else rearm();
  }

  function forget(seq: number): OpenRound | undefined {
    const round = rounds.get(seq);
    rounds.delete(seq);
    if (round !== undefined) kinds.delete(round.kind);
    rearm();
    return round;
  }

  return {
    kinds,
    open: (seq, kind, first) => {
      rounds.set(seq, {
        kind,
        first,
        startedAt: now(),
        runs: new Map(),
        phase: 'asked',
        reading: null,
        records: 0,
        bytes: 0,
      });
      kinds.add(kind);
      rearm();
    },
    has: (seq) => rounds.has(seq),
    take: ({ seq, kind, record }) => {
      const round = rounds.get(seq);
      if (round === undefined || round.kind !== kind) return 'The host answered what nobody asked.';
      const mark = roundMark(record.command)?.mark ?? null;
      if (round.phase !== (mark === 'begin' ? 'asked' : 'begun')) return 'The host printed a round out of order.';
      if (mark !== null) round.phase = mark === 'begin' ? 'begun' : 'ended';
      round.records += 1;
      round.bytes += record.stdout.length + record.stderr.length;
      const fits = round.records <= maxRecords && round.bytes <= maxBytes;
      return fits ? null : 'The host printed more than a round can hold.';
    },
    run: ({ seq, runId, commandId, deadlineSeconds }) => {
      const runs = rounds.get(seq)?.runs;
      if (runs === undefined || runs.size === maxRuns) return;
      runs.set(runId, { commandId, deadline: now() + deadlineSeconds * 1000, dropped: false });
      rearm();
    },
    ran: (seq, runId) => {
      rounds.get(seq)?.runs.delete(runId);
    },
    reading: ({ seq, id }) => {
      const round = rounds.get(seq);
      if (round !== undefined) round.reading = id;
    },
    done: (seq) => {
      const round = forget(seq);
      return round === undefined ? null : { ...round, tookMs: now() - round.startedAt };
    },
    clear: () => {
      const forgotten = [...rounds.values()];
      rounds.clear();
      kinds.clear();
      clearTimeout(timer);
      return forgotten;
    },
    culprits: () =>
      [...rounds.values()].flatMap(({ runs, reading }) => [
        ...[...runs.values()].filter(({ dropped }) => dropped).map(({ commandId }) => commandId),
        ...(reading === null ? [] : [reading]),
      ]),
  };
}
