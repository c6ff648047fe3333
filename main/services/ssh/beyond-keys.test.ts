import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startAgent } from '../../../e2e/lab/agent.ts';
import { faultOf, forThisTest, scriptedPrompts, sshTarget, temporaryDirectory } from '../../../e2e/lab/connecting.ts';
import { makeKey, runTool } from '../../../e2e/lab/keys.ts';
import { startSshd } from '../../../e2e/lab/sshd.ts';
import { BeyondSsh2 } from '../../domain/ssh/choose-transport.ts';
import { settingsFixture } from '../../domain/ssh/settings-fixture.ts';
import { keysBeyondSsh2 } from './beyond-keys.ts';
import { createSshConnect } from './connect.ts';
import { optionsIn, routeTo } from './lab-fixture.ts';

const never = new AbortController().signal;
const agentMs = 5000;

/** A key with a certificate beside it. */
function certified(directory: string, name = 'id_mine'): string {
  const authority = makeKey(directory, `ca_${name}`);
  const { file } = makeKey(directory, name);
  runTool('ssh-keygen', ['-q', '-s', authority.file, '-I', 'me', '-n', 'root', `${file}.pub`]);
  return file;
}

/** Of a security key only the type is looked at: a string with its length before it, as everywhere in SSH. */
function text(value: string): Buffer {
  const bytes = Buffer.from(value);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}

test('a certificate beside a key file, a security key, and plain keys', async () => {
  const directory = temporaryDirectory();
  const plain = makeKey(directory, 'id_plain').file;
  const certificate = certified(directory);
  const security = join(directory, 'id_sk');
  const body = Buffer.concat([Buffer.from('openssh-key-v1\0'), text('none'), text('sk-ssh-ed25519@openssh.com')]);
  writeFileSync(
    security,
    `-----BEGIN OPENSSH PRIVATE KEY-----\n${body.toString('base64')}\n-----END OPENSSH PRIVATE KEY-----\n`,
  );
  const reason = (...identityFiles: string[]) => keysBeyondSsh2(settingsFixture({ identityFiles }), agentMs);
  expect(await Promise.all([reason(plain, '/none'), reason(plain, certificate), reason(security)])).toEqual([
    null,
    'there is a certificate for it (id_mine-cert.pub)',
    'id_sk is on a security key (FIDO)',
  ]);
});

test('what the ssh-agent has; one that is not there has nothing', async () => {
  const directory = temporaryDirectory();
  const plain = await forThisTest(startAgent([makeKey(directory, 'id_plain').file]));
  const certificate = await forThisTest(startAgent([certified(directory)]));
  const reason = (identityAgent: string) => keysBeyondSsh2(settingsFixture({ identityAgent }), agentMs);
  expect(
    await Promise.all([reason(plain.socket), reason(certificate.socket), reason(join(directory, 'none'))]),
  ).toEqual([null, 'the ssh-agent has a certificate', null]);
});

test('nobody is asked for a password while a certificate is left, where the system’s ssh is there', async () => {
  const host = await forThisTest(startSshd());
  const directory = temporaryDirectory();
  const target = sshTarget({ port: host.port, identityFile: certified(directory) });
  const connect = (there: boolean) => {
    const options = { ...optionsIn(temporaryDirectory()), hasOpenssh: async () => there };
    return createSshConnect(routeTo(target), options)(scriptedPrompts(), never);
  };
  const beyond = await connect(true).catch((error) => error);
  expect(beyond).toBeInstanceOf(BeyondSsh2);
  const reason = 'there is a certificate for it (id_mine-cert.pub)';
  const fault = { code: 'auth_failed', step: 'authentication' };
  expect(beyond).toMatchObject({ reason, fault });
  expect(await faultOf(connect(false))).toMatchObject(fault);
  expect(await connect(false).catch((error) => error)).not.toBeInstanceOf(BeyondSsh2);
});
