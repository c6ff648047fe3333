import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { Socket } from 'node:net';
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
import { startRawHost } from '../../../e2e/lab/raw-host.ts';
import { startSshd } from '../../../e2e/lab/sshd.ts';
import type { Answer, SshTarget } from '../../contract/hosts.ts';
import type { QuestionDraft } from '../../domain/collect/transport.ts';
import { createSshConnect, type SshOptions } from './connect.ts';
import { optionsIn, routeTo } from './lab-fixture.ts';

interface TestOptions extends SshOptions {
  readonly systemKnownHostsFile: string;
  readonly agentSocket: string | null;
}

function sshOptions(more: Partial<TestOptions> = {}): TestOptions {
  const directory = temporaryDirectory();
  return {
    ...optionsIn(join(directory, 'data')),
    systemKnownHostsFile: join(directory, 'ssh_known_hosts'),
    agentSocket: null,
    ...more,
  };
}

const never = new AbortController().signal;

function connecting(target: SshTarget, options: TestOptions) {
  const { agentSocket, systemKnownHostsFile } = options;
  const identityAgent = target.agent ? agentSocket : null;
  return createSshConnect(routeTo(target, { identityAgent, globalKnownHostsFiles: [systemKnownHostsFile] }), options);
}

async function connect(target: SshTarget, prompts: ScriptedPrompts = scriptedPrompts(), options = sshOptions()) {
  const transport = await connecting(target, options)(prompts, never);
  const result = await transport.run('echo hello', { deadlineMs: 5000, maxBytes: 100, signal: never });
  transport.close();
  return Buffer.from(result.stdout).toString();
}

test('a key file and an unknown host: the steps in order, the fingerprint asked, the key kept in our own file', async () => {
  const setNoDelay = vi.spyOn(Socket.prototype, 'setNoDelay');
  const host = await forThisTest(startSshd());
  const options = sshOptions();
  const prompts = scriptedPrompts();
  expect(await connect(sshTarget(host), prompts, options)).toBe('hello\n');
  const name = `[127.0.0.1]:${host.port}`;
  expect({ steps: prompts.steps, asked: prompts.asked }).toEqual({
    steps: ['dns', 'tcp', 'key exchange', 'host key', 'authentication'],
    asked: [{ kind: 'host_key', keyType: 'ssh-ed25519', fingerprint: host.hostKeyFingerprint, name }],
  });
  expect(readFileSync(options.knownHostsFile, 'utf8')).toBe(`${name} ${host.hostKey.publicKey}\n`);
  expect(statSync(options.knownHostsFile).mode & 0o777).toBe(0o600);
  // Nobody else turns Nagle's delay off: ssh2 leaves it on.
  expect(setNoDelay.mock.calls).toEqual([[true]]);
  setNoDelay.mockRestore();

  const second = scriptedPrompts();
  await connect(sshTarget(host), second, options);
  expect(second.asked).toEqual([]);
});

test('a declined key sends nothing', async () => {
  const host = await forThisTest(startSshd());
  expect(await faultOf(connect(sshTarget(host), scriptedPrompts([], false)))).toEqual({
    code: 'host_key_unknown',
    step: 'host key',
    message: `The key of [127.0.0.1]:${host.port} (${host.hostKeyFingerprint}) was not trusted, so nothing was sent.`,
  });
});

test('a changed key names file, line, both fingerprints and the way out; a revoked one its reason', async () => {
  const host = await forThisTest(startSshd());
  const options = sshOptions();
  const name = `[127.0.0.1]:${host.port}`;
  const other = makeKey(host.directory, 'other');
  const file = options.systemKnownHostsFile;
  writeFileSync(file, `# comment\n\n${name} ${other.publicKey}\n`);
  const prompts = scriptedPrompts();
  expect(await faultOf(connect(sshTarget(host), prompts, options))).toEqual({
    code: 'host_key_changed',
    step: 'host key',
    message:
      `The key of ${name} has changed: ${file} line 3 has ssh-ed25519 ${other.fingerprint}, the host shows ssh-ed25519 ` +
      `${host.hostKeyFingerprint}. Somebody may be in between; if the host was set up anew, run: ssh-keygen -R '${name}' -f '${file}'`,
  });
  writeFileSync(file, `@revoked * ${host.hostKey.publicKey}\n`);
  expect(await faultOf(connect(sshTarget(host), prompts, options))).toEqual({
    code: 'host_key_changed',
    step: 'host key',
    message: `The key of ${name} is revoked: ${file} line 1 says that ssh-ed25519 ${host.hostKeyFingerprint} must not be trusted any more.`,
  });
  expect(prompts.asked).toEqual([]);
});

