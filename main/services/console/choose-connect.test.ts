import { expect, test } from 'vitest';
import { faultOf, scriptedPrompts } from '../../../e2e/lab/connecting.ts';
import { FaultError } from '../../contract/faults.ts';
import type { Connect, Transport } from '../../domain/collect/transport.ts';
import { BeyondSsh2 } from '../../domain/ssh/choose-transport.ts';
import { settingsFixture } from '../../domain/ssh/settings-fixture.ts';
import { type Chosen, connectByEither } from './choose-connect.ts';

const never = new AbortController().signal;
const beyond = new BeyondSsh2('authentication', 'no key', 'it has a certificate', { code: 'auth_failed' });

function lab(ssh2: Error | null, openssh: Error | null = null, ticket = false) {
  const tried: string[] = [];
  const chosen: Chosen = { beyond: new Map(), consents: new Map() };
  const way = (name: string, error: Error | null): Connect => {
    return async () => {
      tried.push(name);
      if (error !== null) throw error;
      return { by: name } as Transport;
    };
  };
  const ways = {
    ssh2: way('ssh2', ssh2),
    openssh: (reason: string) => way(`openssh: ${reason}`, openssh),
    hasTicket: async () => ticket,
  };
  return {
    tried,
    connect: (settings = settingsFixture(), prompts = scriptedPrompts()) =>
      connectByEither('target', { hops: [settings] }, ways, chosen, prompts, never),
  };
}

test('ssh2 where nothing speaks against it, the system’s ssh where the configuration does', async () => {
  const { tried, connect } = lab(null);
  await connect();
  await connect(settingsFixture({ pkcs11Provider: '/lib/token.so' }));
  expect(tried).toEqual(['ssh2', 'openssh: its key is on a smart card (PKCS#11)']);
});

test('Kerberos is a reason only for who has a ticket: Debian allows it for every host', async () => {
  const settings = settingsFixture({ gssapi: true, authentications: ['gssapi-with-mic', 'publickey'] });
  for (const ticket of [false, true]) {
    const { tried, connect } = lab(null, null, ticket);
    await connect(settings);
    expect(tried).toEqual([ticket ? 'openssh: it is signed in to with Kerberos (GSSAPI)' : 'ssh2']);
  }
});

test('what ssh2 could not do is tried by the system’s ssh, and remembered', async () => {
  const { tried, connect } = lab(beyond);
  await connect();
  await connect();
  expect(tried).toEqual(['ssh2', 'openssh: it has a certificate', 'openssh: it has a certificate']);
});

test('where there is no such program, the first failure is told; else that of the second', async () => {
  const missing = new FaultError('not_found', 'program', 'no ssh');
  expect(await faultOf(lab(beyond, missing).connect())).toEqual(beyond.fault);
  const denied = new FaultError('auth_failed', 'authentication', 'denied');
  expect(await faultOf(lab(beyond, denied).connect())).toEqual(denied.fault);
});

test('another failure of ssh2 is its own', async () => {
  const refused = new FaultError('unreachable', 'tcp', 'refused');
  const { tried, connect } = lab(refused);
  expect(await faultOf(connect())).toEqual(refused.fault);
  expect(tried).toEqual(['ssh2']);
});

test('Match exec runs with consent only, which is asked once', async () => {
  const settings = settingsFixture({ alias: 'web', unrunExecs: ['at-home'] });
  const yes = lab(null);
  const prompts = scriptedPrompts();
  await yes.connect(settings, prompts);
  await yes.connect(settings, prompts);
  expect({ tried: yes.tried, asked: prompts.asked }).toEqual({
    tried: Array(2).fill('openssh: its configuration has Match exec'),
    asked: [
      {
        kind: 'consent',
        command: 'at-home',
        reason: 'The ssh configuration asks a program on this machine how to reach web (Match exec)',
      },
    ],
  });
  const no = lab(beyond);
  expect(await faultOf(no.connect(settings, scriptedPrompts([], false)))).toEqual(beyond.fault);
  expect(no.tried).toEqual(['ssh2']);
});
