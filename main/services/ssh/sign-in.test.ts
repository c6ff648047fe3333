import { expect, test } from 'vitest';
import { faultOf, forThisTest, scriptedPrompts, sshTarget, temporaryDirectory } from '../../../e2e/lab/connecting.ts';
import { type FakeHostOptions, startFakeHost } from '../../../e2e/lab/fake-host.ts';
import { isRetried } from '../../domain/policy/backoff.ts';
import { createSshConnect, type SshOptions } from './connect.ts';
import { optionsIn, routeTo } from './lab-fixture.ts';

/** What a host may do with a password or a code, other than to take or refuse it. */
const never = new AbortController().signal;

async function signIn(options: FakeHostOptions, secrets: (string | null)[], ssh: SshOptions) {
  const host = await forThisTest(startFakeHost(options));
  const prompts = scriptedPrompts(secrets);
  const connecting = createSshConnect(routeTo(sshTarget(host)), ssh)(prompts, never);
  return { host, prompts, connecting, connect: createSshConnect(routeTo(sshTarget(host)), ssh) };
}

const ssh = (limits = {}) => ({ ...optionsIn(temporaryDirectory()), limits });

test.each(['hang up', 'say nothing'] as const)(
  'a host that answers a password with to %s is not tried again',
  async (how) => {
    const { connecting } = await signIn(
      { password: 'right', insteadOfAnswer: how },
      ['wrong'],
      ssh({ secondFactorMs: 300 }),
    );
    const fault = await faultOf(connecting);
    expect(fault).toMatchObject({
      code: 'auth_failed',
      step: 'authentication',
      message: expect.stringContaining('not tried again'),
    });
    expect(isRetried(fault.code)).toBe(false);
  },
);

test('a kept password that a host hangs up on is not sent again', async () => {
  const options = ssh();
  const { connecting, connect } = await signIn({ password: 'right', insteadOfAnswer: 'hang up' }, ['wrong'], options);
  await faultOf(connecting);
  const again = scriptedPrompts([null]);
  await faultOf(connect(again, never));
  expect(again.asked).toEqual([
    { kind: 'secret', secret: 'password', prompt: 'Password of root on 127.0.0.1', again: false, remembered: false },
  ]);
});

test('a telephone has to be found first: an answer may take longer than other steps', async () => {
  const { connecting } = await signIn(
    { password: 'right', insteadOfAnswer: 'say nothing' },
    ['right'],
    ssh({ authenticationMs: 100, secondFactorMs: 600 }),
  );
  const begun = performance.now();
  await faultOf(connecting);
  expect(performance.now() - begun).toBeGreaterThan(500);
});

test('a host that asks for ever is left', async () => {
  const round = { prompts: [{ prompt: 'Code: ', answer: 'nobody knows' }] };
  const { host, prompts, connecting } = await signIn({ rounds: [round] }, Array(100).fill('x'), ssh());
  expect(await faultOf(connecting)).toMatchObject({ code: 'auth_failed', step: 'authentication' });
  expect(prompts.asked.filter(({ kind }) => kind === 'prompts').length).toBe(8);
  expect((await host.attempts()).length).toBe(8);
});

test('a host whose rounds have no end gets no answer after the eighth', async () => {
  const rounds = Array.from({ length: 40 }, () => ({ prompts: [{ prompt: 'More: ', answer: 'x' }] }));
  const { prompts, connecting } = await signIn({ rounds }, Array(100).fill('x'), ssh());
  expect(await faultOf(connecting)).toMatchObject({ code: 'auth_failed' });
  expect(prompts.asked.filter(({ kind }) => kind === 'prompts').length).toBe(8);
});

test.each([
  "One-time password (OATH) for `root': ",
  'New password: ',
  'Retype new password: ',
  'Current password: ',
  'Password+Token: ',
  'OTP password: ',
])('“%s” is not the password', async (prompt) => {
  const rounds = [{ prompts: [{ prompt: 'Password: ', answer: 'right' }] }, { prompts: [{ prompt, answer: '123' }] }];
  const options = ssh();
  const { prompts, connecting, connect } = await signIn({ rounds }, ['right', '123'], options);
  (await connecting).close();
  expect(prompts.asked.slice(1).map(({ kind }) => kind)).toEqual(['secret', 'prompts']);
  // The password is what was kept, and not the other.
  const again = scriptedPrompts(['123']);
  (await connect(again, never)).close();
  expect(again.asked.map(({ kind }) => kind)).toEqual(['prompts']);
});

test('who gives no answer sends none', async () => {
  const rounds = [{ prompts: [{ prompt: 'Password: ', answer: 'right' }] }];
  const { host, connecting } = await signIn({ rounds, password: 'right' }, [null], ssh());
  expect(await faultOf(connecting)).toMatchObject({
    code: 'auth_failed',
    message: expect.stringContaining('No password was given'),
  });
  expect(await host.attempts()).toEqual(['keyboard-interactive']);
});
