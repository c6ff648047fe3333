import { join } from 'node:path';
import { toFault } from '../../contract/faults.ts';
import type { SshTarget } from '../../contract/hosts.ts';
import { quoted, refused } from '../../domain/ssh/config/bad-line.ts';
import { hostNames } from '../../domain/ssh/config/host-names.ts';
import { typedDestination } from '../../domain/ssh/config/jump.ts';
import { printed } from '../../domain/ssh/config/print.ts';
import { type ConfigQuery, resolveConfig } from '../../domain/ssh/config/resolve.ts';
import { settingsOf } from '../../domain/ssh/config/settings-of.ts';
import type { SshSettings, SshWanted } from '../../domain/ssh/settings.ts';
import { createMachineWorld, type WorldOptions } from './machine-world.ts';

export interface SshConfigOptions extends WorldOptions {
  /** Instead of the user's and the system's, as `-F`; `none` is no file at all. Null: these two. */
  readonly file: string | null;
}

/** A host as it is given to `ssh`, with its `-l` and `-p`. */
export interface Typed {
  readonly destination: string;
  readonly user: string | null;
  readonly port: number | null;
}

export interface SshCandidate {
  readonly name: string;
  readonly target: SshTarget;
}

export interface SshCandidates {
  readonly candidates: readonly SshCandidate[];
  /** Sentences about what was left out. */
  readonly problems: readonly string[];
}

/** The technician's own ssh configuration. Its files are read anew at each call: they are the truth, never a copy. */
export interface SshConfig {
  /** Throws `bad_input` at the step `ssh config`, with file and line, for what ssh would refuse. */
  settingsOf(wanted: SshWanted): Promise<SshSettings>;
  /** The same as lines, in the form of `ssh -G`, for what would be typed behind it. */
  printed(typed: Typed): Promise<string[]>;
  /** The hosts that it names; a broken file is a problem. */
  candidates(): Promise<SshCandidates>;
}

const systemFile =
  process.platform === 'win32' ? join(process.env.PROGRAMDATA ?? '', 'ssh', 'ssh_config') : '/etc/ssh/ssh_config';

/** A configuration may hold thousands of hosts, but not everything is a configuration. */
const maxCandidates = 2000;

export function createSshConfig(options: SshConfigOptions): SshConfig {
  const files = filesOf(options);
  const machineWorld = createMachineWorld(options);
  return {
    settingsOf: async (wanted) => {
      const world = await machineWorld();
      return settingsOf(await resolveConfig({ ...wanted, files }, world), world);
    },
    printed: async ({ destination, user, port }) => {
      const world = await machineWorld();
      const typed = typedDestination(destination, world.services);
      if (typed === null) throw refused(`${quoted(destination)} is no host: write host, user@host or ssh://user@host.`);
      const wanted = { host: typed.host, user: user ?? typed.user, port: port ?? typed.port };
      return printed(await resolveConfig({ ...wanted, identityFiles: [], agent: true, jump: null, files }, world));
    },
    candidates: async () => {
      try {
        const names = await hostNames(files, await machineWorld());
        const problems =
          names.length > maxCandidates ? [`Of ${names.length} hosts only the first ${maxCandidates} are shown.`] : [];
        return { candidates: names.slice(0, maxCandidates).map(candidateOf), problems };
      } catch (error) {
        return { candidates: [], problems: [toFault(error, 'ssh config').message] };
      }
    },
  };
}

/** What would be typed: everything else is in the configuration, and stays there. */
function candidateOf(name: string): SshCandidate {
  return { name, target: { transport: 'ssh', address: name, port: null, user: null, identityFiles: [], agent: true } };
}

function filesOf({ file, home }: SshConfigOptions): ConfigQuery['files'] {
  if (file?.toLowerCase() === 'none') return [];
  if (file !== null) return [{ path: file, owner: 'user', trusted: 'as it is', mustExist: true }];
  return [
    { path: join(home, '.ssh', 'config'), owner: 'user', trusted: 'when it is ours', mustExist: false },
    { path: systemFile, owner: 'system', trusted: 'as it is', mustExist: false },
  ];
}
