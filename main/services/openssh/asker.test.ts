import { expect, test } from 'vitest';
import { scriptedPrompts } from '../../../e2e/lab/connecting.ts';
import { settingsFixture } from '../../domain/ssh/settings-fixture.ts';
import { createAskedSecret } from '../ssh/asked-secret.ts';
import { passwordName } from '../ssh/password-name.ts';
import { createSecretKeeper } from '../ssh/secret-keeper.ts';
import { createAsker } from './asker.ts';

const never = new AbortController().signal;
const passphrase = "Enter passphrase for key '/home/me/.ssh/id_ed25519': ";
const jump = settingsFixture({ alias: 'bastion', user: 'root', hostName: '127.0.0.1', port: 2201 });
const host = settingsFixture({ alias: 'web', user: 'root', hostName: '127.0.0.1', port: 2202 });

/** An ssh that is signing in, at the host itself where no hop is given, with these secrets kept and those given. */
function askerAt(
  at: { hop?: string; interactive?: boolean; version?: number },
  given: (string | null)[] = [],
  values?: null,
) {
  const secrets = createSecretKeeper(
    new Map([
      ['passphrase /home/me/.ssh/id_ed25519', 'kept passphrase'],
      [passwordName(jump), 'password of the bastion'],
      [passwordName(host, [jump]), 'password of web'],
    ]),
  );
  const scripted = scriptedPrompts(given);
  const prompts = values === null ? { ...scripted, ask: async () => ({ kind: 'prompts', values }) as const } : scripted;
  const log = { hop: () => at.hop ?? null, interactive: () => at.interactive ?? false };
  const asker = createAsker(
    { hops: [jump, host] },
    { log, version: at.version ?? 902, prompts },
    {
      askSecret: (what, question, ask) => createAskedSecret(what, question, secrets, ask),
      forgetSecret: secrets.forget,
      passwordName,
    },
  );
  return { asker, prompts, secrets, answer: (text: string) => asker.answer({ text, hint: '' }, never) };
}

test.each([
  passphrase,
  "root@127.0.0.1's password: ",
  "The authenticity of host 'web (10.0.0.5)' can't be established.",
])('before 8.5 a host chooses the words of keyboard-interactive, and gets nothing that is kept: %s', async (text) => {
  const { answer, prompts } = askerAt({ version: 804, interactive: true }, ['typed']);
  expect([await answer(text), prompts.asked]).toEqual([
    'typed',
    [{ kind: 'prompts', from: 'root@127.0.0.1', instruction: '', prompts: [{ text, echo: false }] }],
  ]);
});

test('a passphrase that ssh itself asks for is the one that is kept', async () => {
  expect(await askerAt({ version: 804 }).answer(passphrase)).toBe('kept passphrase');
  expect(await askerAt({ interactive: true }).answer(passphrase)).toBe('kept passphrase');
});

test('whose password it is says the hop where ssh is, not the name alone', async () => {
  const text = "root@127.0.0.1's password: ";
  expect(await askerAt({ hop: 'bastion' }).answer(text)).toBe('password of the bastion');
  expect(await askerAt({}).answer(text)).toBe('password of web');
  const other = askerAt({ hop: 'bastion' }, ['typed']);
  expect([await other.answer("root@elsewhere's password: "), other.prompts.asked]).toEqual([
    'typed',
    [
      {
        kind: 'prompts',
        from: 'root@elsewhere',
        instruction: '',
        prompts: [{ text: 'Password: ', echo: false }],
      },
    ],
  ]);
});

test('a host that got no answer is done with', async () => {
  // Cancelled in the window: no values at all.
  const { asker, answer } = askerAt({ hop: 'bastion' }, [], null);
  expect(await answer('(root@127.0.0.1) Code: ')).toBe(null);
  expect((await asker.over).fault).toEqual({
    code: 'auth_failed',
    step: 'authentication',
    hop: 'bastion',
    message: 'bastion asked, and was given no answer: the sign-in was ended.',
  });
});

test('a host that asks for ever is done with after eight times', async () => {
  const { asker, answer, prompts } = askerAt({}, Array<string>(20).fill('wrong'));
  for (let round = 0; round < 9; round++) await answer('(root@127.0.0.1) Code: ');
  expect([prompts.asked.length, (await asker.over).fault.message]).toEqual([
    8,
    'web asked 8 times, and would ask again: the sign-in was ended.',
  ]);
});

test('a sign-in that failed takes what was used there out of what is kept', async () => {
  const { asker, answer, secrets } = askerAt({});
  await answer("root@127.0.0.1's password: ");
  expect([asker.wasAsked(null), asker.wasAsked('bastion')]).toEqual([true, false]);
  asker.refuse(null);
  expect([secrets.get(passwordName(host, [jump])), secrets.get(passwordName(jump))]).toEqual([
    undefined,
    'password of the bastion',
  ]);
});
