import { expect, test } from 'vitest';
import { parseSource } from './commands/pull.ts';

test.each([
  ['tank:/var/log/syslog', 'tank', '/var/log/syslog'],
  ['root@tank:dumps/a: b', 'root@tank', 'dumps/a: b'],
  ['root@tank:2222:/a', 'root@tank:2222', '/a'],
  ['root@[::1]:22:/a', 'root@[::1]:22', '/a'],
  ['my nas:~/a', 'my nas', 'a'],
])('%s', (text, host, path) => {
  expect(parseSource(text)).toEqual({ host, path });
});

test.each(['tank', '/etc/passwd', 'tank:', ':x'])('%s is no source', (text) => {
  expect(() => parseSource(text)).toThrow('is no HOST:PATH.');
});
