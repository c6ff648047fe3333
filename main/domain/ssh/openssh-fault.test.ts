import { expect, test } from 'vitest';
import { behind, behindJump, connected, connecting, failures, jump, signingIn } from './openssh-failures-fixture.ts';
import { opensshFault, opensshSilence } from './openssh-fault.ts';
import { createOpensshLog } from './openssh-log.ts';

const host = { alias: 'web', hostName: '10.0.0.5', port: 22, user: 'me' };

function read(lines: readonly string[], pieces = 7) {
  const steps: string[] = [];
  const log = createOpensshLog((step, hop) => void steps.push(hop === null ? step : `${step} (${hop})`));
  const text = `${lines.join('\r\n')}\r\n`;
  for (let at = 0; at < text.length; at += pieces) log.push(text.slice(at, at + pieces));
  return { log, steps };
}

test.each(failures)('%s', (_, lines, code, step, message) => {
  const { fault } = opensshFault(read(lines).log, host);
  expect({ ...fault, message: message.test(fault.message) || fault.message }).toEqual({ code, step, message: true });
});

test('what fails on the way is said of the hop, though the program behind it complains too', () => {
  const refused = [...jump, ...connecting, 'ssh: connect to host 10.0.0.5 port 22: Connection refused', ...behind];
  expect(opensshFault(read(refused).log, host).fault).toEqual({
    code: 'unreachable',
    step: 'tcp',
    hop: 'bastion',
    message:
      'On the way, at bastion: 10.0.0.5 port 22 refuses the connection: is sshd running there, and on this port?',
  });
  const denied = [...jump, ...signingIn, 'me@10.0.0.1: Permission denied (publickey).', ...behind];
  expect(opensshFault(read(denied).log, host).fault).toMatchObject({ code: 'auth_failed', hop: 'bastion' });
  const unreached = [
    ...behindJump,
    'channel 0: open failed: connect failed: No route to host',
    'stdio forwarding failed',
    ...behind,
  ];
  expect(opensshFault(read(unreached).log, host).fault).toEqual({
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
  expect(opensshFault(log, host).fault.code).toBe('auth_failed');
});

test('silence names the step', () => {
  expect(opensshSilence(read(connected).log, host, '30 s').fault).toEqual({
    code: 'timeout',
    step: 'key exchange',
    message: 'ssh got no further with web for 30 s: is the host overloaded, or the link down?',
  });
});
