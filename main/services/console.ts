import { userInfo } from 'node:os';
import type { Kind, Sample } from '../contract/samples.ts';
import type { FolderSource } from '../contract/settings.ts';
import { collectors } from '../domain/collect/collectors/index.ts';
import { commandLine } from '../domain/collect/command-line.ts';
import { type CollectorSystem, collectorSystems, type Parsed } from '../domain/collect/parse-capture.ts';
import type { KnownHostsAnswer, KnownHostsQuestion } from './console/check-known-hosts.ts';
import type { diffInspected as DiffInspected, InspectedDump, InspectOptions } from './console/inspect-dump.ts';
import type { CaptureFiles } from './console/parse-captures.ts';
import type { Access } from './owner/take-or-attach.ts';
import type { Vault } from './ssh/secret-keeper.ts';
import type { Typed } from './ssh-config/ssh-config.ts';

/**
 * The door to the services. Each is loaded when it is first asked for: a command line that only reads a dump is done
 * before all of them would be there.
 */

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

/** A wire to the console of a data folder, whoever owns it: this process, or one that was there before. */
export type ConsoleAccess = Access;

/** Becomes the owner of the data folder, or attaches to the one that owns it already. */
export async function openConsole(options: ConsoleOptions): Promise<ConsoleAccess> {
  const { takeOrAttach } = await import('./owner/take-or-attach.ts');
  return takeOrAttach({
    dataFolder: options.dataFolder,
    version: options.version,
    // Whoever only attaches, or asks what needs no console, is spared loading one.
    build: async () => {
      const begun = await (await import('./console/begin-console.ts')).beginConsole(options);
      return (await import('./console/build-console.ts')).buildConsole(options, begun);
    },
  });
}

/** The samples of a dump, parsed again from its raw commands; `onNote` is told what is damaged or missing in it. */
export async function* replayDump(path: string, onNote: (note: string) => void): AsyncGenerator<Sample> {
  const [{ openDump }, { replayWhole }] = await Promise.all([
    import('./dumps/open-dump.ts'),
    import('./dumps/replay-growing.ts'),
  ]);
  const dump = await openDump(path);
  try {
    const before = dump.status().notes;
    before.forEach(onNote);
    yield* replayWhole(dump);
    dump
      .status()
      .notes.filter((note) => !before.includes(note))
      .forEach(onNote);
  } finally {
    await dump.close();
  }
}

export interface CollectorDescription {
  readonly id: string;
  readonly kind: Kind;
  readonly about: string;
  readonly systems: readonly CollectorSystem[];
  readonly commands: readonly {
    readonly line: string;
    readonly when: 'always' | 'first';
    /** The program without which it is not run; null for what every system has. */
    readonly tool: string | null;
    /** What sudo has to allow to who is not root; null where no privilege is needed. */
    readonly sudo: readonly string[] | null;
  }[];
}

/** Every collector, and the command lines that it needs from a host; N stands for a number that the host chooses. */
export function describeCollectors(): CollectorDescription[] {
  return collectors.map(({ id, kind, about, commands }) => ({
    id,
    kind,
    about,
    systems: collectorSystems,
    commands: commands.map((command) => ({
      line: commandLine(command, 'N'),
      when: command.when,
      tool: (command.type === 'run' && command.tool) || null,
      sudo: (command.type === 'run' && command.sudo) || null,
    })),
  }));
}

/** What a collector makes of outputs that were kept in files. */
export async function parseCaptures(wanted: CaptureFiles): Promise<Parsed> {
  return (await import('./console/parse-captures.ts')).parseCaptures(wanted);
}

/**
 * What OpenSSH would make of a host, in the form of `ssh -G`; from the user's own files, or one that is named instead.
 * Commands of `Match exec` are run where that is wished, else none counts as met.
 */
export async function explainSshConfig(typed: Typed, file: string | null, mayRunExec: boolean): Promise<string[]> {
  const { createSshConfig } = await import('./ssh-config/ssh-config.ts');
  return createSshConfig({ home: userInfo().homedir, file, mayRunExec }).printed(typed);
}

/** What known_hosts files say about a key that a host shows; needs no running console. */
export async function checkKnownHosts(question: KnownHostsQuestion): Promise<KnownHostsAnswer> {
  return (await import('./console/check-known-hosts.ts')).checkKnownHosts(question);
}

export type { InspectedDump };

/** A dump that is looked into without a console. */
export async function inspectDump(path: string, options: InspectOptions): Promise<InspectedDump> {
  return (await import('./console/inspect-dump.ts')).inspectDump(path, options);
}

/** Two runs of commands by their lines, of one dump or of two. */
export async function diffInspected(...asked: Parameters<typeof DiffInspected>): ReturnType<typeof DiffInspected> {
  return (await import('./console/inspect-dump.ts')).diffInspected(...asked);
}
