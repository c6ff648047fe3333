import type { Host } from '../main/contract/hosts.ts';
import type { Sample } from '../main/contract/samples.ts';
import type { Transport } from '../main/domain/collect/transport.ts';
import { createFleet } from '../main/services/fleet/fleet.ts';
import type { FleetService } from '../main/services/fleet/fleet-service.ts';
import type { SessionListeners } from '../main/services/fleet/kept-session.ts';
import { WalkingHost } from './walking-host.ts';

const cores = 8;
const hostsInGroup = 50;
/** Of so many hosts one has a file system that is nearly full. */
const hostsPerProblem = 4;

export interface WalkingFleet {
  readonly service: FleetService;
  /** A new sample of every host, all of now. */
  walk(): void;
}

/** The console's own fleet over that many made-up hosts in groups, all of them live, a quarter with a problem. Nothing of it is stored. */
export async function createWalkingFleet(count: number): Promise<WalkingFleet> {
  const hosts = Array.from({ length: count }, (_, index) => hostAt(index));
  const sessions: { listeners: SessionListeners; walking: WalkingHost }[] = [];
  const service = await createFleet({
    book: {
      hosts: async () => hosts,
      saveHost: async () => {},
      removeHost: async () => {},
      append: () => {},
      appendGap: () => {},
      appendEvents: () => {},
      standing: async () => [],
      lastSampleAt: async () => null,
    },
    connectTo: () => async () => transport,
    startSession: async (_transport, listeners) => {
      sessions.push({ listeners, walking: new WalkingHost(sessions.length + 1, cores) });
      return {
        slowdown: () => 1,
        setFastSeconds() {},
        setSlowerSeconds() {},
        requestFirst() {},
        askNow() {},
        close() {},
      };
    },
    openSink: () => Promise.reject(new Error('Nothing is recorded here.')),
    dumpFolder: '',
    now: Date.now,
    uptimeMs: () => performance.now(),
    retryDelayMs: () => 1000,
    guests: () => [],
    warnings: () => [],
  });
  // Not spread as by `start`: nobody is reached.
  for (const { id } of hosts) service.connect(id);
  while (sessions.length < count) await new Promise(setImmediate);
  for (const [index, { listeners }] of sessions.entries()) {
    listeners.onSample(mediumSample(Date.now(), index % hostsPerProblem === 0 ? 95 : 50));
  }
  return {
    service,
    walk: () => {
      for (const { listeners, walking } of sessions) listeners.onSample(withProcesses(walking.next(Date.now())));
    },
  };
}

const transport: Transport = {
  by: 'ssh2 with native crypto',
  start: () => Promise.reject(new Error('Nothing is started here.')),
  run: () => Promise.reject(new Error('Nothing is run here.')),
  onClose: () => {},
  close: () => {},
};

function hostAt(index: number): Host {
  const number = String(index + 1).padStart(4, '0');
  return {
    id: `00000000-0000-4000-8000-00000000${number}`,
    name: `node-${number}`,
    target: {
      transport: 'ssh',
      address: `node-${number}.example.org`,
      port: 22,
      user: 'operator',
      identityFiles: [],
      agent: true,
    },
    group: `rack ${1 + Math.floor(index / hostsInGroup)}`,
    tags: index % 3 === 0 ? ['db', 'ssd'] : ['web'],
    addedAt: index,
  };
}

/** The list is what the fleet leaves out of it. */
function withProcesses(sample: Sample): Sample {
  return { ...sample, data: { ...sample.data, processes: { count: 300, window_seconds: 1, list: [] } } };
}

function mediumSample(at: number, usedPercent: number): Sample {
  const list = ['/', '/boot', '/home', '/srv'].map((mount, index) => ({
    ...{ device: `/dev/nvme0n1p${index + 1}`, type: 'ext4', mount },
    ...{ size_bytes: 2 ** 38, used_bytes: 2 ** 37, available_bytes: 2 ** 37 },
    used_percent: mount === '/srv' ? usedPercent : 50,
  }));
  return {
    kind: 'medium',
    collected_at: new Date(at).toISOString(),
    data: { clock: { boot_id: null, uptime_seconds: null }, filesystems: { list }, problems: {} },
  };
}
