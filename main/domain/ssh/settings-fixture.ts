import type { SshSettings } from './settings.ts';

/** What an empty configuration says of a host, for tests; with what a test wants otherwise. */
export function settingsFixture(wanted: Partial<SshSettings> = {}): SshSettings {
  const alias = wanted.alias ?? 'host.example';
  return {
    alias,
    hostName: alias,
    port: 22,
    user: 'me',
    addressFamily: 'any',
    bindAddress: null,
    connectTimeout: null,
    serverAlive: { interval: 0, countMax: 3 },
    proxy: { kind: 'none' },
    identityFiles: [],
    identityFilesNamed: false,
    certificateFiles: [],
    identitiesOnly: false,
    identityAgent: null,
    authentications: ['publickey', 'keyboard-interactive', 'password'],
    passwordPrompts: 3,
    hostKeyAlias: null,
    userKnownHostsFiles: [],
    globalKnownHostsFiles: [],
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
    ...wanted,
  };
}
