import { existsSync } from 'node:fs';
import { homedir, userInfo } from 'node:os';
import { join } from 'node:path';
import { type ConsoleHandlers, consoleContract } from '../../contract/console.ts';
import { serve } from '../../contract/rpc/server.ts';
import type { Wire } from '../../contract/rpc/wire.ts';
import { reconnectDelayMs } from '../../domain/policy/backoff.ts';
import { ringBoundsFor } from '../../domain/policy/flights.ts';
import { namesOnly } from '../../domain/policy/names-only.ts';
import { startSession } from '../collect/session.ts';
import { createActionLog } from '../commands/action-log.ts';
import type { ConsoleOptions, SecretsOption } from '../console.ts';
import { openDumpThread } from '../dumps/dump-thread.ts';
import { indexVersion } from '../dumps/index-version.ts';
import { createOpenedDumps } from '../dumps/opened-dumps.ts';
import { createSpareThread } from '../dumps/spare-thread.ts';
import { createUnpackCache } from '../dumps/unpack/unpack-cache.ts';
import { unpackFolder } from '../dumps/unpack/unpack-dump.ts';
import { createFleet } from '../fleet/fleet.ts';
import type { FleetService } from '../fleet/fleet-service.ts';
import { createReplays } from '../replays/replays.ts';
import { hasNativeCrypto } from '../ssh/native-crypto.ts';
import { openSecretKeeper } from '../ssh/secret-keeper.ts';
import { keepHouse } from '../store/housekeeping.ts';
import { openStore } from '../store/store.ts';
import type { BegunConsole } from './begin-console.ts';
import { commandHandlers } from './command-handlers.ts';
import { dumpHandlers } from './dump-handlers.ts';
import { createDumpSources, openPath } from './dump-sources.ts';
import { fileHandlers } from './file-handlers.ts';
import { createFlights } from './flights.ts';
import { createAlerts, healthHandlers } from './health-handlers.ts';
import { historyHandlers } from './history-handlers.ts';
import { hostHandlers, sameReach, thisMachine } from './host-handlers.ts';
import { importHandlers } from './import-handlers.ts';
import { provenanceHandlers } from './provenance-handlers.ts';
import { createReach } from './reach.ts';
import { createRecordingFolder } from './recording-folder.ts';
import { remoteDumpHandlers } from './remote-dumps.ts';
import { settingsHandlers } from './settings-handlers.ts';
import { createUptime } from './uptime.ts';

const inMemory: SecretsOption = {
  vault: null,
  about: 'Passwords and passphrases are kept in memory until Rackside ends, and written nowhere.',
};

export interface RunningConsole {
  serve(wire: Wire): void;
  close(): Promise<void>;
}

