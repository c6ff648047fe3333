import { mkdirSync, writeFileSync } from 'node:fs';
import { homedir, userInfo } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryDirectory } from '../../../e2e/lab/connecting.ts';
import { candidates } from './candidates.ts';

const me = userInfo().username;
const defaults = { transport: 'ssh', port: 22, user: me, identityFiles: [], agent: true };

function configured(config: string, more: Record<string, string> = {}): string {
  const directory = temporaryDirectory();
  mkdirSync(join(directory, 'config.d'));
  writeFileSync(join(directory, 'config'), config);
  for (const [name, text] of Object.entries(more)) writeFileSync(join(directory, 'config.d', name), text);
  return directory;
}

test('hosts with their settings; patterns are none, the first value wins, defaults come from Host *', async () => {
  const directory = configured(`
    Host web1 web2
      HostName 192.0.2.1
      user deploy
      Port 2222
      IdentityFile ~/.ssh/id_web
      IdentityFile "/keys/%r with space"
    Host db
      IdentitiesOnly yes
    Host *.internal !x
      Port 99
    Host "*"
      User everyone
  `);
  const web = {
    ...defaults,
    address: '192.0.2.1',
    port: 2222,
    user: 'deploy',
    identityFiles: [join(homedir(), '.ssh/id_web'), '/keys/deploy with space'],
  };
  expect(await candidates(directory)).toEqual({
    candidates: [
      { name: 'web1', target: web },
      { name: 'web2', target: web },
      { name: 'db', target: { ...defaults, address: 'db', user: 'everyone', agent: false } },
    ],
    problems: [],
  });
});

test('includes, one level, and the section goes on behind them', async () => {
  const directory = configured('Host a\n  Include config.d/a\n  Port 1\nInclude config.d/*.conf\nHost c\n', {
    a: 'User from-a\n',
    'b.conf': 'Host b\n  User from-b\n  Include /etc/passwd\n',
  });
  expect(await candidates(directory)).toEqual({
    candidates: [
      { name: 'a', target: { ...defaults, address: 'a', port: 1, user: 'from-a' } },
      { name: 'b', target: { ...defaults, address: 'b', user: 'from-b' } },
      { name: 'c', target: { ...defaults, address: 'c' } },
    ],
    problems: [],
  });
});

test('what cannot be read or reached is told, and nothing is thrown', async () => {
  expect(await candidates(temporaryDirectory())).toEqual({ candidates: [], problems: [] });
  const directory = temporaryDirectory();
  mkdirSync(join(directory, 'config'));
  expect(await candidates(directory)).toEqual({
    candidates: [],
    problems: [`${join(directory, 'config')} cannot be read (EISDIR).`],
  });
  const behind = configured('Host inner\n  ProxyJump bastion\nHost bastion\n  Port nonsense\n');
  expect(await candidates(behind)).toEqual({
    candidates: [{ name: 'bastion', target: { ...defaults, address: 'bastion' } }],
    problems: ['Reached through another host, which is not possible yet: inner.'],
  });
});

test('a Match exec is not run', async () => {
  const marker = join(temporaryDirectory(), 'ran');
  const directory = configured(`Match exec "touch ${marker}"\n  User evil\nHost a\n`);
  expect((await candidates(directory)).candidates).toEqual([{ name: 'a', target: { ...defaults, address: 'a' } }]);
});

test('a broken file is named, and a broken include does not take the others with it', async () => {
  const broken = configured('Host a\n  IdentityFile "unclosed\n');
  expect(await candidates(broken)).toEqual({
    candidates: [],
    problems: [`${join(broken, 'config')} cannot be understood: Unexpected line break at unclosed.`],
  });
  const included = configured('Include config.d/*\nHost a\n', { good: 'Host b\n', odd: 'Match' });
  expect(await candidates(included)).toEqual({
    candidates: [
      { name: 'b', target: { ...defaults, address: 'b' } },
      { name: 'a', target: { ...defaults, address: 'a' } },
    ],
    problems: [`${join(included, 'config.d/odd')} cannot be understood: one of its lines is incomplete.`],
  });
});
