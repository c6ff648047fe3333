import { existsSync } from 'node:fs';
import { homedir, uptime, userInfo } from 'node:os';
import { join } from 'node:path';
import { type ConsoleHandlers, consoleContract } from '../contract/console.ts';
import { serve } from '../contract/rpc/server.ts';
import type { Wire } from '../contract/rpc/wire.ts';
import type { Kind, Sample } from '../contract/samples.ts';
import type { FolderSource } from '../contract/settings.ts';
import { collectors } from '../domain/collect/collectors/index.ts';
import { commandLine } from '../domain/collect/command-line.ts';
import { reconnectDelayMs } from '../domain/policy/backoff.ts';
import { namesOnly } from '../domain/policy/names-only.ts';
import { startSession } from './collect/session.ts';
import { commandHandlers } from './console/command-handlers.ts';
import { dumpHandlers } from './console/dump-handlers.ts';
import { fileHandlers } from './console/file-handlers.ts';
import { historyHandlers } from './console/history-handlers.ts';
import { hostHandlers, sameReach, thisMachine } from './console/host-handlers.ts';
import { importHandlers } from './console/import-handlers.ts';
import { keepHeapLean } from './console/lean-heap.ts';
import { createReach } from './console/reach.ts';
import { settingsHandlers } from './console/settings-handlers.ts';
import { openDumpWriter } from './dumps/dump-writer.ts';
import { openDump } from './dumps/open-dump.ts';
import { createFleet, type FleetService } from './fleet/fleet.ts';
import { type Access, takeOrAttach } from './owner/take-or-attach.ts';
import { createReplays } from './replays/replays.ts';
import { openSettings } from './settings/settings.ts';
import { hasNativeCrypto } from './ssh/native-crypto.ts';
import { openSecretKeeper, type Vault } from './ssh/secret-keeper.ts';
import { createSshConfig, type Typed } from './ssh-config/ssh-config.ts';
import { keepHouse } from './store/housekeeping.ts';
import { openStore } from './store/store.ts';

export interface ConsoleOptions {
  readonly dataFolder: string;
  readonly version: string;
  /** Who named the data folder; a caller, where nothing is said. */
  readonly dataFolderSource?: FolderSource;
  /** The system's keyring, and a sentence on where secrets are kept; without it they stay in memory. */
  readonly secrets?: SecretsOption;
}

export interface SecretsOption {
  readonly vault: Vault | null;
  readonly about: string;
}

const inMemory: SecretsOption = {
  vault: null,
  about: 'Passwords and passphrases are kept in memory until Rackside ends, and written nowhere.',
};

/** A wire to the console of a data folder, whoever owns it: this process, or one that was there before. */
export type ConsoleAccess = Access;

/** Becomes the owner of the data folder, or attaches to the one that owns it already. */
export function openConsole(options: ConsoleOptions): Promise<ConsoleAccess> {
  return takeOrAttach({
    dataFolder: options.dataFolder,
    version: options.version,
    build: () => buildConsole(options),
  });
}

/** The samples of a dump, parsed again from its raw commands; `onNote` is told what is damaged or missing in it. */
export async function* replayDump(path: string, onNote: (note: string) => void): AsyncGenerator<Sample> {
  const dump = await openDump(path);
  try {
    for (const note of dump.notes) onNote(note);
    yield* dump.replay();
  } finally {
    await dump.close();
  }
}

export interface CollectorDescription {
  readonly id: string;
  readonly kind: Kind;
  readonly about: string;
  readonly commands: readonly { readonly line: string; readonly when: 'always' | 'first' }[];
}

/** Every collector, and the command lines that it needs from a host; N stands for a number that the host chooses. */
export function describeCollectors(): CollectorDescription[] {
  return collectors.map(({ id, kind, about, commands }) => ({
    id,
    kind,
    about,
    commands: commands.map((command) => ({ line: commandLine(command, 'N'), when: command.when })),
  }));
}

/**
 * What OpenSSH would make of a host, in the form of `ssh -G`; from the user's own files, or one that is named instead.
 * Commands of `Match exec` are run where that is wished, else none counts as met.
 */
export function explainSshConfig(typed: Typed, file: string | null, mayRunExec: boolean): Promise<string[]> {
  return createSshConfig({ home: userInfo().homedir, file, mayRunExec }).printed(typed);
}

/** What known_hosts files say about a key that a host shows; needs no running console. */
export { checkKnownHosts } from './console/check-known-hosts.ts';

interface RunningConsole {
  serve(wire: Wire): void;
  close(): Promise<void>;
}

async function buildConsole(options: ConsoleOptions): Promise<RunningConsole> {
  keepHeapLean();
  const { dataFolder, version, secrets = inMemory } = options;
  const dumpFolder = join(dataFolder, 'dumps');
  const now = (): number => Date.now();
  const databasePath = join(dataFolder, 'rackside.db');
  const isFirstStart = !existsSync(databasePath);
  const settings = await openSettings({
    file: join(dataFolder, 'settings.toml'),
    dataFolder: { path: dataFolder, source: options.dataFolderSource ?? 'flag' },
  });
  const store = await openStore({ path: databasePath, retention: settings.current.retention });
  const reach = createReach({
    home: homedir(),
    knownHostsFile: join(dataFolder, 'known_hosts'),
    keepKeysIn: () => settings.current.knownHosts,
    secrets: await openSecretKeeper({ vault: secrets.vault, file: join(dataFolder, 'secrets.json') }),
    now: () => performance.now(),
  });
  const house = keepHouse(store, { now, uptimeMs: () => uptime() * 1000, onChange: () => fleet.refresh() });

  const replays = createReplays({
    openDump,
    openHistory: () => openStore({ path: ':memory:' }),
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
    openSink: (directory, onFault) => openDumpWriter({ directory, onFault }),
    dumpFolder,
    now,
    // Counts on while the computer sleeps, and does not follow the wall clock.
    uptimeMs: () => uptime() * 1000,
    retryDelayMs: (attempt, fault) => reconnectDelayMs(attempt, fault, Math.random()),
    wantedCadence: () => settings.current.cadence,
    guests: replays.views,
    warnings: () => [...settings.warnings(), ...[store.notice, house.problem].filter((sentence) => sentence !== null)],
  });
  settings.onChange(({ retention }) => {
    fleet.adjustCadence();
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
    ...commandHandlers(fleet, replays),
    ...fileHandlers(fleet),
    ...historyHandlers(store, fleet, replays),
    ...dumpHandlers(fleet, replays, dumpFolder),
  };

  return {
    serve: (wire) => serve(consoleContract, handlers, wire),
    close: async () => {
      house.stop();
      settings.close();
      await Promise.all([fleet.close(), replays.closeAll()]);
      reach.close();
      await store.close();
    },
  };
}
