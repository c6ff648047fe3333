import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { faultOf, forThisTest, scriptedPrompts, sshTarget, temporaryDirectory } from '../../../e2e/lab/connecting.ts';
import { startFakeHost } from '../../../e2e/lab/fake-host.ts';
import { makeKey } from '../../../e2e/lab/keys.ts';
import { type Sshd, startSshd } from '../../../e2e/lab/sshd.ts';
import type { Transport } from '../../domain/collect/transport.ts';
import { BeyondSsh2 } from '../../domain/ssh/choose-transport.ts';
import type { SshSettings } from '../../domain/ssh/settings.ts';
import { createSshConnect, type SshOptions } from './connect.ts';
import { optionsIn, routeTo } from './lab-fixture.ts';

const never = new AbortController().signal;

interface Computer extends SshOptions {
  /** The technician's own known_hosts. */
  readonly file: string;
}

function computer(): Computer {
  const directory = temporaryDirectory();
  return { ...optionsIn(join(directory, 'data')), file: join(directory, 'known_hosts') };
}

function open(
  host: Pick<Sshd, 'port'>,
  options: Computer,
  more: Partial<SshSettings> = {},
  prompts = scriptedPrompts(),
): Promise<Transport> {
  const settings = { userKnownHostsFiles: [options.file], ...more };
  return createSshConnect(routeTo(sshTarget(host), settings), options)(prompts, never);
}

/** How the host was reached, in words. */
async function reach(...how: Parameters<typeof open>): Promise<string> {
  const transport = await open(...how);
  transport.close();
  return transport.by;
}

const nameOf = ({ port }: Pick<Sshd, 'port'>) => `[127.0.0.1]:${port}`;
const read = (file: string) => readFileSync(file, 'utf8');

test('the question tells where the same key is known by another name', async () => {
  const host = await forThisTest(startSshd());
  const options = computer();
  writeFileSync(options.file, `# mine\nold-name,192.0.2.1 ${host.hostKey.publicKey}\n`);
  const prompts = scriptedPrompts();
  await reach(host, options, {}, prompts);
  const key = { keyType: 'ssh-ed25519', fingerprint: host.hostKeyFingerprint, name: nameOf(host) };
  expect(prompts.asked).toEqual([
    { kind: 'host_key', ...key, knownAs: [{ name: 'old-name,192.0.2.1', file: options.file, line: 2 }] },
  ]);
});

test('StrictHostKeyChecking yes asks nobody, and says where it looked', async () => {
  const host = await forThisTest(startSshd());
  const options = computer();
  writeFileSync(options.file, 'torn\n');
  const prompts = scriptedPrompts();
  expect(await faultOf(reach(host, options, { strictHostKeyChecking: 'yes' }, prompts))).toEqual({
    code: 'host_key_unknown',
    step: 'host key',
    message:
      `No file knows the key of ${nameOf(host)}, ssh-ed25519 ${host.hostKeyFingerprint}, and the configuration says ` +
      `StrictHostKeyChecking yes: check the key, and add it to one of ${options.file}, ${options.knownHostsFile}. ` +
      `${options.file} line 1 has no key.`,
  });
  expect(prompts.asked).toEqual([]);
});

test('accept-new asks nobody and keeps the key; a changed one is refused all the same', async () => {
  const host = await forThisTest(startSshd());
  const options = computer();
  const prompts = scriptedPrompts();
  await reach(host, options, { strictHostKeyChecking: 'accept-new' }, prompts);
  expect([prompts.asked, read(options.knownHostsFile)]).toEqual([[], `${nameOf(host)} ${host.hostKey.publicKey}\n`]);
  const other = makeKey(host.directory, 'other');
  writeFileSync(options.knownHostsFile, `${nameOf(host)} ${other.publicKey}\n`);
  const fault = await faultOf(reach(host, options, { strictHostKeyChecking: 'accept-new' }));
  expect(fault.code).toBe('host_key_changed');
});

test('off goes on with a key that nobody knows, keeps none, and is told as long as the connection lives', async () => {
  const host = await forThisTest(startFakeHost({ none: true }));
  const options = computer();
  const prompts = scriptedPrompts();
  const by = await reach(host, options, { strictHostKeyChecking: 'off' }, prompts);
  expect([prompts.asked, by]).toEqual([
    [],
    'ssh2 with native crypto; beware: its key is unknown, and StrictHostKeyChecking is off',
  ]);
  expect(() => read(options.knownHostsFile)).toThrow('ENOENT');
});

test('off with a changed key: a key signs in, no password is sent or asked for', async () => {
  const options = computer();
  const off = { strictHostKeyChecking: 'off' } as const;
  const other = makeKey(temporaryDirectory(), 'other');
  const sshd = await forThisTest(startSshd());
  const fake = await forThisTest(startFakeHost({ password: 'secret' }));
  writeFileSync(options.file, [sshd, fake].map((host) => `${nameOf(host)} ${other.publicKey}\n`).join(''));
  expect(await reach(sshd, options, off)).toBe(
    `ssh2 with native crypto; beware: its key has changed (${options.file} line 1), and StrictHostKeyChecking is off`,
  );
  const prompts = scriptedPrompts(['secret']);
  expect((await faultOf(reach(fake, options, off, prompts))).code).toBe('auth_failed');
  expect([prompts.asked, await fake.attempts()]).toEqual([[], []]);
});

