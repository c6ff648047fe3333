import { expect, test } from 'vitest';
import { forThisTest, scriptedPrompts, sshTarget, temporaryDirectory } from '../../../e2e/lab/connecting.ts';
import { startDropbear, whyNoDropbear } from '../../../e2e/lab/dropbear.ts';
import { type SshdOptions, startSshd } from '../../../e2e/lab/sshd.ts';
import { startTcpProxy } from '../../../e2e/lab/tcp-proxy.ts';
import type { Channel, Transport } from '../../domain/collect/transport.ts';
import type { SshSettings } from '../../domain/ssh/settings.ts';
import { settingsFixture } from '../../domain/ssh/settings-fixture.ts';
import { createSshConnect } from './connect.ts';
import { optionsIn, routeTo } from './lab-fixture.ts';

const never = new AbortController().signal;
const limits = { deadlineMs: 30_000, maxBytes: 8 << 20, signal: never };

async function connectTo(host: { port: number; identityFile?: string }, more: Partial<SshSettings> = {}) {
  const connect = createSshConnect(routeTo(sshTarget(host), more), optionsIn(temporaryDirectory()));
  const transport = await connect(scriptedPrompts(), never);
  return forThisTest(Promise.resolve({ ...transport, stop: () => transport.close() }));
}

const toSshd = async (options: SshdOptions, more: Partial<SshSettings> = {}) =>
  connectTo(await forThisTest(startSshd(options)), more);

const output = async (transport: Transport, line: string) =>
  Buffer.from((await transport.run(line, limits)).stdout).toString();

/** Everything that a channel says until it ends. */
function whole(channel: Channel): Promise<string> {
  let text = '';
  channel.onData((chunk) => {
    text += Buffer.from(chunk).toString();
  });
  return new Promise((resolve) => channel.onClose(() => resolve(text)));
}

test('a host that allows one channel: a command goes over a connection of its own, and the next one too', async () => {
  const host = await forThisTest(startSshd({ config: ['MaxSessions 1'] }));
  const transport = await connectTo(host);
  const channel = await transport.start(never);
  const said = whole(channel);
  // Address and port of both ends: the second connection stays for the next command.
  const first = await output(transport, 'echo $SSH_CONNECTION');
  expect(first).toMatch(/^127\.0\.0\.1 \d+ 127/);
  expect(await output(transport, 'echo $SSH_CONNECTION')).toBe(first);
  channel.write('echo still here\n');
  channel.close();
  expect(await said).toBe('still here\n');
});

test('thirty connections at once do not trip MaxStartups', async () => {
  const host = await forThisTest(startSshd({ config: ['MaxStartups 8:100:8'] }));
  const options = optionsIn(temporaryDirectory());
  const connect = createSshConnect(routeTo(sshTarget(host)), options);
  const transports = await Promise.all(Array.from({ length: 30 }, () => connect(scriptedPrompts(), never)));
  for (const transport of transports) transport.close();
  expect(transports.length).toBe(30);
});

const none = settingsFixture().algorithms;

test.each([
  ['AES-GCM alone', ['Ciphers aes256-gcm@openssh.com'], none],
  ['ChaCha20 alone', ['Ciphers chacha20-poly1305@openssh.com'], none],
  ['encrypt-then-MAC alone', ['Ciphers aes256-ctr', 'MACs hmac-sha2-512-etm@openssh.com'], none],
  [
    'what was usual in 2010, where the configuration allows it',
    ['KexAlgorithms diffie-hellman-group14-sha1', 'Ciphers aes128-cbc', 'MACs hmac-sha1', 'HostKeyAlgorithms ssh-rsa'],
    {
      ...none,
      keyExchange: ['curve25519-sha256', 'diffie-hellman-group14-sha1'],
      ciphers: ['aes128-ctr', 'aes128-cbc'],
      hostKey: ['ssh-rsa', 'ssh-ed25519-cert-v01@openssh.com'],
    },
  ],
])('%s', async (_name, config, algorithms) => {
  const transport = await toSshd({ config, hostKeys: ['rsa'] }, { algorithms });
  expect(await output(transport, 'echo agreed')).toBe('agreed\n');
});

test('new keys in the middle of the output, again and again', async () => {
  const transport = await toSshd({ config: ['RekeyLimit 64K'] });
  const text = await output(transport, 'seq 1 200000');
  expect([text.length, text.slice(-14)]).toEqual([1_288_895, '199999\n200000\n']);
});

test('compression, where the configuration asks for it', async () => {
  const transport = await toSshd({}, { compression: true });
  expect((await output(transport, 'seq 1 20000')).length).toBe(108_894);
});

test('a script longer than any packet and any window', async () => {
  const transport = await toSshd({});
  const channel = await transport.start(never);
  const said = whole(channel);
  // It ends by itself: whoever closes gives it two seconds, which is little for so much on a crowded machine.
  channel.write(`: '${'x'.repeat(3 << 20)}'\necho read all of it; exit\n`);
  expect(await said).toBe('read all of it\n');
});

test('environment that the host accepts', async () => {
  const transport = await toSshd({ config: ['AcceptEnv LC_*'] }, { environment: { LC_PLACE: 'rack 7', OTHER: 'no' } });
  // sshd sets what was accepted for the login shell, which becomes the sh of ours.
  expect(await output(transport, 'echo "$LC_PLACE|$OTHER"')).toBe('rack 7|\n');
});

test('a slow link: 300 ms there and back, 64 kB in a second', async () => {
  const host = await forThisTest(startSshd());
  const proxy = await forThisTest(startTcpProxy(host, 150));
  proxy.setRate(64_000);
  const transport = await connectTo({ ...host, port: proxy.port });
  expect((await output(transport, 'seq 1 20000')).length).toBe(108_894);
}, 30_000);

test('dropbear', async ({ skip }) => {
  const reason = whyNoDropbear();
  if (reason !== null) {
    process.stderr.write(`dropbear is not tested: ${reason}\n`);
    return skip(reason);
  }
  const host = await forThisTest(startDropbear());
  const transport = await connectTo(host);
  const channel = await transport.start(never);
  const said = whole(channel);
  expect(await output(transport, 'echo beside')).toBe('beside\n');
  channel.write('echo small\n');
  channel.close();
  expect(await said).toBe('small\n');
});
