import { randomBytes } from 'node:crypto';
import { type Fault, FaultError, toFault } from '../../contract/faults.ts';
import { kinds } from '../../contract/kinds.ts';
import type { Kind, Sample } from '../../contract/samples.ts';
import type { Collector } from '../../domain/collect/collector.ts';
import { collectors as allCollectors } from '../../domain/collect/collectors/index.ts';
import type { FrameEvent } from '../../domain/collect/framing.ts';
import { createPipeline } from '../../domain/collect/pipeline.ts';
import { dropLine, tickLine } from '../../domain/collect/program/ticks.ts';
import type { CommandRecord } from '../../domain/collect/record.ts';
import { roundMark } from '../../domain/collect/round-lines.ts';
import type { Transport } from '../../domain/collect/transport.ts';
import { type Cadence, defaultSeconds, gridOrigin, nextOnGrid, nextSlowdown } from '../../domain/policy/cadence.ts';
import { createLeftOut } from './left-out.ts';
import { createOpenRounds } from './open-rounds.ts';
import { type RunningProgram, startProgram } from './running-program.ts';

export interface SessionOptions {
  readonly transport: Transport;
  readonly signal: AbortSignal;
  readonly collectors?: readonly Collector[];
  /** The console's clock, milliseconds since the epoch: it stamps records. */
  now?(): number;
  /** 0 to 1: where this host's grids of time begin, so that hosts that came together do not run together. */
  random?(): number;
  /** How long a round may take before the host counts as silent, in milliseconds; forked commands have their own. */
  readonly roundLimitMs?: number;
  onRecord?(record: CommandRecord, kind: Kind): void;
  onSample?(sample: Sample): void;
  /** Once: the session is over; null when it was closed or its signal aborted. */
  onEnd?(fault: Fault | null): void;
}

/** One program kept running on one transport, asked by a fixed grid of time. */
export interface Session {
  /** How many times slower than asked the host runs, because its rounds cost too much: 1 to 16. */
  slowdown(): number;
  /** Seconds between fast rounds from now on. */
  setFastSeconds(seconds: number): void;
  /** The same of the other kinds. */
  setSlowerSeconds(seconds: Omit<Cadence, 'fast' | 'watched'>): void;
  /** Has the next round of each kind, which begin at once, tell all that is told once: a dump begins. */
  requestFirst(): void;
  /** Asks for everything now but what is asked all the time. */
  askNow(): void;
  close(): void;
}

/**
 * CPU shares need two reads; this is how soon after the first they appear, and the least between two rounds of a kind:
 * a shorter window says nothing, and a timer that fires a little early does not mean the same instant twice.
 */
const leastMs = 400;
/**
 * What hardly ever changes, and costs most, does not delay what somebody waits for when hosts are reached: it begins
 * soon where the host is looked at, else when all that came together are there.
 */
const lateStartMs = { lookedAt: 3000, else: 60_000 } as const;
const rareKinds = ['medium', 'slow', 'daily'] as const;
const isLate = (kind: Kind) => kind === 'slow' || kind === 'daily';
/** A host gets one guess per line that it prints, and the boundary stands on every frame: 64 bits are enough. */
const boundaryBytes = 8;

/** A host where more than this hangs is not one that can be collected from. */
const maxRestarts = 4;

/**
 * Starts the program and resolves when it is ready; samples follow by themselves. When a round does not end in its
 * time, the program is restarted without what hung, which is reported as failed. A file that never answers blocks awk,
 * which cannot say so any more: so a program that was restarted is a careful one, which names what it reads, and the
 * second silence has its culprit. A silence that a careful program cannot explain ends the session with `timeout`.
 * Throws a `FaultError` when the program does not start.
 */
