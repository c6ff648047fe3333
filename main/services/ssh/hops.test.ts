import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { startAgent } from '../../../e2e/lab/agent.ts';
import {
  faultOf,
  forThisTest,
  type ScriptedPrompts,
  scriptedPrompts,
  sshTarget,
  temporaryDirectory,
} from '../../../e2e/lab/connecting.ts';
import { startFakeHost } from '../../../e2e/lab/fake-host.ts';
import { freePort } from '../../../e2e/lab/free-port.ts';
import { makeKey } from '../../../e2e/lab/keys.ts';
import { type SshdOptions, startSshd } from '../../../e2e/lab/sshd.ts';
import { below } from '../../../e2e/lab/stopping.ts';
import type { Transport } from '../../domain/collect/transport.ts';
import type { SshSettings } from '../../domain/ssh/settings.ts';
import { createSshConnect, type SshOptions } from './connect.ts';
import { optionsIn, settingsTo } from './lab-fixture.ts';
import { passwordName } from './password-name.ts';

const never = new AbortController().signal;
const limits = { deadlineMs: 10_000, maxBytes: 1000, signal: never };

type Reachable = { port: number; identityFile?: string };

/** A hop as a configuration would name it. */
const hop = (alias: string, host: Reachable, more: Partial<SshSettings> = {}) =>
  settingsTo(sshTarget(host), { alias, hostName: '127.0.0.1', ...more });

const sshd = (options: SshdOptions = {}) => forThisTest(startSshd(options));

async function connect(hops: SshSettings[], prompts = scriptedPrompts(), options = optionsIn(temporaryDirectory())) {
  const transport = await createSshConnect({ hops }, options)(prompts, never);
  return forThisTest(Promise.resolve({ ...transport, stop: () => close(transport, options) }));
}

function close(transport: Transport, options: SshOptions): void {
  transport.close();
  options.hops.closeIdle();
}

const said = async (transport: Transport, line: string) =>
  Buffer.from((await transport.run(line, limits)).stdout).toString();

/** Steps as they were told, with the hop in front. */
function withHops(prompts: ScriptedPrompts): string[] {
  return prompts.steps.filter((step, index, all) => step !== all[index - 1]);
}

test('through three hosts, each with keys of its own, and every step is told with its hop', async () => {
  const hosts = await Promise.all([sshd(), sshd(), sshd(), sshd()]);
  const hops = hosts.map((host, index) => hop(['one', 'two', 'three', 'host'][index] as string, host));
  const prompts = scriptedPrompts();
  const transport = await connect(hops, prompts);
  expect(await said(transport, 'echo hello')).toBe('hello\n');
  expect(transport.by).toMatch(/^ssh2 with .* crypto, through one, two and three$/);
  const inner = (name: string) => ['key exchange', 'host key', 'authentication'].map((step) => `${name}: ${step}`);
  expect(withHops(prompts)).toEqual([
    'three: tcp',
    'two: tcp',
    'one: tcp',
    'one: dns',
    'one: tcp',
    ...inner('one'),
    'two: tcp',
    ...inner('two'),
    'three: tcp',
    ...inner('three'),
    'tcp',
    'key exchange',
    'host key',
    'authentication',
  ]);
});

test('hosts behind one jump host share its connection, and its code from a token is asked for once', async () => {
  const code = {
    instruction: 'Duo two-factor login\n 1. Push\n 2. Code',
    prompts: [{ prompt: 'Option: ', echo: true, answer: '1' }],
  };
  const bastion = await forThisTest(
    startFakeHost({ forwards: true, rounds: [{ prompts: [{ prompt: 'Password: ', answer: 'right' }] }, code] }),
  );
  const [a, b] = await Promise.all([sshd(), sshd()]);
  const options = optionsIn(temporaryDirectory());
  const prompts = scriptedPrompts(['right', '1']);
  const transports = await Promise.all(
    [a, b].map((host) => connect([hop('bastion', bastion), hop('host', host)], prompts, options)),
  );
  expect(await Promise.all(transports.map((transport) => said(transport, 'echo in')))).toEqual(['in\n', 'in\n']);
  expect(await bastion.attempts()).toEqual(['keyboard-interactive']);
  expect(prompts.asked.filter(({ kind }) => kind !== 'host_key')).toEqual([
    { kind: 'secret', secret: 'password', prompt: 'Password of root on 127.0.0.1', again: false, remembered: false },
    {
      kind: 'prompts',
      from: 'root@127.0.0.1',
      instruction: code.instruction,
      prompts: [{ text: 'Option: ', echo: true }],
    },
  ]);
});

