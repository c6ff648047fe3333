import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startFakeHost } from './fake-host.ts';
import { makeKey, runTool } from './keys.ts';
import { startRawHost } from './raw-host.ts';
import { startSshd } from './sshd.ts';

export interface FortyHosts {
  /** What becomes of each host that is not simply live: its state, and a part of the one true sentence about it. */
  readonly troubled: Readonly<Record<string, { state: string; says: RegExp }>>;
  /** The names of all. */
  readonly names: readonly string[];
  /** The home directories of the servers behind the names: of web*, and of db*, shop* and vault. */
  readonly homes: { readonly web: string; readonly inner: string };
  readonly secrets: { readonly password: string; readonly code: string };
  stop(): Promise<void>;
}

/**
 * What a technician's `~/.ssh` looks like after some years: forty hosts in several files, two jumps, a bastion that asks
 * for a password and a code, a certificate, a changed key, two that are dead and one that hangs after its banner.
 */
export async function startFortyHosts(home: string): Promise<FortyHosts> {
  const ssh = join(home, '.ssh');
  mkdirSync(join(ssh, 'conf.d'), { recursive: true, mode: 0o700 });
  const secrets = { password: 'correct-horse-7', code: '417283' };
  const authority = makeKey(ssh, 'user_ca');
  const [web, one, two, inner, strange, bastion, mute] = await Promise.all([
    startSshd(),
    startSshd(),
    startSshd(),
    startSshd({ config: [`TrustedUserCAKeys ${authority.file}.pub`] }),
    startSshd(),
    startFakeHost({
      forwards: true,
      rounds: [
        { prompts: [{ prompt: 'Password: ', answer: secrets.password }] },
        { instruction: 'Two factors', prompts: [{ prompt: 'Verification code: ', answer: secrets.code }] },
      ],
    }),
    startRawHost('SSH-2.0-OpenSSH_9.2\r\n'),
  ]);
  // tcpmux, which nobody has: a free port might be somebody's a moment later.
  const closed = 1;

  const certified = makeKey(ssh, 'id_certified');
  runTool('ssh-keygen', ['-q', '-s', authority.file, '-I', 'lab', '-n', 'root', '-V', '+1h', `${certified.file}.pub`]);

  const webs = Array.from({ length: 24 }, (_, index) => `web${String(index + 1).padStart(2, '0')}`);
  const shops = ['shop01', 'shop02', 'shop03'];
  const databases = ['db01', 'db02', 'db03', 'db04', 'db05'];
  const section = (names: readonly string[], lines: readonly string[]) =>
    [`Host ${names.join(' ')}`, ...lines.map((line) => `  ${line}`), ''].join('\n');
  writeFileSync(
    join(ssh, 'config'),
    [
      '# Customers first: what is said first wins.',
      'Include conf.d/*.conf',
      section(['jump1'], [`Port ${one.port}`, `IdentityFile ${one.identityFile}`]),
      section(['jump2'], [`Port ${two.port}`, `IdentityFile ${two.identityFile}`, 'ProxyJump jump1']),
      section(databases, [`Port ${inner.port}`, 'ProxyJump jump2', `IdentityFile "${inner.identityFile}"`]),
      section(['bastion'], [`Port ${bastion.port}`, 'PreferredAuthentications keyboard-interactive']),
      section(
        ['vault'],
        [`Port=${inner.port}`, `IdentityFile ${certified.file}`, `CertificateFile ${certified.file}-cert.pub`],
      ),
      section(['reinstalled'], [`Port ${strange.port}`, `IdentityFile ${strange.identityFile}`]),
      section(['gone'], ['HostName gone.invalid']),
      section(['off'], [`Port ${closed}`]),
      section(['stuck'], [`Port ${mute.port}`]),
      'Match all',
      '  HostName 127.0.0.1',
      '  User root',
      '  IdentitiesOnly yes',
      '',
    ].join('\n'),
  );
  writeFileSync(
    join(ssh, 'conf.d', '10-web.conf'),
    section(webs, ['HostName 127.0.0.1', `Port ${web.port}`, `IdentityFile ${web.identityFile}`]),
  );
  writeFileSync(
    join(ssh, 'conf.d', '20-shop.conf'),
    section(shops, [`Port ${inner.port}`, `IdentityFile ${inner.identityFile}`, 'ProxyJump bastion']),
  );
  const known = [web, one, two, inner].map(({ port, hostKey }) => `[127.0.0.1]:${port} ${hostKey.publicKey}`);
  const others = [
    `[127.0.0.1]:${bastion.port} ${bastion.hostKey.publicKey}`,
    `[127.0.0.1]:${strange.port} ${one.hostKey.publicKey}`,
  ];
  writeFileSync(join(ssh, 'known_hosts'), `${[...known, ...others].join('\n')}\n`, { mode: 0o600 });
  runTool('ssh-keygen', ['-q', '-H', '-f', join(ssh, 'known_hosts')]);

  const hosts = [web, one, two, inner, strange, bastion, mute];
  return {
    names: [
      ...webs,
      ...shops,
      ...databases,
      'jump1',
      'jump2',
      'bastion',
      'vault',
      'reinstalled',
      'gone',
      'off',
      'stuck',
    ],
    troubled: {
      reinstalled: { state: 'stopped', says: /has changed: .*known_hosts line 6 / },
      gone: { state: 'waiting', says: /gone\.invalid/ },
      off: { state: 'waiting', says: new RegExp(`port ${closed} refuses the connection`) },
      stuck: { state: 'waiting', says: /stopped answering for 15 s during the key exchange/ },
    },
    homes: { web: web.directory, inner: inner.directory },
    secrets,
    stop: async () => void (await Promise.all(hosts.map((host) => host.stop()))),
  };
}
