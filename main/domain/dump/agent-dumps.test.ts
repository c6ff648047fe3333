import { expect, test } from 'vitest';
import { dumpDirectoryOf, findScript, readConfigs, readFound } from './agent-dumps.ts';

test('configurations stand behind their length and path, whatever is in them', () => {
  const printed = Buffer.from('== 4 /etc/a.toml\na=1\n== 8 /etc/b ü.toml\n== 1 /x\nno config');
  expect(readConfigs(printed)).toEqual([
    { path: '/etc/a.toml', text: 'a=1\n' },
    { path: '/etc/b ü.toml', text: '== 1 /x\n' },
  ]);
});

test.each([
  [{ debug: { dump_dir: '/var/lib/agent/dump' } }, '/var/lib/agent/dump'],
  [{ debug: { dump_dir: '' } }, null],
  [{ debug: { dump_dir: 'dump' } }, null],
  [{ debug: { dump_dir: 5 } }, null],
  [{ debug: 'x' }, null],
  [{ server_url: 'x' }, null],
  [null, null],
])('the dump directory of %j is %j', (config, directory) => {
  expect(dumpDirectoryOf(config)).toBe(directory);
});

test('two logs are one dump, and so are the parts of one; the newest dump comes first; other lines are none', () => {
  const printed = [
    '100 50 1 /a/commands.log',
    '20 60 1 /a/samples.log',
    '7 70 0 /b c/x/commands.log',
    ' 1 /gone/commands.log',
    '5 5 1 relative/commands.log',
    '5 5 1 /d/other.log',
    '5 5 1 /d/commands.log.old',
    '30 80 1 /e-part-3/commands.log',
    '20 75 1 /e-part-2/commands.log',
    '1 74 1 /e-part-2/commands.log.1.gz',
  ].join('\n');
  expect(readFound(printed)).toEqual([
    { path: '/e-part-2', bytes: 51, modifiedAt: 80_000, readable: true },
    { path: '/b c/x', bytes: 7, modifiedAt: 70_000, readable: false },
    { path: '/a', bytes: 120, modifiedAt: 60_000, readable: true },
  ]);
});

test('directories go into the script as words, whatever they hold', () => {
  expect(findScript(["/it's; rm -rf /", '-x'])).toContain(`for directory in '/it'\\''s; rm -rf /' './-x'; do`);
});
