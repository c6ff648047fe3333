import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { forThisTest, scriptedPrompts, sshTarget, temporaryDirectory } from '../../../e2e/lab/connecting.ts';
import { processesWith } from '../../../e2e/lab/processes-with.ts';
import { startSshd } from '../../../e2e/lab/sshd.ts';
import { startTcpProxy } from '../../../e2e/lab/tcp-proxy.ts';
import type { Transport } from '../../domain/collect/transport.ts';
import { createLocalConnect } from '../local/create-local-connect.ts';
import { createSshConnect } from '../ssh/connect.ts';
import { optionsIn, routeTo } from '../ssh/lab-fixture.ts';
import { shellsOf, uniqueSleep } from './lab-fixture.ts';
import { type HostRun, runOnHost } from './run-on-host.ts';

const never = new AbortController().signal;

async function overSsh(...config: string[]): Promise<Transport> {
  const host = await forThisTest(startSshd({ config }));
  const transport = await createSshConnect(routeTo(sshTarget(host)), optionsIn(temporaryDirectory()))(
    scriptedPrompts(),
    never,
  );
  await forThisTest(Promise.resolve({ stop: () => transport.close() }));
  return transport;
}

const ways: readonly (readonly [string, () => Promise<Transport>])[] = [
  ['over ssh', () => overSsh()],
  ['on this machine', () => createLocalConnect()(scriptedPrompts(), never)],
  // No leader of a group of its own, as below some small ssh servers.
  ['in a group of somebody else', async () => shellsOf('sh', ['-c', 'sh; exit $?'])],
  ['in bash', async () => shellsOf('bash', ['-c', 'exec bash'])],
];

async function run(transport: Transport, line: string, more: Partial<HostRun> = {}) {
  const { stdout, stderr, durationMs, digests, ...rest } = await runOnHost(transport, {
    line,
    root: false,
    password: null,
    deadlineMs: 10_000,
    maxBytes: 1 << 16,
    signal: never,
    now: () => performance.now(),
    ...more,
  });
  return { ...rest, stdout: Buffer.from(stdout).toString(), stderr: Buffer.from(stderr).toString() };
}

const ended = { exit: 0, stderr: '', truncated: false, fault: null };

test.each(ways)(
  '%s: quotes, streams and the exit code stay what they are, and there is no input',
  async (_way, open) => {
    const transport = await open();
    const line = `printf '%s|' "it's" '$HOME' "$((1+1))" 'back\\slash'\ncat; echo bad >&2; exit 3`;
    expect(await run(transport, line)).toEqual({
      ...ended,
      exit: 3,
      stdout: "it's|$HOME|2|back\\slash|",
      stderr: 'bad\n',
    });
    expect((await run(transport, 'kill -KILL $$')).exit).toBe(137);
    expect(await run(transport, 'if')).toMatchObject({ exit: 2, fault: null, stdout: '' });
  },
);

test.each(ways)(
  '%s: a cancelled command is gone with all that it started, also what ignores signals',
  async (_way, open) => {
    const transport = await open();
    const seconds = uniqueSleep();
    const abort = new AbortController();
    const line = `trap '' TERM HUP; (sleep ${seconds}; :) & sleep ${seconds}; sleep ${seconds}`;
    const running = run(transport, line, { signal: abort.signal });
    await vi.waitFor(() => expect(processesWith(`sleep ${seconds}`).length).toBeGreaterThan(2), 5000);
    abort.abort();
    const fault = { code: 'cancelled', step: 'command', message: 'Cancelled: the command was ended.' };
    expect(await running).toEqual({ ...ended, exit: null, stdout: '', fault });
    await vi.waitFor(() => expect(processesWith(seconds)).toEqual([]), 6000);
    expect((await run(transport, 'echo on')).stdout).toBe('on\n');
  },
);

test('a deadline ends the command, keeps what it said, and leaves the connection alone', async () => {
  const transport = await overSsh();
  const seconds = uniqueSleep();
  const result = await run(transport, `echo half; sleep ${seconds}`, { deadlineMs: 1500 });
  const message = 'The command did not end within 1.5 s, and was ended.';
  expect(result).toEqual({
    ...ended,
    exit: null,
    stdout: 'half\n',
    fault: { code: 'timeout', step: 'command', message },
  });
  await vi.waitFor(() => expect(processesWith(seconds)).toEqual([]), 6000);
  expect((await run(transport, 'echo on')).stdout).toBe('on\n');
});

test('output beyond the limit is dropped, and the command goes on to its end', async () => {
  const directory = temporaryDirectory();
  const line = `head -c 3000000 /dev/zero | tr '\\0' x; touch ${join(directory, 'ended')}; exit 5`;
  const result = await run(await overSsh(), line, { maxBytes: 10 });
  expect(result).toEqual({ ...ended, exit: 5, stdout: 'xxxxxxxxxx', truncated: true });
  expect(existsSync(join(directory, 'ended'))).toBe(true);
});

test('what differs only beyond the limit differs in its digest', async () => {
  const transport = await createLocalConnect()(scriptedPrompts(), never);
  const digest = async (line: string) => {
    const options = { root: false, password: null, deadlineMs: 10_000, maxBytes: 4, signal: never, now: () => 0 };
    return (await runOnHost(transport, { ...options, line })).digests.join();
  };
  const [one, again, other] = [await digest('echo 12345'), await digest('echo 12345'), await digest('echo 12346')];
  expect([one === again, one === other]).toEqual([true, false]);
});

test('a cut link is told, and ends the command on the host', async () => {
  const host = await forThisTest(startSshd());
  const proxy = await forThisTest(startTcpProxy(host));
  const target = sshTarget({ ...host, port: proxy.port });
  const transport = await createSshConnect(routeTo(target), optionsIn(temporaryDirectory()))(scriptedPrompts(), never);
  const seconds = uniqueSleep();
  const running = run(transport, `sleep ${seconds}`);
  await vi.waitFor(() => expect(processesWith(`sleep ${seconds}`)).not.toEqual([]), 5000);
  proxy.cut();
  expect((await running).fault).toMatchObject({ code: 'disconnected', step: 'command' });
  await vi.waitFor(() => expect(processesWith(seconds)).toEqual([]), 6000);
});

test('a daemon that a command leaves behind lives on', async () => {
  const transport = await overSsh();
  const seconds = uniqueSleep();
  expect(await run(transport, `sleep ${seconds} >/dev/null 2>&1 & echo $!`)).toMatchObject({ exit: 0, fault: null });
  const [left] = processesWith(`sleep ${seconds}`);
  expect(left?.line).toBe(`sleep ${seconds}`);
  await run(transport, `pkill -f 'sleep ${seconds}'`);
});

test('beside the collectors too where a host allows one channel for each connection', async () => {
  const transport = await overSsh('MaxSessions 1');
  const collecting = await transport.start(never);
  expect((await run(transport, 'echo on')).stdout).toBe('on\n');
  collecting.close();
});