test.each([
  ['only authorities are known', (_host: Sshd, authority: string) => `@cert-authority * ${authority}\n`],
  [
    'another key is known, and an authority vouches for the name without its port',
    (host: Sshd, authority: string) =>
      `@cert-authority 127.0.0.1 ${authority}\n${nameOf(host)} ${makeKey(host.directory, 'x', { type: 'rsa' }).publicKey}\n`,
  ],
])('%s', async (_what, linesFor) => {
  const host = await forThisTest(startSshd());
  const options = computer();
  writeFileSync(options.file, linesFor(host, makeKey(host.directory, 'authority').publicKey));
  const failing = reach(host, options);
  const prompts = scriptedPrompts();
  const error: unknown = await failing.catch((thrown) => thrown);
  expect(prompts.asked).toEqual([]);
  expect(error).toBeInstanceOf(BeyondSsh2);
});

test('RevokedHostKeys: a key on a line is refused, a list is for ssh, a missing file refuses all', async () => {
  const host = await forThisTest(startSshd());
  const options = computer();
  const revokedHostKeys = join(host.directory, 'revoked');
  const failing = () => faultOf(reach(host, options, { revokedHostKeys }));
  const missing = await failing();
  writeFileSync(revokedHostKeys, `# stolen\n${host.hostKey.publicKey} lab\n`);
  const revoked = await failing();
  execFileSync('ssh-keygen', ['-q', '-k', '-f', revokedHostKeys, host.hostKeyFile]);
  const list = await failing();
  const step = 'host key';
  expect([missing, revoked, list]).toEqual([
    {
      ...{ code: 'not_permitted', step },
      message: `The configuration names ${revokedHostKeys} as RevokedHostKeys, and it cannot be read (ENOENT): no key is trusted without it.`,
    },
    {
      ...{ code: 'host_key_changed', step },
      message: `The key of ${nameOf(host)} is revoked: ${revokedHostKeys} line 2 says that ssh-ed25519 ${host.hostKeyFingerprint} must not be trusted any more.`,
    },
    {
      ...{ code: 'unreachable', step },
      message: `${revokedHostKeys} (RevokedHostKeys) is a key revocation list, which only the system's ssh reads.`,
    },
  ]);
});

test("a trusted key goes into the technician's own file where they chose that: hashed, through a link", async () => {
  const host = await forThisTest(startSshd());
  const options: Computer = { ...computer(), keepKeysIn: () => 'user' };
  const real = join(temporaryDirectory(), 'dotfile');
  writeFileSync(real, '# mine');
  symlinkSync(real, options.file);
  const settings = { userKnownHostsFiles: ['/dev/null', options.file], hashKnownHosts: true };
  await reach(host, options, settings);
  expect(read(real)).toMatch(/^# mine\n\|1\|\S+ ssh-ed25519 \S+\n$/);
  const printed = execFileSync('ssh-keygen', ['-F', nameOf(host), '-f', real], { encoding: 'utf8' });
  expect(printed).toContain('found: line 2');
  const again = scriptedPrompts();
  await reach(host, options, settings, again);
  expect(again.asked).toEqual([]);
});

test('the command for a changed key works: hashed, by pattern, several lines, a file with broken lines', async () => {
  const host = await forThisTest(startSshd());
  const options = computer();
  const [one, two] = ['one', 'two'].map((name) => makeKey(host.directory, name).publicKey);
  const name = nameOf(host);
  const others = `@revoked ${name} ${two}\nother ${one}\n`;
  const texts = {
    plain: `${name} ${one}\n${others}${name} ${two}\n`,
    pattern: `[127.*]:* ${one}\n${others}`,
    broken: `${name} ${one}\ntorn\n${others}${name} ${two}\n`,
    hashed: `${name} ${one}\n${others}`,
  };
  for (const [kind, text] of Object.entries(texts)) {
    writeFileSync(options.file, text);
    if (kind === 'hashed') execFileSync('ssh-keygen', ['-q', '-H', '-f', options.file], { stdio: 'ignore' });
    const { code, message } = await faultOf(reach(host, options));
    const command = message.split('run: ')[1] ?? '';
    execFileSync('sh', ['-c', command], { stdio: 'ignore' });
    const prompts = scriptedPrompts([], false);
    const after = await faultOf(reach(host, options, {}, prompts));
    expect([kind, code, after.code, prompts.asked.length, read(options.file).includes(`${two}`)]).toEqual([
      ...[kind, 'host_key_changed', 'host_key_unknown', 1, true],
    ]);
  }
});

test('rotation: keys that the host proves to have are kept in our own file, old ones go, and the other file stays', async () => {
  const host = await forThisTest(startSshd({ hostKeys: ['ed25519', 'rsa', 'ecdsa'] }));
  const options = computer();
  const name = nameOf(host);
  const old = makeKey(host.directory, 'old', { type: 'rsa' }).publicKey;
  const trusted = `${name} ${host.hostKey.publicKey}\n`;
  const types = () =>
    read(options.knownHostsFile)
      .trimEnd()
      .split('\n')
      .map((line) => line.split(' ').slice(0, 2));
  writeFileSync(options.file, trusted);
  mkdirSync(dirname(options.knownHostsFile));
  writeFileSync(options.knownHostsFile, `${trusted}${name} ${old}\nother ${old}\n`);
  const connected = await open(host, options, { updateHostKeys: true });
  await expect.poll(types).toEqual([
    [name, 'ssh-ed25519'],
    ['other', 'ssh-rsa'],
    [name, 'ssh-rsa'],
    [name, 'ecdsa-sha2-nistp256'],
  ]);
  connected.close();
  expect([read(options.knownHostsFile).startsWith(`${trusted}other ${old}\n`), read(options.file)]).toEqual([
    true,
    trusted,
  ]);
});