test('the type of key that is known is negotiated, not the best one', async () => {
  const host = await forThisTest(startSshd({ hostKeys: ['ecdsa', 'ed25519'] }));
  const options = sshOptions();
  writeFileSync(options.systemKnownHostsFile, `[127.0.0.1]:${host.port} ${host.hostKey.publicKey}\n`);
  const prompts = scriptedPrompts();
  expect(await connect(sshTarget(host), prompts, options)).toBe('hello\n');
  expect(prompts.asked).toEqual([]);
});

test('a name that nobody knows, a port that refuses', async () => {
  const prompts = scriptedPrompts();
  expect(await faultOf(connect(sshTarget({ port: 22 }, { address: 'nobody.invalid' }), prompts))).toMatchObject({
    code: 'unreachable',
    step: 'dns',
    message: expect.stringMatching(
      /^(The name “nobody.invalid” is not known|No name server answered for “nobody.invalid”)/,
    ),
  });
  expect(prompts.steps).toEqual(['dns']);
  const port = await freePort();
  expect(await faultOf(connect(sshTarget({ port })))).toEqual({
    code: 'unreachable',
    step: 'tcp',
    message: `127.0.0.1 port ${port} refuses the connection: is sshd running there, and on this port?`,
  });
});

test('what listens but is no ssh server', async () => {
  const limits = { keyExchangeMs: 300 };
  const mute = await forThisTest(startRawHost(null));
  expect(await faultOf(connect(sshTarget(mute), scriptedPrompts(), sshOptions({ limits })))).toEqual({
    code: 'timeout',
    step: 'key exchange',
    message: `127.0.0.1 port ${mute.port} accepted the connection but said nothing for 0.3 s: is it an ssh server, and is the host overloaded?`,
  });
  await vi.waitFor(() => expect(mute.open()).toBe(0));
  const greets = await forThisTest(startRawHost('Welcome!\r\nSSH-2.0-half\r\n'));
  expect(await faultOf(connect(sshTarget(greets), scriptedPrompts(), sshOptions({ limits })))).toEqual({
    code: 'timeout',
    step: 'key exchange',
    message: `127.0.0.1 port ${greets.port} stopped answering for 0.3 s during the key exchange.`,
  });
  const closes = await forThisTest(startRawHost(null, { hangUp: true }));
  expect(await faultOf(connect(sshTarget(closes)))).toEqual({
    code: 'disconnected',
    step: 'key exchange',
    message: `127.0.0.1 port ${closes.port} closed the connection before it named itself: too many sign-ins at once (MaxStartups), a ban, or a firewall.`,
  });
});

test('a host that allows only what ssh2 does not have', async () => {
  const host = await forThisTest(startSshd({ config: ['KexAlgorithms sntrup761x25519-sha512@openssh.com'] }));
  expect(await faultOf(connect(sshTarget(host)))).toEqual({
    code: 'unreachable',
    step: 'key exchange',
    message:
      '127.0.0.1 and Rackside have no key exchange algorithm in common: the host allows only ones that are too new or too old for it.',
  });
});

test('a key that the host does not know is refused once, and says what would be accepted', async () => {
  const host = await forThisTest(startSshd());
  const other = makeKey(host.directory, 'id_other', { passphrase: 'never asked for' });
  const prompts = scriptedPrompts();
  const target = sshTarget(host, { identityFiles: [other.file, join(host.directory, 'id_missing')] });
  expect(await faultOf(connect(target, prompts))).toEqual({
    code: 'auth_failed',
    step: 'authentication',
    message:
      `127.0.0.1 does not let root in with the key id_other; it accepts: publickey. ` +
      `${join(host.directory, 'id_missing')} does not exist.`,
  });
  expect(prompts.asked.map((question) => question.kind)).toEqual(['host_key']);
});