test('a key, and then a code: two factors on a hop, by the agent', async () => {
  const host = await sshd();
  const agent = await forThisTest(startAgent([host.identityFile]));
  const bastion = await forThisTest(
    startFakeHost({
      forwards: true,
      publicKey: 'any',
      before: 'publickey',
      rounds: [{ prompts: [{ prompt: 'Verification code: ', answer: '123456' }] }],
    }),
  );
  const hops = [{ port: bastion.port }, { port: host.port }].map((where, index) =>
    hop(index === 0 ? 'bastion' : 'host', where, { identityAgent: agent.socket }),
  );
  const transport = await connect(hops, scriptedPrompts(['123456']));
  expect(await said(transport, 'echo in')).toBe('in\n');
});

test('a fault on the way names its hop; behind it, what it could not reach', async () => {
  const [bastion, host] = await Promise.all([sshd(), sshd()]);
  const closed = await freePort();
  const stranger = makeKey(host.directory, 'id_stranger').file;
  const strange = { port: bastion.port, identityFile: stranger };
  const mute = await sshd({ config: ['AllowTcpForwarding no'] });
  const faults = await Promise.all(
    [
      [hop('bastion', { port: closed }), hop('host', host)],
      [hop('bastion', strange), hop('host', host)],
      [hop('bastion', bastion), hop('host', { port: closed })],
      [hop('bastion', mute), hop('host', host)],
      [hop('bastion', bastion), hop('host', { port: host.port, identityFile: stranger })],
    ].map((hops) => faultOf(connect(hops))),
  );
  const at = { hop: 'bastion' };
  expect(faults).toEqual([
    {
      ...at,
      code: 'unreachable',
      step: 'tcp',
      message: `On the way, at bastion: 127.0.0.1 port ${closed} refuses the connection: is sshd running there, and on this port?`,
    },
    {
      ...at,
      code: 'auth_failed',
      step: 'authentication',
      message:
        'On the way, at bastion: 127.0.0.1 does not let root in with the key id_stranger; it accepts: publickey.',
    },
    {
      ...at,
      code: 'unreachable',
      step: 'tcp',
      message: `127.0.0.1 cannot reach 127.0.0.1 port ${closed} and says “Connection refused”.`,
    },
    {
      ...at,
      code: 'not_permitted',
      step: 'tcp',
      message: `127.0.0.1 does not forward connections for root (AllowTcpForwarding, PermitOpen): 127.0.0.1 port ${host.port} cannot be reached through it.`,
    },
    {
      code: 'auth_failed',
      step: 'authentication',
      message: '127.0.0.1 does not let root in with the key id_stranger; it accepts: publickey.',
    },
  ]);
});

test('a changed key of a hop blocks the way', async () => {
  const [bastion, host] = await Promise.all([sshd(), sshd()]);
  const file = join(temporaryDirectory(), 'known_hosts');
  writeFileSync(file, `[127.0.0.1]:${bastion.port} ${makeKey(bastion.directory, 'other').publicKey}\n`);
  const fault = await faultOf(connect([hop('bastion', bastion, { userKnownHostsFiles: [file] }), hop('host', host)]));
  expect(fault).toMatchObject({ code: 'host_key_changed', step: 'host key', hop: 'bastion' });
});

test('a hop that dies takes with it what went through it, and is opened anew', async () => {
  const [bastion, a, b] = await Promise.all([sshd(), sshd(), sshd()]);
  const options = optionsIn(temporaryDirectory());
  const to = (host: Reachable) => connect([hop('bastion', bastion), hop('host', host)], scriptedPrompts(), options);
  const transports = [await to(a), await to(b)];
  const closed = transports.map((transport) => new Promise<void>((resolve) => transport.onClose(resolve)));
  // The listener stays; what it forked for the one session dies.
  for (const pid of below(bastion.pid)) process.kill(pid, 'SIGKILL');
  await Promise.all(closed);
  expect(await said(await to(a), 'echo again')).toBe('again\n');
});

test('a hop is let go of with the last that goes through it', async () => {
  const [bastion, host] = await Promise.all([sshd(), sshd()]);
  const options = optionsIn(temporaryDirectory());
  const transport = await createSshConnect({ hops: [hop('bastion', bastion), hop('host', host)] }, options)(
    scriptedPrompts(),
    never,
  );
  options.hops.closeIdle();
  expect(await said(transport, 'echo still')).toBe('still\n');
  const closed = new Promise<void>((resolve) => transport.onClose(resolve));
  transport.close();
  await closed;
  options.hops.closeIdle();
  await vi.waitFor(() => expect(below(bastion.pid)).toEqual([]), 5000);
});

