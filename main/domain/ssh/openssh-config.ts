import type { SshRoute } from './route.ts';
import type { SshSettings, SshWanted } from './settings.ts';

export interface OpensshFiles {
  /** The configurations that apply, the technician's before the system's. */
  readonly configs: readonly string[];
  /** Rackside's own: keys that the technician trusts go there. */
  readonly knownHosts: string;
}

/**
 * A configuration that is the technician's own, and says before it where the keys of hosts are kept: ssh adds a trusted
 * one to the first file that is named, and the technician's must stay as it is. A file rather than options, because ssh
 * hands only the file on to the hosts on the way.
 */
export function opensshConfig(route: SshRoute, { configs, knownHosts }: OpensshFiles): string {
  const hops = new Map(route.hops.map((hop) => [hop.alias, hop]));
  return [
    ...[...hops.values()].flatMap((hop) => [
      `Host ${quoted(hop.alias)}`,
      `  UserKnownHostsFile ${[knownHosts, ...hop.userKnownHostsFiles].map(pathWord).join(' ')}`,
    ]),
    'Match all',
    ...configs.map((file) => `  Include ${quoted(file)}`),
    '',
  ].join('\n');
}

/** A host that the configuration does not ask whether it is alive is asked so often: dead within 15 s. */
const alive = { intervalSeconds: 4, countMax: 2 };
const connectSeconds = 10;

export interface OpensshUse {
  readonly config: string;
  readonly socket: string;
  /** 902 for OpenSSH 9.2. */
  readonly version: number;
  /** The connection that others are channels of; one of these; or one that asks whether the host still answers. */
  readonly role: 'master' | 'channel' | 'probe';
}

const roleOptions = {
  master: ['ControlMaster=yes', 'ControlPersist=no'],
  channel: ['ControlMaster=no', 'LogLevel=ERROR'],
  // Where the master opens no channel, ssh would connect and sign in by itself: it gets nowhere.
  probe: ['ControlMaster=no', 'ProxyCommand=false'],
} as const;

/**
 * The arguments of `ssh` for a target: what the technician would give it, and what keeps it to a plain connection for
 * programs, whatever the configuration has for terminals. Nothing in it is secret.
 */
export function opensshArguments(wanted: SshWanted, host: SshSettings, use: OpensshUse): string[] {
  const options = [
    ...roleOptions[use.role],
    'ClearAllForwardings=yes',
    'ForwardAgent=no',
    'ForwardX11=no',
    'PermitLocalCommand=no',
    ...(use.version >= 706 ? ['RemoteCommand=none'] : []),
    ...(use.version >= 807 ? ['ForkAfterAuthentication=no', 'StdinNull=no'] : []),
    ...(use.version >= 807 && use.role !== 'master' ? ['SessionType=default'] : []),
    ...(host.serverAlive.interval > 0
      ? []
      : [`ServerAliveInterval=${alive.intervalSeconds}`, `ServerAliveCountMax=${alive.countMax}`]),
    ...(host.connectTimeout === null ? [`ConnectTimeout=${connectSeconds}`] : []),
    ...(wanted.agent ? [] : ['IdentityAgent=none']),
    ...(wanted.jump === null || use.role === 'probe'
      ? []
      : [`ProxyJump=${wanted.jump.length > 0 ? wanted.jump.join(',') : 'none'}`]),
  ];
  return [
    ...['-F', use.config, '-S', use.socket, '-T', '-e', 'none'],
    ...(use.role === 'channel' ? [] : ['-v']),
    ...(use.role === 'master' ? ['-N'] : []),
    ...options.flatMap((option) => ['-o', option]),
    ...(wanted.port === null ? [] : ['-p', String(wanted.port)]),
    ...(wanted.user === null ? [] : ['-l', wanted.user]),
    ...wanted.identityFiles.flatMap((file) => ['-i', file]),
    ...['--', wanted.host],
    // Every login shell knows these two words alike; the program itself goes over standard input.
    ...(use.role === 'channel' ? ['exec sh'] : use.role === 'probe' ? ['exec true'] : []),
  ];
}

function quoted(text: string): string {
  return `"${text.replaceAll('"', '')}"`;
}

function pathWord(path: string): string {
  return quoted(path.replaceAll('%', '%%'));
}