/** Builds every service and hands them to one another; what is answered stands in the files beside. */
export async function buildConsole(options: ConsoleOptions, begun: BegunConsole): Promise<RunningConsole> {
  const { dataFolder, version, secrets = inMemory } = options;
  const dumpFolder = join(dataFolder, 'dumps');
  const now = (): number => Date.now();
  const { isFirstStart, settings } = begun;
  const store = await begun.store;
  const reach = createReach({
    home: homedir(),
    knownHostsFile: join(dataFolder, 'known_hosts'),
    keepKeysIn: () => settings.current.knownHosts,
    secrets: await openSecretKeeper({ vault: secrets.vault, file: join(dataFolder, 'secrets.json') }),
    now: () => performance.now(),
  });
  const uptimeMs = createUptime();
  const house = keepHouse(store, { now, uptimeMs, onChange: () => fleet.refresh() });

  const indexes = { folder: join(dataFolder, 'dump-indexes'), version: indexVersion() };
  const spareThread = createSpareThread();
  const sources = createDumpSources();
  const archives = await createUnpackCache({ folder: join(dataFolder, unpackFolder) });
  const replays = createReplays({
    openDump: (path, hostId) =>
      sources.open(path, async () => {
        // What was unpacked or lies on a host never lies in the same place again.
        const source = sources.describe(path);
        const kept = source === null || source.unpackedIn !== null ? indexes : null;
        const job = { name: source?.name ?? null, unpackedIn: source?.unpackedIn ?? null };
        const { client, close } = await openDumpThread(path, kept, hostId, job, spareThread.take);
        return {
          client,
          close,
          replay: (signal) => client['dump.replay']({}, signal),
          sampleAt: client['dump.sampleAt'],
        };
      }),
    describe: sources.describe,
    openHistory: () => openStore({ path: ':memory:' }),
    limitsOf: (host) => settings.current.limitsOf(host),
    now,
    onChange: () => fleet.refresh(),
  });
  const alerts = createAlerts(() => settings.current.alertWishes, now);
  const flights = createFlights({
    folder: join(dumpFolder, 'around-events'),
    file: join(dataFolder, 'flights.json'),
    fleet: () => fleet,
    wish: () => settings.current.flightWish,
    isThere: existsSync,
  });
  const recordings = createRecordingFolder({
    folder: dumpFolder,
    settings: () => settings.current,
    openDumps: () => replays.views().map(({ host }) => host),
    now,
    onChange: () => fleet.refresh(),
  });
  const fleet: FleetService = await createFleet({
    book: {
      ...store,
      removeHost: async ({ id, target }) => {
        await store.removeHost(id);
        // It may have been added anew meanwhile: then the password is that one's.
        if (!fleet.hosts().some((host) => sameReach(host.target, target))) await reach.forgetPassword(target);
      },
      lastSampleAt: async (hostId) => (await store.extent(hostId)).last,
    },
    connectTo: ({ target }) => reach.connectTo(target),
    startSession: (transport, listeners, signal) =>
      startSession({ transport, ...namesOnly(listeners, () => settings.current.namesOnly), signal }),
    openSink: recordings.open,
    dumpFolder,
    maxDumpBytes: () => settings.current.dumpBounds.bytes,
    ringBounds: () => ringBoundsFor(settings.current.flightWish, settings.current.ringBounds),
    now,
    uptimeMs,
    retryDelayMs: (attempt, fault) => reconnectDelayMs(attempt, fault, Math.random()),
    wantedCadence: () => settings.current.cadence,
    limitsOf: (host) => settings.current.limitsOf(host),
    onHealth: (host, events) => {
      alerts.note(host, events);
      flights.note(host, events);
    },
    guests: replays.views,
    warnings: () => [
      ...settings.warnings(),
      ...[store.notice, house.problem].filter((sentence) => sentence !== null),
      ...recordings.warnings(),
    ],
  });
  settings.onChange(({ retention }) => {
    fleet.adjust();
    // A store that fails says so by its health.
    store.setRetention(retention).catch(() => {});
  });
  // On the first start the technician sees something live at once: the machine that Rackside runs on.
  if (isFirstStart && process.platform === 'linux') {
    await fleet.add(thisMachine);
  }

  const hosts = hostHandlers(fleet, replays, reach);
  const handlers: ConsoleHandlers = {
    'console.about': () => ({
      version,
      pid: process.pid,
      dataFolder,
      dumpFolder,
      nativeCrypto: hasNativeCrypto(),
      secrets: secrets.about,
    }),
    ...settingsHandlers(settings),
    ...hosts,
    ...importHandlers(fleet, hosts['hosts.update'], homedir()),
    ...commandHandlers(
      fleet,
      replays,
      createActionLog({ file: join(dataFolder, 'actions.json'), by: userName(), now }),
    ),
    ...fileHandlers(fleet),
    ...historyHandlers(store, fleet, replays),
    ...provenanceHandlers(fleet, replays, version),
    ...healthHandlers(store, replays, alerts, flights),
    ...(await remoteDumpHandlers({ fleet, replays, sources, folder: join(dataFolder, 'dumps-on-hosts') })),
    ...dumpHandlers(
      fleet,
      replays,
      dumpFolder,
      createOpenedDumps(join(dataFolder, 'opened-dumps.json')),
      (path, signal, onProgress) => openPath(path, { replays, sources, archives }, signal, onProgress),
      spareThread.prepare,
    ),
  };

  return {
    serve: (wire) => serve(consoleContract, handlers, wire),
    close: async () => {
      house.stop();
      settings.close();
      await flights.close();
      await Promise.all([fleet.close(), replays.closeAll()]);
      reach.close();
      spareThread.close();
      await store.close();
    },
  };
}

/** An id without an account has no name. */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return 'unknown';
  }
}
