import { expect, test } from 'vitest';
import { opensshArguments, opensshConfig } from './openssh-config.ts';
import type { SshWanted } from './settings.ts';
import { settingsFixture } from './settings-fixture.ts';

const wanted: SshWanted = { host: 'web', user: null, port: null, identityFiles: [], agent: true, jump: null };
const use = { config: '/run/c', socket: '/run/m', version: 902, role: 'master' } as const;
const plain = ['ClearAllForwardings=yes', 'ForwardAgent=no', 'ForwardX11=no', 'PermitLocalCommand=no'];
const options = (args: readonly string[]) => args.filter((_, index) => args[index - 1] === '-o');

test('our file of known hosts comes before the technician’s, on every hop, and the rest is theirs', () => {
  const route = {
    hops: [
      settingsFixture({ alias: 'bastion', userKnownHostsFiles: ['/home/me/.ssh/known_hosts'] }),
      settingsFixture({ alias: 'web', userKnownHostsFiles: ['/home/me/50% mine', '/home/me/b'] }),
    ],
  };
  expect(
    opensshConfig(route, { configs: ['/home/me/.ssh/config', '/etc/ssh/ssh_config'], knownHosts: '/data/k h' }),
  ).toBe(
    `Host "bastion"
  UserKnownHostsFile "/data/k h" "/home/me/.ssh/known_hosts"
Host "web"
  UserKnownHostsFile "/data/k h" "/home/me/50%% mine" "/home/me/b"
Match all
  Include "/home/me/.ssh/config"
  Include "/etc/ssh/ssh_config"
`,
  );
});

test('the configuration’s own deadlines stay, ours stand where it has none', () => {
  const args = opensshArguments(wanted, settingsFixture(), use);
  expect(args.slice(0, 7)).toEqual(['-F', '/run/c', '-S', '/run/m', '-T', '-e', 'none']);
  expect(args.slice(-2)).toEqual(['--', 'web']);
  expect(options(args)).toEqual([
    ...[
      'ControlMaster=yes',
      'ControlPersist=no',
      ...plain,
      'RemoteCommand=none',
      'ForkAfterAuthentication=no',
      'StdinNull=no',
    ],
    ...['ServerAliveInterval=4', 'ServerAliveCountMax=2', 'ConnectTimeout=10'],
  ]);
  const own = settingsFixture({ serverAlive: { interval: 30, countMax: 3 }, connectTimeout: 3 });
  expect(options(opensshArguments(wanted, own, { ...use, version: 704 }))).toEqual([
    ...['ControlMaster=yes', 'ControlPersist=no', ...plain],
  ]);
});

test('what the target says is said as a technician would', () => {
  const target = { ...wanted, user: 'root', port: 2222, identityFiles: ['/a b', '/c'], agent: false, jump: ['x', 'y'] };
  const args = opensshArguments(target, settingsFixture(), { ...use, role: 'channel' });
  expect(args.slice(-11)).toEqual(['-p', '2222', '-l', 'root', '-i', '/a b', '-i', '/c', '--', 'web', 'exec sh']);
  expect(options(args).slice(-2)).toEqual(['IdentityAgent=none', 'ProxyJump=x,y']);
  expect(options(opensshArguments({ ...wanted, jump: [] }, settingsFixture(), use)).at(-1)).toBe('ProxyJump=none');
});

test('what asks for a sign of life cannot become a connection', () => {
  const args = opensshArguments({ ...wanted, jump: ['x'] }, settingsFixture(), { ...use, role: 'probe' });
  expect(options(args).slice(0, 2)).toEqual(['ControlMaster=no', 'ProxyCommand=false']);
  expect(args.filter((word) => word.startsWith('ProxyJump'))).toEqual([]);
  expect(args.slice(-3)).toEqual(['--', 'web', 'exec true']);
});
