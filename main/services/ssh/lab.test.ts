import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { forThisTest, scriptedPrompts, sshTarget, temporaryDirectory } from '../../../e2e/lab/connecting.ts';
import { startFakeHost } from '../../../e2e/lab/fake-host.ts';
import { startSshd } from '../../../e2e/lab/sshd.ts';
import { below } from '../../../e2e/lab/stopping.ts';
import { startTcpProxy } from '../../../e2e/lab/tcp-proxy.ts';
import { createSshConnect } from './connect.ts';
import { optionsIn, routeTo } from './lab-fixture.ts';

const never = new AbortController().signal;
const limits = { deadlineMs: 10_000, maxBytes: 1000, signal: never };

async function connectTo(host: { port: number; identityFile?: string }) {
  const connect = createSshConnect(routeTo(sshTarget(host)), optionsIn(temporaryDirectory()));
  return connect(scriptedPrompts(), never);
}

async function output(host: { port: number; identityFile?: string }, line: string): Promise<string> {
  const transport = await connectTo(host);
  const result = await transport.run(line, limits);
  transport.close();
  return Buffer.from(result.stdout).toString();
}

test('one process is many hosts, and a module of ours answers in their place', async () => {
  const module = join(temporaryDirectory(), 'serve.mjs');
  writeFileSync(
    module,
    `export function serve(channel, { user, command, port }) {
       channel.once('data', (script) => {
         channel.write(/(rack) (side-[0-9a-f-]+)/.exec(script.toString()).slice(1).join('') + '\\n');
         channel.write(user + ' ' + command + ' ' + port + '\\n');
         channel.exit(0);
         channel.end();
       });
     }`,
  );
  const many = await forThisTest(startFakeHost({ none: true, ports: 3, module }));
  const said = await Promise.all(many.ports.map((port) => output({ port }, 'true')));
  expect(said).toEqual(many.ports.map((port) => `root exec sh ${port}\n`));
});

test('stand-in programs come first in the PATH', async () => {
  const path = temporaryDirectory();
  writeFileSync(join(path, 'zpool'), '#!/bin/sh\necho played "$@"\n', { mode: 0o755 });
  const host = await forThisTest(startSshd({ path }));
  expect(await output(host, 'zpool list')).toBe('played list\n');
});

test('a stopped sshd leaves nothing: no sessions, no files', async () => {
  const host = await startSshd();
  const transport = await connectTo(host);
  const channel = await transport.start(never);
  const closed = new Promise((resolve) => channel.onClose(resolve));
  const sessions = below(host.pid);
  expect(sessions.length).toBeGreaterThan(1);
  await host.stop();
  await closed;
  await vi.waitFor(() => expect(sessions.filter((pid) => existsSync(`/proc/${pid}/exe`))).toEqual([]));
  expect(existsSync(host.directory)).toBe(false);
});

test('a proxy is as late as it is told to be, and catches up after a stall', async () => {
  const host = await forThisTest(startSshd());
  const proxy = await forThisTest(startTcpProxy(host, 5));
  expect(await output({ ...host, port: proxy.port }, 'echo late')).toBe('late\n');
  const transport = await connectTo({ ...host, port: proxy.port });
  proxy.stall();
  const running = transport.run('echo again', limits);
  proxy.resume();
  expect(Buffer.from((await running).stdout).toString()).toBe('again\n');
  transport.close();
});
