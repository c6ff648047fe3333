import type { SshAlgorithms, SshProxy, SshSettings } from '../settings.ts';
import { connectionTokens } from './connection-tokens.ts';
import { chosenNames, expandAll, expandHome, expandTokens, type Tokens } from './expand.ts';
import { jumpText } from './jump.ts';
import type { Resolved } from './resolve.ts';
import { lower } from './words.ts';
import type { ConfigWorld } from './world.ts';

/** In the order in which OpenSSH tries them. */
const methods = ['gssapi-with-mic', 'hostbased', 'publickey', 'keyboard-interactive', 'password'];

/** The answer with types. What ssh expands only when it connects (keys, certificates, commands) is expanded here. */
export function settingsOf(resolved: Resolved, world: ConfigWorld): SshSettings {
  const { alias, options, unrunExecs } = resolved;
  const { values, lists } = options;
  const text = (key: string): string | null => values.get(key) ?? null;
  const number = (key: string, otherwise: number): number => Number(values.get(key) ?? otherwise);
  const says = (key: string): boolean => values.get(key) === 'yes';
  const hostName = text('hostname') ?? alias;
  const [port, user] = [number('port', 22), text('user') ?? world.user.name];
  const tokens = connectionTokens(
    world,
    { host: hostName, port: String(port), user },
    { alias, keyAlias: text('hostkeyalias') },
  );
  const paths = (all: readonly string[]): string[] =>
    all.filter((path) => lower(path) !== 'none').map((path) => expandAll(expandHome(path, world), tokens, world));
  return {
    alias,
    hostName,
    port,
    user,
    addressFamily: oneOf(text('addressfamily'), ['inet', 'inet6'], 'any'),
    bindAddress: text('bindaddress'),
    connectTimeout: values.has('connecttimeout') ? number('connecttimeout', 0) : null,
    serverAlive: { interval: number('serveraliveinterval', 0), countMax: number('serveralivecountmax', 3) },
    proxy: proxyOf(resolved, tokens),
    identityFiles: paths(resolved.identityFiles),
    identityFilesNamed: resolved.identityFilesNamed,
    certificateFiles: paths(lists.get('certificatefile') ?? []),
    identitiesOnly: says('identitiesonly'),
    identityAgent: agentOf(text('identityagent'), world),
    authentications: authenticationsOf(resolved),
    passwordPrompts: number('numberofpasswordprompts', 3),
    hostKeyAlias: text('hostkeyalias'),
    userKnownHostsFiles: lists.get('userknownhostsfile') ?? [],
    globalKnownHostsFiles: lists.get('globalknownhostsfile') ?? [],
    knownHostsCommand: text('knownhostscommand'),
    revokedHostKeys: text('revokedhostkeys'),
    strictHostKeyChecking: strictness[values.get('stricthostkeychecking') ?? 'ask'] ?? 'ask',
    hashKnownHosts: says('hashknownhosts'),
    updateHostKeys: values.get('updatehostkeys') !== 'false',
    algorithms: algorithmsOf(resolved),
    compression: says('compression'),
    environment: environmentOf(resolved, world),
    pkcs11Provider: text('pkcs11provider'),
    gssapi: says('gssapiauthentication'),
    unrunExecs,
  };
}

const strictness: Readonly<Record<string, SshSettings['strictHostKeyChecking']>> = {
  true: 'yes',
  false: 'off',
  ask: 'ask',
  'accept-new': 'accept-new',
};

function oneOf<Known extends string>(value: string | null, known: readonly Known[], otherwise: Known | 'any') {
  return known.find((one) => one === value) ?? otherwise;
}

/** A command may ask for less than other keywords. */
function proxyOf({ options: { jump, proxyCommand } }: Resolved, { h, k, n, p, r }: Tokens): SshProxy {
  if (jump !== null && jump !== 'none') {
    const before = jump.before?.split(',') ?? [];
    return { kind: 'jump', hops: [...before, jumpText({ last: jump.last, before: null })] };
  }
  if (proxyCommand === null) return { kind: 'none' };
  const tokens = { h: h ?? '', k: k ?? '', n: n ?? '', p: p ?? '', r: r ?? '' };
  return { kind: 'command', line: expandTokens(proxyCommand, tokens) };
}

function agentOf(wish: string | null, { environment }: ConfigWorld): string | null {
  if (wish === 'none') return null;
  if (wish === null || wish === 'SSH_AUTH_SOCK') return environment.get('SSH_AUTH_SOCK') || null;
  return wish.startsWith('$') ? environment.get(wish.slice(1)) || null : wish;
}

function authenticationsOf({ options: { values } }: Resolved): string[] {
  const asks = values.get('batchmode') !== 'yes';
  const isOn: Readonly<Record<string, boolean>> = {
    'gssapi-with-mic': values.get('gssapiauthentication') === 'yes',
    hostbased: values.get('hostbasedauthentication') === 'yes',
    publickey: values.get('pubkeyauthentication') !== 'false',
    'keyboard-interactive': asks && values.get('kbdinteractiveauthentication') !== 'no',
    password: asks && values.get('passwordauthentication') !== 'no',
  };
  const wanted = values.get('preferredauthentications')?.split(',') ?? methods;
  return [...new Set(wanted)].filter((method) => Object.hasOwn(isOn, method) && isOn[method]);
}

function algorithmsOf({ options: { values }, said }: Resolved): SshAlgorithms {
  const list = (key: string): string[] | null => {
    if (!said.has(key)) return null;
    return (values.get(key) ?? '').split(',').filter((name) => name !== '');
  };
  return {
    ciphers: list('ciphers'),
    macs: list('macs'),
    keyExchange: list('kexalgorithms'),
    hostKey: list('hostkeyalgorithms'),
    publicKey: list('pubkeyacceptedalgorithms'),
  };
}

function environmentOf({ options: { lists } }: Resolved, { environment }: ConfigWorld): Record<string, string> {
  const chosen = chosenNames([...environment.keys()], lists.get('sendenv') ?? []);
  const set = (lists.get('setenv') ?? []).map((entry): [string, string] => {
    const equals = entry.indexOf('=');
    return [entry.slice(0, equals), entry.slice(equals + 1)];
  });
  return Object.fromEntries([...chosen.map((name) => [name, environment.get(name) ?? ''] as const), ...set]);
}
