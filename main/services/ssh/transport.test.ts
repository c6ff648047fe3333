import { existsSync, readFileSync } from 'node:fs';
import { expect, test, vi } from 'vitest';
import { faultOf, forThisTest, scriptedPrompts, sshTarget, temporaryDirectory } from '../../../e2e/lab/connecting.ts';
import { type FakeHostOptions, startFakeHost } from '../../../e2e/lab/fake-host.ts';
import { type SshdOptions, startSshd } from '../../../e2e/lab/sshd.ts';
import { startTcpProxy } from '../../../e2e/lab/tcp-proxy.ts';
import type { Channel, Transport } from '../../domain/collect/transport.ts';
import { createSshConnect } from './connect.ts';
import { optionsIn, routeTo } from './lab-fixture.ts';
import type { SshLimits } from './limits.ts';
import { hasNativeCrypto } from './native-crypto.ts';

const never = new AbortController().signal;
const limits = { deadlineMs: 5000, maxBytes: 1 << 20, signal: never };

async function connectTo(
  host: { port: number; identityFile?: string },
  ssh: Partial<SshLimits> = {},
): Promise<Transport> {
  const options = { ...optionsIn(temporaryDirectory()), limits: ssh };
  const connect = createSshConnect(routeTo(sshTarget(host)), options);
  const transport = await connect(scriptedPrompts(), never);
  return (await forThisTest(Promise.resolve({ ...transport, stop: () => transport.close() }))) as Transport;
}

const toSshd = async (options: SshdOptions = {}, ssh: Partial<SshLimits> = {}) =>
  connectTo(await forThisTest(startSshd(options)), ssh);
const toFake = async (options: FakeHostOptions, ssh: Partial<SshLimits> = {}) =>
  connectTo(await forThisTest(startFakeHost({ none: true, ...options })), ssh);

/** Everything a channel says until it closes. */
function wholeOutput(channel: Channel): Promise<{ text: string; exit: number | null }> {
  let text = '';
  channel.onData((chunk) => {
    text += Buffer.from(chunk).toString();
  });
  return new Promise((resolve) => channel.onClose((exit) => resolve({ text, exit })));
}

const said = (result: { stdout: Uint8Array; stderr: Uint8Array; exit: number | null; truncated: boolean }) => ({
  stdout: Buffer.from(result.stdout).toString(),
  stderr: Buffer.from(result.stderr).toString(),
  exit: result.exit,
  truncated: result.truncated,
});

test('a shell reads its script from standard input and ends with it', async () => {
  const transport = await toSshd();
  const channel = await transport.start(never);
  const ready = new Promise<void>((resolve) => channel.onData(() => resolve()));
  const output = wholeOutput(channel);
  channel.write('echo ready; while read -r tick; do echo "tick $tick"; done; exit 7\n');
  // A shell reads its script in blocks: ticks that came with it would be read as script.
  await ready;
  channel.write('one\ntwo\n');
  channel.close();
  expect(await output).toEqual({ text: 'ready\ntick one\ntick two\n', exit: 7 });
  expect(transport.by).toBe(`ssh2 with ${hasNativeCrypto() ? 'native' : 'JavaScript'} crypto`);
});

test('a command keeps its quotes, its streams and its exit apart, and has no input', async () => {
  const transport = await toSshd();
  const line = `printf '%s|' "it's" 'a b' "$((1+1))" '$HOME' 'back\\slash'; echo; cat; echo bad >&2; exit 3`;
  expect(said(await transport.run(line, limits))).toEqual({
    stdout: "it's|a b|2|$HOME|back\\slash|\n",
    stderr: 'bad\n',
    exit: 3,
    truncated: false,
  });
  expect(said(await transport.run('echo one\necho two', limits)).stdout).toBe('one\ntwo\n');
});

test('longer output than allowed is cut there, and the connection lives on', async () => {
  const transport = await toSshd();
  const result = await transport.run('yes', { ...limits, maxBytes: 10 });
  expect(said(result)).toEqual({ stdout: 'y\ny\ny\ny\ny\n', stderr: '', exit: null, truncated: true });
  expect(said(await transport.run('echo on', limits)).stdout).toBe('on\n');
});

test('an abort ends its command only', async () => {
  const transport = await toSshd();
  const abort = new AbortController();
  const running = faultOf(transport.run('sleep 30', { ...limits, signal: abort.signal }));
  abort.abort();
  expect(await running).toEqual({ code: 'cancelled', step: 'command', message: 'Cancelled.' });
  expect(said(await transport.run('echo on', limits)).stdout).toBe('on\n');
});

test('a deadline that passes takes the connection with it', async () => {
  const transport = await toSshd();
  const closed = new Promise<void>((resolve) => transport.onClose(resolve));
  expect(await faultOf(transport.run('sleep 30', { ...limits, deadlineMs: 200 }))).toEqual({
    code: 'timeout',
    step: 'command',
    message: 'A command on 127.0.0.1 did not end within 0.2 s: “sleep 30”.',
  });
  await closed;
  expect(await faultOf(transport.start(never))).toMatchObject({ code: 'disconnected', step: 'channel' });
});

test('banner, message of the day and a noisy rc file are not output', async () => {
  // The forced command plays a login shell with an rc file that talks, on both streams, and forgets the newline.
  const noisy = `echo "Welcome, $ 100"; printf 'no newline'; echo warning >&2; eval "$SSH_ORIGINAL_COMMAND"`;
  const transport = await toSshd({ banner: 'Authorised use only\n', forcedCommand: noisy });
  const channel = await transport.start(never);
  const output = wholeOutput(channel);
  channel.write('echo ours\n');
  channel.close();
  expect(await output).toEqual({ text: 'ours\n', exit: 0 });
  expect(said(await transport.run('echo ours', limits))).toEqual({
    stdout: 'ours\n',
    stderr: '',
    exit: 0,
    truncated: false,
  });
});

