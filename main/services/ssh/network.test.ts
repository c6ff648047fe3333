import { beforeAll, expect, test } from 'vitest';
import { faultOf, forThisTest, scriptedPrompts, sshTarget, temporaryDirectory } from '../../../e2e/lab/connecting.ts';
import { makeNetwork, whyNoNetwork } from '../../../e2e/lab/network.ts';
import { startSshd } from '../../../e2e/lab/sshd.ts';
import { createSshConnect } from './connect.ts';
import { optionsIn, routeTo } from './lab-fixture.ts';
import type { SshLimits } from './limits.ts';

/** Faults that only a network of its own can have: cables, routes and packets that get lost. */
const hindrance = whyNoNetwork();
const never = new AbortController().signal;
const limits = { deadlineMs: 20_000, maxBytes: 1 << 20, signal: never };

beforeAll(() => {
  if (hindrance !== null) process.stderr.write(`Cables and routes are not tested: ${hindrance}.\n`);
});

async function distantHost() {
  const network = await forThisTest(Promise.resolve(makeNetwork()));
  const host = await forThisTest(startSshd({ network }));
  const connect = (ssh: Partial<SshLimits> = {}) =>
    createSshConnect(routeTo(sshTarget(host, { address: host.address })), {
      ...optionsIn(temporaryDirectory()),
      limits: ssh,
    })(scriptedPrompts(), never);
  return { network, host, connect };
}

test.skipIf(hindrance !== null)('a cable that is out is noticed, and the host found again once it is in', async () => {
  const { network, connect } = await distantHost();
  const transport = await connect({ keepaliveMs: 200, aliveMs: 400 });
  const closed = new Promise<void>((resolve) => transport.onClose(resolve));
  network.plug(false);
  await closed;
  network.plug(true);
  const again = await connect();
  expect((await again.run('echo back', limits)).exit).toBe(0);
  again.close();
});

test.skipIf(hindrance !== null)(
  'after a sleep a link that is dead is not waited for: it is asked for life',
  async () => {
    const { network, connect } = await distantHost();
    const transport = await connect({ keepaliveMs: 60_000 });
    const closed = new Promise<void>((resolve) => transport.onClose(resolve));
    transport.probe?.(10_000);
    expect((await transport.run('echo alive', limits)).exit).toBe(0);
    network.plug(false);
    transport.probe?.(200);
    await closed;
  },
);

test.skipIf(hindrance !== null)('packets that are dropped, and a host that is not in its network', async () => {
  const { network, host, connect } = await distantHost();
  network.swallow(true);
  expect(await faultOf(connect({ tcpMs: 500 }))).toEqual({
    code: 'timeout',
    step: 'tcp',
    message: `${host.address} port ${host.port} did not answer within 0.5 s: is the host on, and does a firewall drop the connection?`,
  });
  network.swallow(false);
  network.plug(false);
  expect(await faultOf(connect({ tcpMs: 10_000 }))).toEqual({
    code: 'unreachable',
    step: 'tcp',
    message: `There is no route to ${host.address} port ${host.port}: check the network, a VPN, or the address.`,
  });
});
