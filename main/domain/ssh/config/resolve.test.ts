import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FaultError } from '../../../contract/faults.ts';
import { hostNames } from './host-names.ts';
import { printed } from './print.ts';
import { settingsOf } from './settings-of.ts';
import type { ConfigWorld } from './world.ts';
import { configFiles, fakeWorld, resolved } from './world-fixture.ts';

async function named(config: string, host: string, world: ConfigWorld): Promise<string[]> {
  const lines = printed(await resolved(config, host, world));
  return lines.filter((line) => /^(?:hostname|user|port) /.test(line));
}

test('without consent no command of Match exec runs, and those that would have decided are told', async () => {
  const config = `
    Match exec "first %h %p"
      Port 1
    Match host db exec "not here"
      Port 2
    Match !exec "negated"
      User negated
    Match exec "before" host db
      Port 3
    Host web
      HostName real
    Match exec "last %n" user negated
      Port 4
  `;
  const world = fakeWorld({});
  expect(await named(config, 'web', world)).toEqual(['user negated', 'hostname real', 'port 22']);
  expect((await resolved(config, 'web', world)).unrunExecs).toEqual(['first web 22', 'negated', 'last web']);
});

test('with consent they decide, and one behind a criterion that is not met does not run', async () => {
  const ran: string[] = [];
  const runExec = async (command: string): Promise<boolean> => {
    ran.push(command);
    return command === 'yes';
  };
  const config = 'Match exec yes\n  Port 1\nMatch exec no\n  User x\nMatch host db exec "never"\n  User y\n';
  const world = fakeWorld({}, { runExec });
  expect(await named(config, 'web', world)).toEqual(['user me', 'hostname web', 'port 1']);
  expect(ran).toEqual(['yes', 'no']);
  expect((await resolved(config, 'web', world)).unrunExecs).toEqual([]);
});

const names: ConfigWorld['resolve'] = async (name) => {
  if (name === 'web.example.') return { cname: null };
  if (name === 'alias.example.') return { cname: 'Real.Cloud.' };
  return name === 'plain' ? { cname: 'real.cloud' } : null;
};

test.for([
  ['the first domain that knows it', 'CanonicalDomains none.example example', 'web', 'web.example'],
  ['a section for the whole name', 'CanonicalDomains example\nHost web.example\n HostName x', 'web', 'x'],
  ['none knows it', 'CanonicalDomains x y', 'web', 'web'],
  ['too many dots', 'CanonicalDomains example\nCanonicalizeMaxDots 0', 'a.b', 'a.b'],
  ['a name with its last dot', '', 'web.example.', 'web.example'],
  [
    'an alias that is permitted',
    'CanonicalDomains example\nCanonicalizePermittedCNAMEs *.example:*.cloud',
    'alias',
    'real.cloud',
  ],
  [
    'an alias that is not',
    'CanonicalDomains example\nCanonicalizePermittedCNAMEs *.example:*.org',
    'alias',
    'alias.example',
  ],
  ['an alias of a name that no domain has', 'CanonicalizePermittedCNAMEs *:*', 'plain', 'real.cloud'],
  ['behind a proxy', 'CanonicalDomains example\nProxyJump b', 'web', 'web'],
] as const)('canonical: %s', async ([, config, host, expected]) => {
  const world = fakeWorld({}, { resolve: names });
  const [, hostname] = await named(`CanonicalizeHostname yes\n${config}\n`, host, world);
  // A HostName of the second pass is too late: the name is found by then.
  expect(hostname).toBe(`hostname ${expected === 'x' ? 'web.example' : expected}`);
});

test('CanonicalizeHostname always looks behind a proxy as well', async () => {
  const config = 'CanonicalizeHostname always\nCanonicalDomains example\nProxyJump b\nHost web.example\n Port 2\n';
  expect(await named(config, 'web', fakeWorld({}, { resolve: names }))).toEqual([
    'user me',
    'hostname web.example',
    'port 2',
  ]);
});

test('hosts that the files name: patterns are none, includes count, each once', async () => {
  const world = fakeWorld({
    '/config': 'Host a b *.x !c d?\n  Include /more\nHost "b" e\nMatch host f\n',
    '/more': 'Host g a\n',
  });
  expect(await hostNames(configFiles, world)).toEqual(['a', 'b', 'g', 'e']);
});

test('a broken line is told with its file, and what ssh would do', async () => {
  const world = fakeWorld({ '/more': 'Port 1\n  Porrt 2\nUser\n' });
  await expect(resolved('Include /more\n', 'web', world)).rejects.toMatchObject({
    fault: {
      code: 'bad_input',
      step: 'ssh config',
      message:
        '/more line 2: Bad configuration option: “porrt”. Line 3 is wrong as well. ssh refuses this file until that is corrected.',
    },
  });
});

test.for([
  ['a line without end', `Host ${'x'.repeat(200_000)}\n`],
  ['no end of lines', 'Port 1\n'.repeat(1_000_000)],
  ['includes that double each time', 'Include /config /config\n'],
  ['patterns against each other', `Match host ${'*a'.repeat(500)}\n`.repeat(50)],
  ['unknown options against a long list', `IgnoreUnknown ${'x*y,'.repeat(10_000)}z*\n${'zz 1\n'.repeat(100_000)}`],
  ['forwardings without end', Array.from({ length: 20_000 }, (_, n) => `LocalForward ${n + 2000} x:1\n`).join('')],
  ['a time that could be read in many ways', `ConnectTimeout ${'1'.repeat(60_000)}x\n`],
])('ends soon, or is refused: %s', { timeout: 20_000 }, async ([, config = '']) => {
  const attempt = resolved(config, 'a'.repeat(200), fakeWorld({ '/config': config }));
  const outcome = await attempt.then(
    () => 'taken',
    (error: unknown) => (error instanceof FaultError ? error.fault.code : error),
  );
  expect(['taken', 'bad_input']).toContain(outcome);
});

const word = fc.constantFrom(
  ...'Host Match Include Port User HostName IdentityFile ProxyJump ProxyCommand LocalForward SetEnv SendEnv Ciphers'.split(
    ' ',
  ),
  ...'IdentityAgent ControlPath IPQoS RekeyLimit ConnectTimeout CanonicalDomains CanonicalizeHostname yes no none'.split(
    ' ',
  ),
  ...'all final canonical exec host user web * ! = " \' # \\ % %h %% X} ${ ~ : , [ ] @ / 1 22 -1 1m 99999999999 ^ + -'.split(
    ' ',
  ),
  ...[' ', '\t', '\r', '\n', '\n', '\0', '\f', 'ü', '\ud800', '/more'],
);
const text = fc
  .array(fc.oneof({ weight: 9, arbitrary: word }, fc.string()), { maxLength: 40 })
  .map((words) => words.join(''));
const spaced = fc.array(word, { maxLength: 40 }).map((words) => words.join(' '));

test('whatever the files hold, the answer is a whole one or a fault', async () => {
  const any = fc.oneof(text, spaced);
  await fc.assert(
    fc.asyncProperty(any, any, fc.oneof(fc.constant('web'), fc.string()), async (config, more, host) => {
      const world = fakeWorld({ '/more': more }, { resolve: names, runExec: async () => true });
      try {
        const answer = await resolved(config, host, world);
        expect(printed(answer)[0]).toBe(`host ${host}`);
        settingsOf(answer, world);
      } catch (error) {
        if (!(error instanceof FaultError)) throw error;
        expect(error.fault).toMatchObject({ code: 'bad_input', step: 'ssh config' });
      }
    }),
    { numRuns: 2000 },
  );
});
