import { expect, test } from 'vitest';
import type { SshSettings } from '../settings.ts';
import type { ConfigQuery } from './resolve.ts';
import { settingsOf } from './settings-of.ts';
import type { ConfigWorld } from './world.ts';
import { fakeWorld, resolved } from './world-fixture.ts';

const environment = new Map([
  ['SSH_AUTH_SOCK', '/run/agent'],
  ['WORK_SOCK', '/run/work'],
  ['LC_TIME', 'C'],
  ['SECRET', 'x'],
]);

async function settings(
  config: string,
  host = 'web',
  more: Partial<ConfigQuery> = {},
  world: Partial<ConfigWorld> = {},
): Promise<SshSettings> {
  const all = fakeWorld({}, { environment, ...world });
  return settingsOf(await resolved(config, host, all, more), all);
}

test('an empty configuration leaves everything to ssh', async () => {
  expect(await settings('', 'Web')).toEqual({
    alias: 'Web',
    hostName: 'web',
    port: 22,
    user: 'me',
    addressFamily: 'any',
    bindAddress: null,
    connectTimeout: null,
    serverAlive: { interval: 0, countMax: 3 },
    proxy: { kind: 'none' },
    identityFiles: ['rsa', 'ecdsa', 'ecdsa_sk', 'ed25519', 'ed25519_sk', 'xmss', 'dsa'].map(
      (type) => `/home/me/.ssh/id_${type}`,
    ),
    identityFilesNamed: false,
    certificateFiles: [],
    identitiesOnly: false,
    identityAgent: '/run/agent',
    authentications: ['publickey', 'keyboard-interactive', 'password'],
    passwordPrompts: 3,
    hostKeyAlias: null,
    userKnownHostsFiles: ['/home/me/.ssh/known_hosts', '/home/me/.ssh/known_hosts2'],
    globalKnownHostsFiles: ['/etc/ssh/ssh_known_hosts', '/etc/ssh/ssh_known_hosts2'],
    knownHostsCommand: null,
    revokedHostKeys: null,
    strictHostKeyChecking: 'ask',
    hashKnownHosts: false,
    updateHostKeys: true,
    algorithms: { ciphers: null, macs: null, keyExchange: null, hostKey: null, publicKey: null },
    compression: false,
    environment: {},
    pkcs11Provider: null,
    gssapi: false,
    unrunExecs: [],
  });
});

test('what is said is typed, with tokens and homes expanded', async () => {
  const config = `
    HostName %h.example
    User deploy
    Port 2222
    AddressFamily inet6
    BindAddress 10.0.0.1
    ConnectTimeout 1m
    ServerAliveInterval 15
    ServerAliveCountMax 2
    ProxyCommand nc %h %p # %r@%n
    IdentityFile ~/.ssh/%r@%h
    IdentityFile none
    CertificateFile %d/cert-%n
    IdentitiesOnly yes
    IdentityAgent $WORK_SOCK
    PreferredAuthentications password,publickey,nonsense,hostbased
    NumberOfPasswordPrompts 1
    HostKeyAlias Front
    UserKnownHostsFile /known-%k
    GlobalKnownHostsFile none
    StrictHostKeyChecking accept-new
    HashKnownHosts yes
    Ciphers aes128-ctr
    HostKeyAlgorithms -*
    Compression yes
    SendEnv LC_* LANG
    SetEnv A=1 LC_TIME="de DE" B=x=y
  `;
  expect(await settings(config)).toEqual({
    ...(await settings('')),
    hostName: 'web.example',
    user: 'deploy',
    port: 2222,
    addressFamily: 'inet6',
    bindAddress: '10.0.0.1',
    connectTimeout: 60,
    serverAlive: { interval: 15, countMax: 2 },
    proxy: { kind: 'command', line: 'nc web.example 2222 # deploy@web' },
    identityFiles: ['/home/me/.ssh/deploy@web.example'],
    identityFilesNamed: true,
    certificateFiles: ['/home/me/cert-web'],
    identitiesOnly: true,
    identityAgent: '/run/work',
    authentications: ['password', 'publickey'],
    passwordPrompts: 1,
    hostKeyAlias: 'front',
    userKnownHostsFiles: ['/known-front'],
    globalKnownHostsFiles: [],
    strictHostKeyChecking: 'accept-new',
    hashKnownHosts: true,
    updateHostKeys: false,
    algorithms: { ciphers: ['aes128-ctr'], macs: null, keyExchange: null, hostKey: [], publicKey: null },
    compression: true,
    environment: { LC_TIME: 'de DE', A: '1', B: 'x=y' },
  });
});

test('jumps, from the files and instead of them', async () => {
  const config = 'ProxyJump a,bob@b:2,ssh://c:3\n';
  const proxies = [
    await settings(config),
    await settings(config, 'web', { jump: ['x', 'y:1'] }),
    await settings(config, 'web', { jump: [] }),
    await settings('ProxyJump none\n'),
  ].map(({ proxy }) => proxy);
  expect(proxies).toEqual([
    { kind: 'jump', hops: ['a', 'bob@b:2', 'c:3'] },
    { kind: 'jump', hops: ['x', 'y:1'] },
    { kind: 'none' },
    { kind: 'none' },
  ]);
});

test('agents: named, by a variable, none, and none to be asked', async () => {
  const agents = [
    await settings('IdentityAgent ~/a\n'),
    await settings('IdentityAgent SSH_AUTH_SOCK\n'),
    await settings('IdentityAgent $NOT_SET\n'),
    await settings('IdentityAgent none\n'),
    await settings('IdentityAgent ~/a\n', 'web', { agent: false }),
    await settings('', 'web', {}, { environment: new Map() }),
  ].map(({ identityAgent }) => identityAgent);
  expect(agents).toEqual(['/home/me/a', '/run/agent', null, null, null, null]);
});

test('what a command line says comes before the files', async () => {
  const config = 'User eve\nPort 2\nIdentityFile /b\nMatch user bob\n  HostName bobs\n';
  const more = { user: 'bob', port: 2222, identityFiles: ['/a'] };
  expect(await settings(config, 'web', more)).toMatchObject({
    user: 'bob',
    port: 2222,
    hostName: 'bobs',
    identityFiles: ['/a', '/b'],
  });
});

test('methods that are switched off, and those that would ask under BatchMode, are left out', async () => {
  expect((await settings('PubkeyAuthentication no\nGSSAPIAuthentication yes\n')).authentications).toEqual([
    'gssapi-with-mic',
    'keyboard-interactive',
    'password',
  ]);
  expect((await settings('BatchMode yes\n')).authentications).toEqual(['publickey']);
});