test('whoever opens a hop and gives up leaves it to the next', async () => {
  const bastion = await forThisTest(startFakeHost({ forwards: true, password: 'right' }));
  const host = await sshd();
  const options = optionsIn(temporaryDirectory());
  const hops = [hop('bastion', bastion), hop('host', host)];
  const abort = new AbortController();
  const asked = Promise.withResolvers<void>();
  const first = {
    ...scriptedPrompts(),
    ask: (question: { kind: string }) =>
      new Promise<never>((resolve) => {
        if (question.kind === 'host_key') (resolve as (answer: unknown) => void)({ kind: 'host_key', trust: true });
        else asked.resolve();
      }),
  };
  const givenUp = faultOf(createSshConnect({ hops }, options)(first, abort.signal));
  await asked.promise;
  const second = connect(hops, scriptedPrompts(['right']), options);
  abort.abort();
  expect(await givenUp).toMatchObject({ code: 'cancelled' });
  expect(await said(await second, 'echo mine')).toBe('mine\n');
});

const tunnel = (port: number) =>
  `${process.execPath} -e 'const s = require("net").connect(${port}, "127.0.0.1"); process.stdin.pipe(s).pipe(process.stdout)'`;

test('by a ProxyCommand, which ends with the connection', async () => {
  const host = await sshd();
  const proxy = { kind: 'command', line: tunnel(host.port) } as const;
  const transport = await connect([hop('host', { port: 1, identityFile: host.identityFile }, { proxy })]);
  expect(await said(transport, 'echo through')).toBe('through\n');
  expect(below(process.pid).length).toBeGreaterThan(0);
  const closed = new Promise<void>((resolve) => transport.onClose(resolve));
  transport.close();
  await closed;
  await vi.waitFor(() => expect(below(host.pid)).toEqual([]), 5000);
});

test('a ProxyCommand that fails is quoted', async () => {
  const proxy = { kind: 'command', line: "sh -c 'echo no such tunnel >&2; exit 3'" } as const;
  expect(await faultOf(connect([hop('vault', { port: 22 }, { proxy })]))).toEqual({
    code: 'unreachable',
    step: 'tcp',
    message:
      'The ProxyCommand of vault ended before 127.0.0.1 port 22 said anything: try it in a terminal. The ProxyCommand said “no such tunnel”.',
  });
});

test('an alias that checks keys does not ride on a connection of one that does not', async () => {
  const [bastion, host] = await Promise.all([sshd(), sshd()]);
  const options = optionsIn(temporaryDirectory());
  const lax = await connect(
    [hop('lax', bastion, { strictHostKeyChecking: 'off' }), hop('host', host)],
    scriptedPrompts(),
    options,
  );
  expect(lax.by).toContain('beware: lax: its key is unknown');
  const fault = await faultOf(
    connect([hop('strict', bastion, { strictHostKeyChecking: 'yes' }), hop('host', host)], scriptedPrompts(), options),
  );
  expect(fault).toMatchObject({ code: 'host_key_unknown', hop: 'strict' });
});

test('what a jump host refuses to one it is not asked again for the others, until somebody wants it tried', async () => {
  const bastion = await forThisTest(startFakeHost({ forwards: true, password: 'right' }));
  const options = optionsIn(temporaryDirectory());
  const route = [hop('bastion', bastion), hop('host', { port: 1 })];
  const prompts = scriptedPrompts([null, null]);
  const first = await faultOf(connect(route, prompts, options));
  expect(await faultOf(connect(route, prompts, options))).toEqual(first);
  expect(prompts.asked.map(({ kind }) => kind)).toEqual(['host_key', 'secret']);
  options.hops.forgetRefusals();
  await faultOf(connect(route, prompts, options));
  expect(prompts.asked.map(({ kind }) => kind)).toEqual(['host_key', 'secret', 'secret']);
});

test('a password belongs to the way as well: the same address behind another jump host is another host', () => {
  const [a, b, host] = [hop('a', { port: 1 }), hop('b', { port: 2 }), hop('host', { port: 3 })];
  expect([passwordName(host), passwordName(host, [a]), passwordName(host, [b])]).toEqual([
    'password root@127.0.0.1:3',
    'password root@127.0.0.1:3 through a',
    'password root@127.0.0.1:3 through b',
  ]);
});

test('a ProxyCommand whose shell is not there ends in a fault, and one that dies takes the link with it', async () => {
  const host = await sshd();
  const proxy = { kind: 'command', line: tunnel(host.port) } as const;
  const through = hop('host', { port: 1, identityFile: host.identityFile }, { proxy });
  const shell = process.env.SHELL;
  process.env.SHELL = '/nowhere/sh';
  try {
    expect(await faultOf(connect([through]))).toMatchObject({ code: 'unreachable', step: 'tcp' });
  } finally {
    process.env.SHELL = shell ?? '';
  }
  const before = new Set(below(process.pid));
  const transport = await connect([through]);
  const closed = new Promise<void>((resolve) => transport.onClose(resolve));
  for (const pid of below(process.pid)) {
    if (!before.has(pid) && commandOf(pid).includes('process.stdin.pipe')) process.kill(pid, 'SIGKILL');
  }
  await closed;
});

/** Empty for one that has ended meanwhile. */
function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'latin1');
  } catch {
    return '';
  }
}