test.each(['RFC4716', 'PEM'] as const)(
  'a wrong passphrase is asked for again (%s format), and the right one kept',
  async (format) => {
    const host = await forThisTest(startSshd({ key: { type: 'ecdsa', passphrase: 'right', format } }));
    const options = sshOptions();
    const prompts = scriptedPrompts(['wrong', 'right']);
    expect(await connect(sshTarget(host), prompts, options)).toBe('hello\n');
    const question = { kind: 'secret', secret: 'passphrase', prompt: `Passphrase of the key ${host.identityFile}` };
    expect(prompts.asked.slice(1)).toEqual([
      { ...question, again: false, remembered: false },
      { ...question, again: true, remembered: false },
    ]);
    const second = scriptedPrompts();
    await connect(sshTarget(host), second, options);
    expect(second.asked).toEqual([]);
  },
);

test('a passphrase that stays wrong, or is not given, ends in a fault', async () => {
  const host = await forThisTest(startSshd({ key: { passphrase: 'right' } }));
  const prompts = scriptedPrompts(['a', 'b', 'c', 'right']);
  const message = (how: string) =>
    `127.0.0.1 does not let root in with the key id_lab; it accepts: publickey. The passphrase of ${host.identityFile} was ${how}.`;
  const fault = { code: 'auth_failed', step: 'authentication' };
  expect(await faultOf(connect(sshTarget(host), prompts))).toEqual({ ...fault, message: message('wrong') });
  expect(await faultOf(connect(sshTarget(host), scriptedPrompts([null])))).toEqual({
    ...fault,
    message: message('not given'),
  });
});

test('the ssh-agent comes first, and an encrypted file of the same key is not asked about', async () => {
  const host = await forThisTest(startSshd());
  const agent = await forThisTest(startAgent([host.identityFile]));
  const locked = makeKey(host.directory, 'id_locked', { passphrase: 'x' });
  const prompts = scriptedPrompts();
  const options = sshOptions({ agentSocket: agent.socket });
  const target = sshTarget(host, { identityFiles: [locked.file], agent: true });
  expect(await connect(target, prompts, options)).toBe('hello\n');
  expect(prompts.asked.map((question) => question.kind)).toEqual(['host_key']);
});

test('an agent that is not there is told of', async () => {
  const host = await forThisTest(startSshd());
  const options = sshOptions({ agentSocket: '/nowhere/agent' });
  expect(await faultOf(connect(sshTarget({ port: host.port }, { agent: true }), scriptedPrompts(), options))).toEqual({
    code: 'auth_failed',
    step: 'authentication',
    message:
      '127.0.0.1 does not let root in with what there is; it accepts: publickey. The ssh-agent at /nowhere/agent cannot be reached.',
  });
});

test.each([
  ['password', { password: 'right' }],
  ['keyboard-interactive', { keyboardInteractive: { prompt: 'Password: ', answer: 'right' } }],
])('%s is asked for, again when wrong, and kept for this session', async (method, allowed) => {
  const host = await forThisTest(startFakeHost(allowed));
  const options = sshOptions();
  const prompts = scriptedPrompts(['wrong', 'right']);
  expect(await connect(sshTarget(host), prompts, options)).toBe('hello\n');
  const question = { kind: 'secret', secret: 'password', prompt: 'Password of root on 127.0.0.1' };
  expect(prompts.asked.slice(1)).toEqual([
    { ...question, again: false, remembered: false },
    { ...question, again: true, remembered: false },
  ]);
  const second = scriptedPrompts();
  await connect(sshTarget(host), second, options);
  expect(second.asked).toEqual([]);
  expect(await host.attempts()).toEqual([method, method, method]);
});