test('a login shell that is a menu gets one harmless line, and its words come back', async () => {
  const directory = temporaryDirectory();
  const menu = `printf '\\033[1m 0) Logout\\n 5) Halt\\n\\033[0m'; read -r choice; echo "$choice" >${directory}/choice; echo "bad choice"; exit 1`;
  const transport = await toSshd({ forcedCommand: menu });
  expect(await faultOf(transport.start(never))).toEqual({
    code: 'bad_output',
    step: 'channel',
    message:
      'The login shell of root on 127.0.0.1 does not start sh: it ended with exit 1 and said “0) Logout 5) Halt bad choice”.',
  });
  expect(readFileSync(`${directory}/choice`, 'utf8')).toMatch(/^printf '%s%s\\n' rack side-[-0-9a-f]+\n$/);
});

test('a device that echoes what it is sent is no shell', async () => {
  const transport = await toSshd({ forcedCommand: 'exec head -n 1' });
  const opened = await faultOf(transport.start(never));
  expect(opened).toMatchObject({ code: 'bad_output', step: 'channel' });
  expect(opened.message).toContain("it ended with exit 0 and said “printf '%s%s");
  expect(await faultOf(transport.run('echo hello', limits))).toMatchObject({ code: 'bad_output', step: 'command' });
});

test('a login shell that never answers', async () => {
  const transport = await toSshd({ forcedCommand: 'exec sleep 60' }, { channelMs: 2000 });
  expect(await faultOf(transport.start(never))).toEqual({
    code: 'timeout',
    step: 'channel',
    message: 'The login shell of root on 127.0.0.1 did not start sh within 2 s; it said nothing.',
  });
});

test.each([
  ['no channel', '127.0.0.1 opened no channel for root within 0.3 s.'],
  ['silent', '127.0.0.1 opened no channel for root within 0.3 s.'],
] as const)('a host that accepts and then never answers (%s)', async (behaviour, message) => {
  const transport = await toFake({ behaviour }, { channelMs: 300 });
  const closed = new Promise<void>((resolve) => transport.onClose(resolve));
  expect(await faultOf(transport.start(never))).toEqual({ code: 'timeout', step: 'channel', message });
  await closed;
});

test('a connection cut in the middle of the output gives what came, and tells', async () => {
  const transport = await toFake({ behaviour: 'cut', bytes: 60 });
  const channel = await transport.start(never);
  const output = wholeOutput(channel);
  const closed = new Promise<void>((resolve) => transport.onClose(resolve));
  channel.write('seq 1 1000\n');
  await closed;
  expect(await output).toEqual({ text: expect.stringMatching(/^1\n2\n/), exit: null });
  expect(await faultOf(transport.run('true', limits))).toEqual({
    code: 'disconnected',
    step: 'command',
    message: expect.stringMatching(/^The connection to 127.0.0.1 port \d+ was lost.$/),
  });
});

test('100 MB of output do not pile up here', async () => {
  const transport = await toFake({ behaviour: 'endless' });
  const channel = await transport.start(never);
  let bytes = 0;
  let most = 0;
  const before = process.memoryUsage.rss();
  channel.onData((chunk) => {
    bytes += chunk.length;
    most = Math.max(most, process.memoryUsage.rss() - before);
  });
  await new Promise((resolve) => channel.onClose(resolve));
  expect(bytes).toBeGreaterThan(100 << 20);
  expect(most).toBeLessThan(90 << 20);
});

test('what a host does not take is not piled up either: the channel ends', async () => {
  const transport = await toFake({ behaviour: 'shell' }, { writeBytes: 1 << 20 });
  const channel = await transport.start(never);
  const closed = new Promise((resolve) => channel.onClose(resolve));
  channel.write('exec sleep 30\n');
  for (let round = 0; round < 200; round++) channel.write('x'.repeat(64 << 10));
  await closed;
});

test('a half-open link is noticed, and another host is not disturbed', async () => {
  const host = await forThisTest(startSshd());
  const proxy = await forThisTest(startTcpProxy(host));
  const behind = await connectTo({ ...host, port: proxy.port }, { keepaliveMs: 200, aliveMs: 400 });
  const other = await connectTo(host);
  const channel = await behind.start(never);
  const lost = Promise.all([
    new Promise((resolve) => channel.onClose(resolve)),
    new Promise<void>((resolve) => behind.onClose(resolve)),
  ]);
  proxy.stall();
  expect(said(await other.run('echo fine', limits)).stdout).toBe('fine\n');
  expect(await lost).toEqual([null, undefined]);
  expect(said(await other.run('echo fine', limits)).stdout).toBe('fine\n');
});

test('nothing is left on the host after the connection was cut', async () => {
  const host = await forThisTest(startSshd());
  const proxy = await forThisTest(startTcpProxy(host));
  const transport = await connectTo({ ...host, port: proxy.port });
  const channel = await transport.start(never);
  const pid = new Promise<string>((resolve) =>
    channel.onData((chunk) => resolve(Buffer.from(chunk).toString().trim())),
  );
  channel.write('echo $$; while read -r tick; do :; done\n');
  const directory = `/proc/${await pid}`;
  expect(existsSync(directory)).toBe(true);
  proxy.cut();
  await vi.waitFor(() => expect(existsSync(directory)).toBe(false), 5000);
});
