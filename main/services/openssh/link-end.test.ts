import { once } from 'node:events';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { expect, onTestFinished, test, vi } from 'vitest';
import { faultOf, forThisTest, scriptedPrompts, sshTarget, temporaryDirectory } from '../../../e2e/lab/connecting.ts';
import { freePort } from '../../../e2e/lab/free-port.ts';
import { processesWith } from '../../../e2e/lab/processes-with.ts';
import { startSshd } from '../../../e2e/lab/sshd.ts';
import { startMortal } from '../../../e2e/lab/stopping.ts';
import { startTcpProxy } from '../../../e2e/lab/tcp-proxy.ts';
import type { Transport } from '../../domain/collect/transport.ts';
import { opensshOptions } from '../console/reach.ts';
import { createSecretKeeper } from '../ssh/secret-keeper.ts';
import { createOpensshConnect } from './connect.ts';
import { settingsIn, wantedOf } from './lab-fixture.ts';

const never = new AbortController().signal;

/** A connection that is closed with the test. */
async function connectTo(
  host: { port: number; identityFile?: string },
  { prompts = scriptedPrompts(), signal = never } = {},
): Promise<Transport> {
  const home = temporaryDirectory();
  const target = sshTarget(host);
  const needs = { home, knownHostsFile: join(home, 'known_hosts'), secrets: createSecretKeeper(), now: () => 0 };
  const route = { hops: [settingsIn(home, target)] };
  const connect = createOpensshConnect(wantedOf(target), route, { ...opensshOptions(needs), reason: null });
  const transport = await connect(prompts, signal);
  onTestFinished(() => transport.close());
  return transport;
}

test('closed, given up, or refused: no process is left, and no folder', async () => {
  const host = await forThisTest(startSshd());
  const mark = `-p ${host.port} `;
  const transport = await connectTo(host);
  await transport.start(never);
  expect(processesWith(mark)).not.toEqual([]);
  transport.close();
  await vi.waitFor(() => expect(processesWith(mark)).toEqual([]), 5000);

  const abort = new AbortController();
  const asking = { ...scriptedPrompts(), ask: () => new Promise<never>(() => abort.abort()) };
  expect(await faultOf(connectTo(host, { prompts: asking, signal: abort.signal }))).toMatchObject({
    code: 'cancelled',
  });
  await vi.waitFor(() => expect(processesWith(mark)).toEqual([]), 5000);
});

const trusting = `async () => ({ kind: 'host_key', trust: true })`;
const running = `
  const channel = await transport.start(new AbortController().signal);
  channel.onData(() => console.log('running'));
  channel.write('echo; exec sleep 600\\n');`;

/** A console of its own that connects to a host, with its runtime folders in a directory; then it does something. */
function startConsole(host: { port: number; identityFile?: string }, runtime: string, answer: string, then: string) {
  const directory = temporaryDirectory();
  const file = join(directory, 'console.ts');
  writeFileSync(
    file,
    `import { createOpensshConnect } from ${JSON.stringify(new URL('./connect.ts', import.meta.url).href)};
     import { opensshOptions } from ${JSON.stringify(new URL('../console/reach.ts', import.meta.url).href)};
     import { createSecretKeeper } from ${JSON.stringify(new URL('../ssh/secret-keeper.ts', import.meta.url).href)};
     import { settingsIn, wantedOf } from ${JSON.stringify(new URL('./lab-fixture.ts', import.meta.url).href)};
     const target = ${JSON.stringify(sshTarget(host))};
     const directory = ${JSON.stringify(directory)};
     const options = opensshOptions({ home: directory, knownHostsFile: directory + '/k', secrets: createSecretKeeper(), now: () => 0 });
     const connect = createOpensshConnect(wantedOf(target), { hops: [settingsIn(directory, target)] }, { ...options, reason: null });
     const connecting = connect({ onStep() {}, ask: ${answer} }, new AbortController().signal);
     connecting.catch(() => process.exit(0));
     const transport = await connecting;
     ${then}`,
  );
  const env = { ...process.env, XDG_RUNTIME_DIR: runtime };
  return startMortal(process.execPath, [file], { env, stdio: ['ignore', 'pipe', 'inherit'] });
}

test('a console that is killed leaves no process and no folder, also while it asks', async () => {
  const host = await forThisTest(startSshd());
  const runtime = temporaryDirectory();
  const mark = `-p ${host.port} `;
  for (const answer of [`async () => { console.log('asked'); return new Promise(() => {}); }`, trusting]) {
    const child = startConsole(host, runtime, answer, running);
    await once(child.stdout as Readable, 'data');
    expect(processesWith(mark)).not.toEqual([]);
    expect(readdirSync(runtime)).toHaveLength(1);
    const gone = once(child, 'exit');
    // The process itself, not what it started: as the system would.
    process.kill(child.pid as number, 'SIGKILL');
    await gone;
    await vi.waitFor(() => expect([processesWith(mark), readdirSync(runtime)]).toEqual([[], []]), 5000);
  }
});

test('a console that ends just after its connection leaves no process and no folder', async () => {
  const host = await forThisTest(startSshd());
  const runtime = temporaryDirectory();
  const closing = startConsole(host, runtime, trusting, 'transport.close(); process.exit(0);');
  await once(closing, 'exit');
  const left = () => [processesWith(`-p ${host.port} `), readdirSync(runtime)];
  await vi.waitFor(() => expect(left()).toEqual([[], []]), 5000);
  await once(startConsole({ port: await freePort() }, runtime, trusting, ''), 'exit');
  expect(readdirSync(runtime)).toEqual([]);
});

test('a link whose ssh is killed leaves no folder', async () => {
  const host = await forThisTest(startSshd());
  const runtime = temporaryDirectory();
  vi.stubEnv('XDG_RUNTIME_DIR', runtime);
  onTestFinished(() => void vi.unstubAllEnvs());
  const transport = await connectTo(host);
  const lost = new Promise<void>((resolve) => transport.onClose(resolve));
  for (const { pid, line } of processesWith(`${runtime}/`)) {
    if (!/^\/bin\/sh/.test(line)) process.kill(pid, 'SIGKILL');
  }
  await lost;
  await vi.waitFor(() => expect(readdirSync(runtime)).toEqual([]), 5000);
});

test('a sign of life: a host with no channel to spare has given one, and nobody is asked; a link that is stalled ends', async () => {
  const host = await forThisTest(startSshd({ config: ['MaxSessions 1'], key: { passphrase: 'correct horse' } }));
  const proxy = await forThisTest(startTcpProxy(host));
  const prompts = scriptedPrompts(['correct horse']);
  const transport = await connectTo({ ...host, port: proxy.port }, { prompts });
  const channel = await transport.start(never);
  const asked = prompts.asked.length;
  let closed = false;
  const lost = new Promise<void>((resolve) => transport.onClose(resolve)).then(() => {
    closed = true;
  });
  transport.probe?.(5000);
  const probes = () => processesWith(`exec true`);
  await vi.waitFor(() => expect(probes()).not.toEqual([]), 5000);
  await vi.waitFor(() => expect(probes()).toEqual([]), 5000);
  expect([closed, prompts.asked.length]).toEqual([false, asked]);
  proxy.stall();
  transport.probe?.(300);
  await lost;
  channel.close();
});