test('a password that stays wrong is not tried for ever, and stands in no message', async () => {
  const host = await forThisTest(startFakeHost({ password: 'right' }));
  const fault = await faultOf(connect(sshTarget(host), scriptedPrompts(['hunter2', 'hunter2', 'hunter2', 'right'])));
  expect(fault).toEqual({
    code: 'auth_failed',
    step: 'authentication',
    message: '127.0.0.1 does not let root in with a password; it accepts: password.',
  });
  expect(await host.attempts()).toEqual(['password', 'password', 'password']);
});

test('an abort while the technician is asked closes the connection', async () => {
  const host = await forThisTest(startSshd());
  const abort = new AbortController();
  const prompts = { ...scriptedPrompts(), ask: () => new Promise<never>(() => abort.abort()) };
  expect(await faultOf(connecting(sshTarget(host), sshOptions())(prompts, abort.signal))).toEqual({
    code: 'cancelled',
    step: 'host key',
    message: 'Cancelled.',
  });
});

test('a host that hangs up while the technician is asked', async () => {
  const host = await forThisTest(startFakeHost({ password: 'right' }));
  const prompts = {
    ...scriptedPrompts(),
    ask: (question: QuestionDraft, signal: AbortSignal) =>
      new Promise<Answer>((resolve, reject) => {
        if (question.kind === 'host_key') return resolve({ kind: 'host_key', trust: true });
        signal.addEventListener('abort', () => reject(signal.reason));
        host.die();
      }),
  };
  expect(await faultOf(connecting(sshTarget(host), sshOptions())(prompts, never))).toEqual({
    code: 'auth_failed',
    step: 'authentication',
    message: `127.0.0.1 port ${host.port} closed the connection before the question was answered: connect again and answer sooner.`,
  });
});

test.each(['rsa', 'ecdsa', 'ed25519'] as const)(
  'a key of type %s signs, from a file and from an agent',
  async (type) => {
    const host = await forThisTest(startSshd({ key: { type } }));
    const agent = await forThisTest(startAgent([host.identityFile]));
    expect(await connect(sshTarget(host))).toBe('hello\n');
    const target = sshTarget({ port: host.port }, { agent: true });
    expect(await connect(target, scriptedPrompts(), sshOptions({ agentSocket: agent.socket }))).toBe('hello\n');
  },
);

test('an agent with more keys than the host lets one try', async () => {
  const host = await forThisTest(startSshd({ config: ['MaxAuthTries 2'] }));
  const keys = ['a', 'b', 'c'].map((name) => makeKey(host.directory, name).file);
  const agent = await forThisTest(startAgent(keys));
  const target = sshTarget({ port: host.port }, { agent: true });
  expect(await faultOf(connect(target, scriptedPrompts(), sshOptions({ agentSocket: agent.socket })))).toEqual({
    code: 'auth_failed',
    step: 'authentication',
    message:
      '127.0.0.1 does not let root in with 3 keys of the ssh-agent; it accepts: publickey. ' +
      'The host said “Too many authentication failures”.',
  });
});

test('what the host asks beside a password is asked in its own words', async () => {
  const code = { prompt: 'Code\u001b[31m from\nthe token: ', echo: true, answer: '123456' };
  const host = await forThisTest(startFakeHost({ keyboardInteractive: code }));
  const prompts = scriptedPrompts(['123456']);
  expect(await connect(sshTarget(host), prompts)).toBe('hello\n');
  expect(prompts.asked.slice(1)).toEqual([
    {
      kind: 'prompts',
      from: 'root@127.0.0.1',
      instruction: '',
      prompts: [{ text: 'Code\u001b[31m from\nthe token: ', echo: true }],
    },
  ]);
});

test('a trusted key that cannot be kept', async () => {
  const host = await forThisTest(startSshd());
  const options = sshOptions();
  const inTheWay = { ...options, knownHostsFile: temporaryDirectory() };
  expect(await faultOf(connect(sshTarget(host), scriptedPrompts(), inTheWay))).toEqual({
    code: 'not_permitted',
    step: 'host key',
    message: `The key was trusted, but could not be kept in ${inTheWay.knownHostsFile} (EISDIR): make room there, or mend its permissions.`,
  });
});
