/** What was given to `ssh`, beside its configuration: the name of a host, and what a command line would add to it. */
export interface SshWanted {
  readonly host: string;
  /** Null: as the configuration says. */
  readonly user: string | null;
  readonly port: number | null;
  /** Tried before those of the configuration. */
  readonly identityFiles: readonly string[];
  /** False: no ssh-agent is asked, whatever the configuration says. */
  readonly agent: boolean;
  /** Instead of the configuration's `ProxyJump`, as `-J`; an empty list: none. Null: as the configuration says. */
  readonly jump: readonly string[] | null;
}

export type SshProxy =
  | { readonly kind: 'none' }
  /** Hosts to go through in their order, each `[user@]host[:port]` or `ssh://…`, as it stands in the configuration. */
  | { readonly kind: 'jump'; readonly hops: readonly string[] }
  /** A command line for the technician's shell, its tokens expanded. */
  | { readonly kind: 'command'; readonly line: string };

/** Algorithms in the order of preference; null where the configuration leaves them to the program. */
export interface SshAlgorithms {
  readonly ciphers: readonly string[] | null;
  readonly macs: readonly string[] | null;
  readonly keyExchange: readonly string[] | null;
  readonly hostKey: readonly string[] | null;
  readonly publicKey: readonly string[] | null;
}

/**
 * What OpenSSH would do to reach one host: what `ssh -G` prints, typed, with tokens and `~` expanded. Times are in
 * seconds. https://man.openbsd.org/ssh_config
 */
export interface SshSettings {
  /** As it was given to `ssh`. */
  readonly alias: string;
  readonly hostName: string;
  readonly port: number;
  readonly user: string;
  readonly addressFamily: 'any' | 'inet' | 'inet6';
  readonly bindAddress: string | null;
  readonly connectTimeout: number | null;
  /** Interval 0: the host is not asked whether it is alive. */
  readonly serverAlive: { readonly interval: number; readonly countMax: number };
  readonly proxy: SshProxy;
  readonly identityFiles: readonly string[];
  /** False: they are those that ssh tries by itself, and one that is missing is nothing to tell. */
  readonly identityFilesNamed: boolean;
  readonly certificateFiles: readonly string[];
  readonly identitiesOnly: boolean;
  /** Where the ssh-agent listens; null: there is none, or it must not be asked. */
  readonly identityAgent: string | null;
  /** Names of methods in the order in which they are tried; those that are switched off are left out. */
  readonly authentications: readonly string[];
  readonly passwordPrompts: number;
  readonly hostKeyAlias: string | null;
  readonly userKnownHostsFiles: readonly string[];
  readonly globalKnownHostsFiles: readonly string[];
  readonly knownHostsCommand: string | null;
  readonly revokedHostKeys: string | null;
  readonly strictHostKeyChecking: 'yes' | 'ask' | 'accept-new' | 'off';
  readonly hashKnownHosts: boolean;
  readonly updateHostKeys: boolean;
  readonly algorithms: SshAlgorithms;
  readonly compression: boolean;
  /** Environment for the host: `SetEnv`, and what `SendEnv` chooses. */
  readonly environment: Readonly<Record<string, string>>;
  readonly pkcs11Provider: string | null;
  readonly gssapi: boolean;
  /** Commands of `Match exec` that would have decided something here, and were not run: none runs without consent. */
  readonly unrunExecs: readonly string[];
}
