import { type Fault, toFault } from '../../contract/faults.ts';
import type { Gap } from '../../contract/history.ts';
import type { Connection, ConnectStep, Glance, StepTaken } from '../../contract/hosts.ts';
import type { Kind, Sample } from '../../contract/samples.ts';
import type { CommandRecord } from '../../domain/collect/record.ts';
import type { Connect, Transport } from '../../domain/collect/transport.ts';
import type { Attics } from '../../domain/dump/attic.ts';
import { isRetried } from '../../domain/policy/backoff.ts';
import { type Cadence, defaultCadence } from '../../domain/policy/cadence.ts';
import { glanceOf } from '../../domain/present/glance.ts';
import type { KeptSession, SessionListeners } from './kept-session.ts';
import { pause } from './pause.ts';
import { createQuestions, type Questions } from './questions.ts';
import { createSilence } from './silence.ts';
import { NewestSample } from './squeeze.ts';

export interface KeeperOptions {
  /** Asked for each attempt: where the host is may be changed meanwhile. */
  connect(): Connect;
  startSession(transport: Transport, listeners: SessionListeners, signal: AbortSignal): Promise<KeptSession>;
  now(): number;
  /** Of this computer, its sleep included; unlike `now`, nobody sets it. */
  uptimeMs(): number;
  /** Milliseconds to wait before try number `attempt` (1 is the first again). */
  retryDelayMs(attempt: number, fault: Fault): number;
  sleptSince(instant: number): boolean;
  /** When the newest stored sample was collected; what lies between it and the first new one was not watched. */
  readonly lastSampleAt: number | null;
  readonly attics: Attics;
  /** How often rounds are wanted, asked whenever that may have changed; by default, as always. */
  readonly wantedCadence?: () => Cadence;
  onChange(): void;
  onRecord(record: CommandRecord): void;
  onSample(sample: Sample): void;
  onGap(gap: Gap): void;
}

/** Keeps one host connected and collected, and says truthfully how that goes. */
export interface Keeper {
  readonly connection: Connection;
  readonly questions: Questions;
  /** What reaches the host now, for whatever else is to be done there; null while nothing does. */
  readonly transport: Transport | null;
  /** The steps of the newest connection, in their order. */
  readonly steps: readonly StepTaken[];
  /** What the fleet shows of the newest fast sample. */
  readonly glance: Glance | null;
  /** The newest samples: each is put together anew whenever it is read. */
  readonly fast: Sample | null;
  readonly medium: Sample | null;
  readonly slow: Sample | null;
  readonly daily: Sample | null;
  /** Seconds between fast samples as they come now: longer than asked where the host slowed itself down. */
  readonly cadenceSeconds: number;
  /** What is missing up to now; null while samples come. */
  readonly openGap: Gap | null;
  start(): void;
  /** Somebody looks at the host until the function that is returned is called. */
  look(): () => void;
  requestFirst(): void;
  /** Asks for everything now but what is asked all the time. Throws nothing: a host that is not live is asked when it is. */
  askNow(): void;
  /** Something on the way may be another than before: what waits tries again now, what is live is asked whether it is. */
  recheck(): void;
  /** `wantedCadence` answers something else now. */
  adjust(): void;
  stop(): void;
}

