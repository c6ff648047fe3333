import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Sshd, startSshd } from '../e2e/lab/sshd.ts';
import { startTcpProxy } from '../e2e/lab/tcp-proxy.ts';
import { consoleContract } from '../main/contract/console.ts';
import type { Connection, Host, SshTarget } from '../main/contract/hosts.ts';
import { createClient } from '../main/contract/rpc/client.ts';
import { openConsole } from '../main/services/console.ts';
import type { Report } from './report.ts';

const outagesSeconds = [5, 20, 60];

/**
 * How long a host takes to be live again once its link is back: the whole console, a real sshd behind a proxy that cuts
 * all connections and refuses new ones meanwhile, or that lets nothing through.
 */
export async function reconnectBench(report: Report): Promise<void> {
  const sshd = await startSshd();
  try {
    const worst = { cut: 0, stalled: 0 };
    for (const seconds of outagesSeconds) {
      worst.cut = Math.max(worst.cut, await backAfter(sshd, seconds, 'cut'));
      worst.stalled = Math.max(worst.stalled, await backAfter(sshd, seconds, 'stalled'));
    }
    const figure = { bench: 'reconnect', unit: 's', rival: null };
    report({ ...figure, figure: 'live again after a link was cut and refused', value: worst.cut, bar: 5 });
    report({ ...figure, figure: 'live again after a link let nothing through', value: worst.stalled, bar: 5 });
  } finally {
    await sshd.stop();
  }
}

async function backAfter(sshd: Sshd, seconds: number, how: 'cut' | 'stalled'): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'rackside-bench-'));
  let proxy = await startTcpProxy(sshd);
  const { port } = proxy;
  const access = await openConsole({ dataFolder: folder, version: '0.0.0-bench' });
  const client = createClient(consoleContract, access.connect());
  try {
    const { user, identityFile } = sshd;
    const target: SshTarget = {
      transport: 'ssh',
      address: '127.0.0.1',
      port,
      user,
      identityFiles: [identityFile],
      agent: false,
    };
    const host = await client['hosts.add']({ name: 'behind a proxy', target });
    const state = () => connectionOf(client, host);
    await until(async () => {
      const connection = await state();
      if (connection.state === 'asking') {
        const answer = { kind: 'host_key', trust: true } as const;
        await client['hosts.answer']({ hostId: host.id, questionId: connection.question.id, answer });
      }
      return connection.state === 'live';
    });
    if (how === 'cut') {
      proxy.cut();
      await proxy.stop();
    } else proxy.stall();
    await sleep(seconds * 1000);
    if (how === 'cut') proxy = await startTcpProxy(sshd, 0, port);
    else proxy.resume();
    const back = performance.now();
    await until(async () => (await state()).state === 'live');
    return (performance.now() - back) / 1000;
  } finally {
    await access.close();
    await proxy.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function connectionOf(
  client: ReturnType<typeof createClient<typeof consoleContract>>,
  { id }: Host,
): Promise<Connection> {
  const { hosts } = await client['fleet.list']({});
  return hosts.find(({ host }) => host.id === id)?.connection as Connection;
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await sleep(50);
}
