import { expect, test } from 'vitest';
import { parseJump, planRoute } from './route.ts';
import type { SshSettings, SshWanted } from './settings.ts';
import { settingsFixture } from './settings-fixture.ts';

/** A configuration in a table: what each name has for ProxyJump; what is wanted overrides it. */
function configuration(jumps: Record<string, string>) {
  return async (wanted: SshWanted): Promise<SshSettings> => {
    const hops = wanted.jump ?? jumps[wanted.host]?.split(',') ?? [];
    return settingsFixture({
      alias: wanted.host,
      user: wanted.user ?? 'me',
      port: wanted.port ?? 22,
      proxy: hops.length > 0 ? { kind: 'jump', hops } : { kind: 'none' },
    });
  };
}

const to = (host: string): SshWanted => ({ host, user: null, port: null, identityFiles: [], agent: true, jump: null });

async function routeTo(host: string, jumps: Record<string, string>): Promise<string[]> {
  const { hops } = await planRoute(to(host), configuration(jumps));
  return hops.map(({ user, alias, port }) => `${user}@${alias}:${port}`);
}

test('a host without ProxyJump is reached directly', async () => {
  expect(await routeTo('a', {})).toEqual(['me@a:22']);
});

test('a chain is travelled in its order, and its first host as that host is configured', async () => {
  expect(await routeTo('z', { z: 'ann@one:2201,two', one: 'zero', two: 'elsewhere' })).toEqual([
    'me@zero:22',
    'ann@one:2201',
    'me@two:22',
    'me@z:22',
  ]);
});

test('a circle is a fault, and says through whom', async () => {
  await expect(routeTo('a', { a: 'b', b: 'a' })).rejects.toMatchObject({
    fault: { code: 'bad_input', message: expect.stringContaining('circle') },
  });
});

test.each([
  ['bastion', { host: 'bastion', user: null, port: null }],
  ['ann@bastion:2222', { host: 'bastion', user: 'ann', port: 2222 }],
  ['ann@corp@bastion', { host: 'bastion', user: 'ann@corp', port: null }],
  ['ssh://ann@bastion:22', { host: 'bastion', user: 'ann', port: 22 }],
  ['[fe80::1]:2200', { host: 'fe80::1', user: null, port: 2200 }],
])('ProxyJump %s', (text, host) => {
  expect(parseJump(text)).toEqual(host);
});

test.each(['', 'a:b', 'a:0', 'a:70000', '::1'])('ProxyJump “%s” is refused', (text) => {
  expect(() => parseJump(text)).toThrow('which is no host');
});