export function createKeeper(options: KeeperOptions): Keeper {
  const { now, onChange, attics, wantedCadence = () => defaultCadence } = options;
  let connection: Connection = { state: 'stopped', fault: null, since: now() };
  let run: AbortController | null = null;
  let session: KeptSession | null = null;
  let link: Transport | null = null;
  let steps: readonly StepTaken[] = [];
  let lookers = 0;
  const newest: Readonly<Record<Kind, NewestSample>> = {
    ...{ fast: new NewestSample(attics.fast), medium: new NewestSample(attics.medium) },
    ...{ slow: new NewestSample(attics.slow), daily: new NewestSample(attics.daily) },
  };
  let glance: Glance | null = null;
  let bootId: string | null = null;
  const silence = createSilence({ ...options, cadence });
  const questions = createQuestions(onChange);

  function become(next: Connection): void {
    connection = next;
    onChange();
  }

  function wantedSeconds(): number {
    const { fast, watched: watchedFast } = wantedCadence();
    // Whoever looks at a host never slows it down.
    return lookers > 0 ? Math.min(watchedFast, fast) : fast;
  }

  function cadence(): number {
    return wantedSeconds() * (session?.slowdown() ?? 1);
  }

  /** Tells the session what is wanted now. */
  function adjust(): void {
    session?.setFastSeconds(wantedSeconds());
    session?.setSlowerSeconds(wantedCadence());
    silence.adjust();
    onChange();
  }

  function receive(sample: Sample, by: string): void {
    const at = Date.parse(sample.collected_at);
    if (sample.kind === 'fast') {
      noteGap(sample, at);
      glance = glanceOf(sample);
      bootId = sample.data.clock.boot_id;
    }
    newest[sample.kind].set(sample);
    options.onSample(sample);
    if (connection.state === 'live') onChange();
    else become({ state: 'live', since: now(), by });
  }

  function noteGap(sample: Sample, at: number): void {
    const now = sample.data.clock.boot_id;
    const rebooted = bootId !== null && now !== null && bootId !== now;
    const gap = silence.broken(at, rebooted);
    if (gap !== null) options.onGap(gap);
  }

  /** One life of a connection, from the first step to its end; answers why it ended. */
  async function live(signal: AbortSignal): Promise<Fault | null> {
    const onStep = (step: ConnectStep, hop: string | null = null): void => {
      if (signal.aborted) return;
      if (steps.length < maxSteps) steps = [...steps, { step, hop, at: now() }];
      become({ state: 'connecting', step, hop, since: now() });
    };
    steps = [];
    let transport: Transport | null = null;
    let own: KeptSession | null = null;
    try {
      transport = await options.connect()({ onStep, ask: questions.ask }, signal);
      const { by } = transport;
      link = transport;
      onStep('program');
      return await new Promise<Fault | null>((resolve, reject) => {
        const listeners: SessionListeners = {
          onRecord: options.onRecord,
          onSample: (sample) => {
            if (!signal.aborted) receive(sample, by);
          },
          onEnd: resolve,
        };
        options.startSession(transport as Transport, listeners, signal).then((started) => {
          own = started;
          session = started;
          adjust();
          if (connection.state === 'connecting') onStep('first sample');
        }, reject);
      });
    } catch (error) {
      return toFault(error, 'connect');
    } finally {
      // `own` is assigned in a callback, which control flow analysis does not follow.
      const ended = own as KeptSession | null;
      ended?.close();
      if (session === ended) session = null;
      if (link === transport) link = null;
      transport?.close();
    }
  }

  async function keep(signal: AbortSignal): Promise<void> {
    let failures = 0;
    while (!signal.aborted) {
      const fault = (await live(signal)) ?? closedByHost;
      if (signal.aborted) return;
      const wasLive = connection.state === 'live';
      failures = wasLive ? 1 : failures + 1;
      silence.failed(fault);
      if (!wasLive && !isRetried(fault.code)) return become({ state: 'stopped', fault, since: now() });
      const delayMs = options.retryDelayMs(failures, fault);
      become({ state: 'waiting', fault, retryAt: now() + delayMs, since: now() });
      await pause(delayMs, signal);
    }
  }

  function start(): void {
    run?.abort();
    run = new AbortController();
    become({ state: 'connecting', step: 'dns', hop: null, since: now() });
    void keep(run.signal);
  }

  function stop(): void {
    run?.abort();
    run = null;
    silence.left();
    become({ state: 'stopped', fault: null, since: now() });
  }

  return {
    questions,
    get transport() {
      return link;
    },
    get connection(): Connection {
      const question = questions.shown();
      return question === null ? connection : { state: 'asking', question, since: connection.since };
    },
    get steps() {
      return steps;
    },
    get glance() {
      return glance;
    },
    get fast() {
      return newest.fast.get();
    },
    get medium() {
      return newest.medium.get();
    },
    get slow() {
      return newest.slow.get();
    },
    get daily() {
      return newest.daily.get();
    },
    get cadenceSeconds() {
      return cadence();
    },
    get openGap() {
      return silence.openGap();
    },
    start,
    look: () => {
      lookers += 1;
      adjust();
      let released = false;
      return () => {
        if (released) return;
        released = true;
        lookers -= 1;
        adjust();
      };
    },
    requestFirst: () => session?.requestFirst(),
    askNow: () => session?.askNow(),
    recheck: () => {
      if (connection.state === 'waiting') start();
      else if (connection.state === 'live') link?.probe?.(probeMs);
    },
    adjust,
    stop,
  };
}

/** Eight hops with six steps each are the longest way. */
const maxSteps = 60;

/** Two ways on a bad link (300 ms), and a host that is busy. */
const probeMs = 3000;

const closedByHost: Fault = {
  code: 'disconnected',
  step: 'program',
  message: 'The host closed the connection.',
};
