import type { Fault } from '../main/contract/faults.ts';
import type { Gap } from '../main/contract/history.ts';
import type { Host, SshTarget } from '../main/contract/hosts.ts';
import type { Sample } from '../main/contract/samples.ts';
import type { Connect, Transport } from '../main/domain/collect/transport.ts';
import { defaultCadence } from '../main/domain/policy/cadence.ts';
import { startSession } from '../main/services/collect/session.ts';
import { createFleet } from '../main/services/fleet/fleet.ts';
import type { FleetService } from '../main/services/fleet/fleet-service.ts';
import { createSshConnect, type SshOptions } from '../main/services/ssh/connect.ts';
import { optionsIn, routeTo } from '../main/services/ssh/lab-fixture.ts';
import { createTurns } from '../main/services/ssh/turns.ts';
import type { Store } from '../main/services/store/store.ts';

export interface LabFleetOptions {
  readonly store: Store;
  /** For what connecting reads and writes. */
  readonly directory: string;
  /** Where the fake hosts listen, in the order of the fleet. */
  readonly ports: readonly number[];
  fastSeconds(index: number): number;
  readonly roundLimitMs?: number;
  readonly retryMs?: number;
  /** What the fleet takes for the distance between samples: longer silences are gaps. Left out, as always. */
  readonly wantedSeconds?: number;
  onSample(sample: Sample, index: number): void;
  onGap?(gap: Gap, index: number): void;
  onEnd?(fault: Fault | null): void;
  /** Stands between the fleet and each transport. */
  through?(transport: Transport): Transport;
}

/**
 * A fleet of fake hosts over real SSH, with sessions, framing, parsing and the store. Nobody looks at the hosts; only
 * their cadence is set to what is measured.
 */
export async function createLabFleet(options: LabFleetOptions): Promise<FleetService> {
  const { store, directory, ports } = options;
  const ssh: SshOptions = {
    ...optionsIn(directory),
    serverTurns: createTurns(6),
  };
  const indexes = new Map<string, number>();
  for (const [index, port] of ports.entries()) {
    const host = hostAt(index, port);
    indexes.set(host.id, index);
    await store.saveHost(host);
  }
  const indexOf = (hostId: string) => indexes.get(hostId) as number;
  const cadences = new WeakMap<Transport, number>();
  return createFleet({
    book: {
      ...store,
      removeHost: ({ id }) => store.removeHost(id),
      append: (hostId, samples) => {
        for (const sample of samples) options.onSample(sample, indexOf(hostId));
        store.append(hostId, samples);
      },
      appendGap: (hostId, gap) => {
        options.onGap?.(gap, indexOf(hostId));
        store.appendGap(hostId, gap);
      },
      lastSampleAt: async () => null,
    },
    connectTo: (host) => async (prompts, signal) => {
      const direct = await trusting(createSshConnect(routeTo(host.target as SshTarget), ssh))(prompts, signal);
      const transport = options.through?.(direct) ?? direct;
      cadences.set(transport, options.fastSeconds(indexOf(host.id)));
      return transport;
    },
    startSession: async (transport, listeners, signal) => {
      const { roundLimitMs } = options;
      const session = await startSession({
        ...{ transport, signal, ...listeners, ...(roundLimitMs === undefined ? {} : { roundLimitMs }) },
        onEnd: (fault) => {
          options.onEnd?.(fault);
          listeners.onEnd(fault);
        },
      });
      session.setFastSeconds(cadences.get(transport) as number);
      const { requestFirst, askNow, close } = session;
      return { slowdown: () => 1, setFastSeconds: () => {}, setSlowerSeconds: () => {}, requestFirst, askNow, close };
    },
    openSink: () => Promise.reject(new Error('Nothing is recorded here.')),
    dumpFolder: directory,
    now: Date.now,
    uptimeMs: () => performance.now(),
    retryDelayMs: () => options.retryMs ?? 1000,
    ...(options.wantedSeconds !== undefined && {
      wantedCadence: () => ({ ...defaultCadence, fast: options.wantedSeconds as number }),
    }),
    guests: () => [],
    warnings: () => [],
  });
}

export function hostAt(index: number, port: number): Host {
  const id = `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`;
  const address = '127.0.0.1';
  const target: SshTarget = { transport: 'ssh', address, port, user: 'bench', identityFiles: [], agent: false };
  return { id, name: `host ${index}`, target, group: null, tags: [], addedAt: 0 };
}

/** Answers the only question that these hosts have. */
function trusting(connect: Connect): Connect {
  return ({ onStep }, signal) =>
    connect({ onStep, ask: async () => ({ kind: 'host_key' as const, trust: true }) }, signal);
}