export async function startSession(options: SessionOptions): Promise<Session> {
  const { transport, signal, collectors = allCollectors, now = Date.now, random = Math.random } = options;
  /** Not the wall clock: setting it, and a laptop's sleep, must not look like a host that is silent. */
  const clock = () => performance.now();
  const usedKinds = kinds.filter((kind) => collectors.some((collector) => collector.kind === kind));
  const pipeline = createPipeline(collectors);
  const seconds: Record<Kind, number> = { ...defaultSeconds };
  const origins: Record<Kind, number> = { fast: 0, medium: 0, slow: 0, daily: 0 };
  const tickedAt: Record<Kind, number> = { fast: 0, medium: 0, slow: 0, daily: 0 };
  const timers: Partial<Record<Kind, NodeJS.Timeout>> = {};
  const firstWanted = new Set<Kind>();
  const leftOut = createLeftOut(collectors);
  const ending = new AbortController();
  let program: RunningProgram | null = null;
  let restarts = 0;
  let over = false;
  let seq = 0;
  let slowdown = 1;
  let second: 'wanted' | 'due' | 'had' = 'wanted';

  const rounds = createOpenRounds({
    now: clock,
    roundLimitMs: options.roundLimitMs ?? 15_000,
    onDeadline: (runId) => program?.write(dropLine(runId)),
    onSilence: () => void restart(),
  });

  async function start(): Promise<void> {
    program = await startProgram({
      transport,
      boundary: randomBytes(boundaryBytes).toString('hex'),
      careful: restarts > 0,
      collectors: leftOut.asked(),
      signal: AbortSignal.any([signal, ending.signal]),
      now,
      onEvent: take,
      onEnd: ({ fault }) => end(fault),
    });
    if (over) return program.close();
    second = 'wanted';
    for (const kind of usedKinds) {
      firstWanted.add(kind);
      if (isLate(kind)) tickIn(kind, lateStartMs[isLookedAt() ? 'lookedAt' : 'else']);
      else tick(kind);
    }
  }

  async function restart(): Promise<void> {
    const fault = new FaultError('timeout', 'program', 'The host stopped to answer in the middle of a round.').fault;
    const culprits = rounds.culprits();
    if (restarts === maxRestarts || (restarts > 0 && culprits.length === 0)) return end(fault);
    restarts += 1;
    for (const id of culprits) leftOut.add(id);
    rounds.clear();
    program?.close();
    program = null;
    await start().catch((error) => end(error instanceof FaultError ? fault : toFault(error, 'program')));
  }

  /** Faster than anybody asks a host that nobody looks at. */
  function isLookedAt(): boolean {
    return seconds.fast < defaultSeconds.fast;
  }

  function periodMs(kind: Kind): number {
    return seconds[kind] * 1000 * (kind === 'fast' ? slowdown : 1);
  }

  function schedule(kind: Kind): void {
    const after = Math.max(clock(), tickedAt[kind] + leastMs);
    tickIn(kind, nextOnGrid(origins[kind], periodMs(kind), after) - clock());
  }

  function tickIn(kind: Kind, ms: number): void {
    clearTimeout(timers[kind]);
    if (!over) timers[kind] = setTimeout(() => tick(kind), Math.ceil(ms));
  }

  /** Asks for a round, unless one of its kind is under way: then this instant is left out. */
  function tick(kind: Kind): void {
    if (over || program === null) return;
    const isOpen = rounds.kinds.has(kind);
    const first = !isOpen && firstWanted.delete(kind);
    tickedAt[kind] = clock();
    // Rounds that begin out of turn begin the grid anew.
    if (first) origins[kind] = gridOrigin(clock(), periodMs(kind), random());
    if (kind === 'fast' && second === 'due') second = 'had';
    schedule(kind);
    if (isOpen) return;
    seq += 1;
    rounds.open(seq, kind, first);
    program.write(tickLine({ seq, kind, first }));
  }

  function take(event: FrameEvent): void {
    if (event.type === 'record') {
      if (!rounds.has(event.seq)) return;
      const refused = rounds.take(event);
      if (refused !== null) {
        end(new FaultError('bad_output', 'program', refused).fault);
        return;
      }
      if (roundMark(event.record.command)?.mark === 'end') {
        for (const record of leftOut.records(event.kind, event.record.endedAt)) pass(record, event.kind);
      }
      pass(event.record, event.kind);
    } else if (event.type === 'run') rounds.run(event);
    else if (event.type === 'ran') rounds.ran(event.seq, event.runId);
    else if (event.type === 'reading') rounds.reading(event);
    else if (event.type === 'done') finishRound(event.seq);
    else if (event.type === 'lost') {
      for (const { kind, first } of rounds.clear()) {
        if (first) firstWanted.add(kind);
        tickIn(kind, leastMs);
      }
    }
  }

  function pass(record: CommandRecord, kind: Kind): void {
    options.onRecord?.(record, kind);
    for (const sample of pipeline.push(record)) options.onSample?.(sample);
  }

  function finishRound(doneSeq: number): void {
    const done = rounds.done(doneSeq);
    if (done === null || over) return;
    const { kind, first, tookMs } = done;
    if (firstWanted.has(kind)) tick(kind);
    else if (kind !== 'fast') return;
    else if (second === 'wanted') {
      second = 'due';
      tickIn('fast', leastMs);
    } else if (!first) {
      const next = nextSlowdown(slowdown, tookMs, seconds.fast * 1000);
      if (next === slowdown) return;
      slowdown = next;
      schedule('fast');
    }
  }

  function end(fault: Fault | null): void {
    if (over) return;
    over = true;
    signal.removeEventListener('abort', close);
    for (const kind of kinds) clearTimeout(timers[kind]);
    rounds.clear();
    ending.abort();
    program?.close();
    options.onEnd?.(fault);
  }

  const close = () => end(null);
  await start();
  signal.addEventListener('abort', close);
  if (signal.aborted) close();
  transport.onClose(() => end(new FaultError('disconnected', 'program', 'The connection to the host ended.').fault));

  return {
    slowdown: () => slowdown,
    setFastSeconds: (wanted) => {
      if (wanted === seconds.fast) return;
      seconds.fast = wanted;
      slowdown = 1;
      for (const kind of firstWanted) if (isLookedAt() && isLate(kind)) tickIn(kind, lateStartMs.lookedAt);
      if (second !== 'due' && !firstWanted.has('fast')) schedule('fast');
    },
    setSlowerSeconds: (wanted) => {
      for (const kind of rareKinds) {
        if (wanted[kind] === seconds[kind]) continue;
        seconds[kind] = wanted[kind];
        if (usedKinds.includes(kind) && !firstWanted.has(kind)) schedule(kind);
      }
    },
    requestFirst: () => {
      for (const kind of usedKinds) {
        firstWanted.add(kind);
        tick(kind);
      }
    },
    askNow: () => {
      for (const kind of rareKinds) if (usedKinds.includes(kind)) tick(kind);
    },
    close,
  };
}
