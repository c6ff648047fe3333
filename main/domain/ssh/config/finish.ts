import {
  type AlgorithmFamily,
  assembled,
  ciphers,
  gssapiKeyExchanges,
  keyExchanges,
  keyTypes,
  macs,
  signatures,
} from './algorithms.ts';
import { quoted, refused } from './bad-line.ts';
import { type Connection, connectionTokens } from './connection-tokens.ts';
import { expandAll, expandHome, expandTokens } from './expand.ts';
import type { Forward } from './forward.ts';
import { destinationOf } from './jump.ts';
import { listOf, type Options, setFirst } from './options.ts';
import { lower } from './words.ts';
import type { ConfigWorld } from './world.ts';

/** What ssh itself tries where no key is named, and where it keeps the keys of hosts. */
export const ownIdentityFiles = ['rsa', 'ecdsa', 'ecdsa_sk', 'ed25519', 'ed25519_sk', 'xmss', 'dsa'].map(
  (type) => `~/.ssh/id_${type}`,
);
const ownHostFiles = ['~/.ssh/known_hosts', '~/.ssh/known_hosts2'];
const systemHostFiles = ['/etc/ssh/ssh_known_hosts', '/etc/ssh/ssh_known_hosts2'];

const families: readonly (readonly [string, AlgorithmFamily])[] = [
  ['ciphers', ciphers],
  ['macs', macs],
  ['kexalgorithms', keyExchanges],
  ['hostkeyalgorithms', keyTypes],
  ['hostbasedacceptedalgorithms', keyTypes],
  ['pubkeyacceptedalgorithms', keyTypes],
  ['casignaturealgorithms', signatures],
];

/** Values of text that `none` takes away. */
const cleared = [
  'localcommand',
  'remotecommand',
  'controlpath',
  'revokedhostkeys',
  'pkcs11provider',
  'securitykeyprovider',
  'knownhostscommand',
];

/** Fills in what is not said, and expands what ssh expands before it connects; throws what ssh would refuse. */
export function finish(options: Options, alias: string, host: string, world: ConfigWorld): void {
  const { values } = options;
  clearForwards(options);
  hostFiles(options);
  for (const [key, family] of families) assemble(options, key, family);
  setFirst(options, 'gssapikexalgorithms', gssapiKeyExchanges.offered.join(','));
  setFirst(options, 'securitykeyprovider', 'internal');
  for (const key of cleared) if (lower(values.get(key) ?? '') === 'none') values.delete(key);
  if (lower(options.proxyCommand ?? '') === 'none') options.proxyCommand = null;
  if (options.jump === 'none') options.jump = null;
  if (listOf(options, 'canonicalizepermittedcnames')[0] === 'none') {
    options.lists.delete('canonicalizepermittedcnames');
  }
  setFirst(options, 'user', world.user.name);
  setFirst(options, 'port', '22');
  values.set('hostname', host);
  const connection = { host, port: values.get('port') ?? '22', user: values.get('user') ?? '' };
  checkJump(options, connection, world);
  check(options);
  expand(options, alias, connection, world);
}

function clearForwards({ values, forwards }: Options): void {
  if (values.get('clearallforwardings') !== 'yes') return;
  forwards.local.length = 0;
  forwards.remote.length = 0;
  values.set('tunnel', 'false');
}

function hostFiles(options: Options): void {
  const [own, system] = [listOf(options, 'userknownhostsfile'), listOf(options, 'globalknownhostsfile')];
  const asksDns = !['false', undefined].includes(options.values.get('verifyhostkeydns'));
  const isOwn = own.length === 0 || (own.length === 1 && own[0] === ownHostFiles[0]);
  setFirst(options, 'updatehostkeys', !asksDns && isOwn ? 'true' : 'false');
  if (own.length === 0) own.push(...ownHostFiles);
  if (system.length === 0) system.push(...systemHostFiles);
  for (const list of [own, system]) if (lower(list[0] ?? '') === 'none') list.length = 0;
}

function assemble({ values }: Options, key: string, family: AlgorithmFamily): void {
  const list = values.get(key) ?? null;
  const names = assembled(list, family);
  if (names === null) throw refused(`${key} ${quoted(list ?? '')} leaves no algorithm that OpenSSH knows.`);
  values.set(key, names.join(','));
}

function checkJump({ jump, values }: Options, { host, port, user }: Connection, world: ConfigWorld): void {
  if (jump === null || jump === 'none') return;
  values.set('proxyusefdpass', 'no');
  const { last } = jump;
  if (last.host === host && String(last.port ?? 22) === port && (last.user ?? user) === user) {
    throw refused(`ProxyJump leads in a circle: ${host} would be reached through itself.`);
  }
  for (const hop of jump.before?.split(',') ?? []) {
    if (destinationOf(hop, world.services) === null) throw refused(`ProxyJump names ${quoted(hop)}, which is no host.`);
  }
}

function check({ values, proxyCommand }: Options): void {
  if (values.get('connectionattempts') === '0') throw refused('ConnectionAttempts must be at least 1.');
  if (proxyCommand === '-' && values.get('proxyusefdpass') === 'yes') {
    throw refused('ProxyCommand - cannot be used with ProxyUseFdpass.');
  }
  const asks = values.get('updatehostkeys') === 'ask';
  const persists = values.has('controlpath') && (values.get('controlpersist') ?? 'no') !== 'no';
  const quiet = /^(?:SILENT|FATAL|ERROR)$/.test(values.get('loglevel') ?? '');
  const runs = values.has('remotecommand') || values.get('requesttty') === 'false';
  if (asks && (persists || runs || quiet)) values.set('updatehostkeys', 'false');
  const stays = values.has('remotecommand') || values.get('sessiontype') === 'none';
  if (values.get('forkafterauthentication') === 'yes' && !stays) {
    throw refused('ForkAfterAuthentication needs a RemoteCommand, or SessionType none.');
  }
}

function expand(options: Options, alias: string, connection: Connection, world: ConfigWorld): void {
  const { values, lists, forwards } = options;
  const keyAlias = values.has('hostkeyalias') ? lower(values.get('hostkeyalias') ?? '') : null;
  if (keyAlias !== null) values.set('hostkeyalias', keyAlias);
  const tokens = connectionTokens(world, connection, { alias, keyAlias });
  const path = (text: string): string => expandAll(expandHome(text, world), tokens, world);
  const command = values.get('remotecommand');
  if (command !== undefined) values.set('remotecommand', expandTokens(command, tokens));
  for (const key of ['controlpath', 'identityagent']) {
    const value = values.get(key);
    if (value !== undefined) values.set(key, path(value));
  }
  if (options.agentToForward !== null) options.agentToForward = path(options.agentToForward);
  lists.set('userknownhostsfile', listOf(options, 'userknownhostsfile').map(path));
  for (const list of [forwards.local, forwards.remote]) {
    const expanded = list.map((forward) => expandSockets(forward, (text) => expandTokens(text, tokens)));
    list.splice(0, list.length, ...expanded);
  }
}

function expandSockets({ listen, connect }: Forward, expandPath: (text: string) => string): Forward {
  return {
    listen: 'path' in listen ? { path: expandPath(listen.path) } : listen,
    connect: 'path' in connect ? { path: expandPath(connect.path) } : connect,
  };
}
