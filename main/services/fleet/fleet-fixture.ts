import type { HealthEvent, Standing } from '../../contract/health.ts';
import type { Host } from '../../contract/hosts.ts';
import type { Sample } from '../../contract/samples.ts';
import type { CommandRecord } from '../../domain/collect/record.ts';
import type { Transport } from '../../domain/collect/transport.ts';
import { createFleet } from './fleet.ts';
import type { FleetOptions } from './fleet-service.ts';
import type { SessionListeners } from './kept-session.ts';

export const transport: Transport = {
  by: 'a test',
  start: () => Promise.reject(new Error('not used')),
  run: () => Promise.reject(new Error('not used')),
  onClose: () => {},
  close: () => {},
};

export const local = { name: 'tank', target: { transport: 'local' } } as const;
export const unlabelled: Pick<Host, 'group' | 'tags'> = { group: null, tags: [] };

export function fastSample(at: number): Sample {
  return {
    kind: 'fast',
    collected_at: new Date(at).toISOString(),
    data: {
      clock: { boot_id: 'boot', uptime_seconds: 1 },
      processes: {
        count: 1,
        window_seconds: 2,
        list: [
          {
            pid: 1,
            start_ticks: 1,
            started_seconds: 0.01,
            parent_pid: 0,
            name: 'init',
            command: 'init',
            user: 'root',
            state: 'S',
            cpu_percent: 0,
            cpu_host_percent: 0,
            memory_bytes: 1,
            threads: 1,
          },
        ],
      },
      problems: {},
    },
  };
}

export const record: CommandRecord = {
  command: 'true',
  endedAt: 0,
  exit: 0,
  error: null,
  durationMs: 0,
  stdout: new Uint8Array(),
  stderr: new Uint8Array(),
  truncated: false,
  timedOut: false,
};

/** A fleet over memory, whose sessions the test speaks for. */
export async function setUp(kept: Host[] = [], standing: Standing[] = [], more: Partial<FleetOptions> = {}) {
  const book = new Map(kept.map((host) => [host.id, host]));
  const stored: [string, Sample][] = [];
  const events: [string, HealthEvent][] = [];
  const told: [string, string[]][] = [];
  const sessions: { listeners: SessionListeners; cadences: number[]; firsts: number; asked: number }[] = [];
  const pushed: CommandRecord[] = [];
  const options: FleetOptions = {
    book: {
      hosts: async () => [...book.values()],
      saveHost: async (host) => {
        book.set(host.id, host);
      },
      removeHost: async ({ id }) => {
        book.delete(id);
      },
      append: (id, samples) => {
        for (const sample of samples) stored.push([id, sample]);
      },
      appendGap: () => {},
      appendEvents: (id, more) => {
        for (const event of more) events.push([id, event]);
      },
      standing: async () => standing,
      lastSampleAt: async () => null,
    },
    connectTo: () => async () => transport,
    startSession: async (_transport, listeners) => {
      const session = { listeners, cadences: [] as number[], firsts: 0, asked: 0 };
      sessions.push(session);
      return {
        slowdown: () => 1,
        setFastSeconds: (seconds) => session.cadences.push(seconds),
        setSlowerSeconds: () => {},
        requestFirst: () => {
          session.firsts += 1;
        },
        askNow: () => {
          session.asked += 1;
        },
        close: () => {},
      };
    },
    openSink: async () => ({
      push: (pushedRecord) => pushed.push(pushedRecord),
      stats: () => ({ entries: pushed.length, bytes: 0, size: 0 }),
      idle: async () => {},
      close: async () => {},
    }),
    dumpFolder: '/nonexistent',
    now: () => Date.now(),
    uptimeMs: () => Date.now(),
    random: () => 0.5,
    retryDelayMs: () => 1000,
    onHealth: ({ name }, more) => told.push([name, more.map(({ change }) => change)]),
    guests: () => [],
    warnings: () => [],
    ...more,
  };
  const fleet = await createFleet(options);
  return { fleet, book, stored, events, told, sessions, pushed };
}

/** Reads a stream until a value fits, then leaves it. */
export async function until<Value>(items: AsyncIterable<Value>, fits: (value: Value) => boolean): Promise<Value> {
  for await (const value of items) if (fits(value)) return value;
  throw new Error('the stream ended first');
}

export const never = new AbortController().signal;
