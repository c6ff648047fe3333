import { expect, test } from 'vitest';
import { printedText } from './capture-text.ts';

const printed = (bytes: Uint8Array) => printedText(bytes, (line) => line.startsWith('df'));
const bytes = (text: string) => new TextEncoder().encode(text);

test.each([
  ['a prompt and a prompt behind it', 'root@web-1:~# df -h\na 1\nb 2\nroot@web-1:~# '],
  ['a prompt in brackets', '[ann@web1 log]$ df -h\na 1\nb 2\n'],
  ['a prompt with a blank in it, that nothing follows', '[ann@web1: /var/log]# df -h\na 1\nb 2\n[ann@web1: /var/log]#'],
  ['that of SUSE, and what it was quoted with', ' web1:~ # df -h\n a 1\n b 2\n web1:~ # '],
  ['a bare prompt', '$ whatever\na 1\nb 2\n$ '],
  ['that of root, before a known command', '# df -h\na 1\nb 2\n'],
  ['line ends of a terminal', 'a 1\r\nb 2\r\r\n'],
  ['empty lines', '\n \na 1\nb 2\n'],
  ['a mark of its coding', '\uFEFFa 1\nb 2\n'],
  ['colours', '\x1b[0;1;31ma\x1b[0m 1\nb 2\x1b[K\n'],
])('is without %s', (_, text) => {
  expect(printed(bytes(text))).toBe('a 1\nb 2\n');
});

test('is UTF-8 where PowerShell kept it', () => {
  const little = [0xff, 0xfe, ...[...'a 1\r\n'].flatMap((one) => [one.charCodeAt(0), 0])];
  expect(printed(new Uint8Array(little))).toBe('a 1\n');
});

test.each([
  '# dmidecode 3.3\nSMBIOS 2.8 present.\n',
  '# users=2\n',
  '         system boot  2024-05-01 10:00\n',
  'eth0:1    Link encap:Ethernet\n',
  'user@1000.service loaded active running User Manager\n',
  'tank@monday  12K  -  5%  -\n',
  '',
])('is as it was: %j', (text) => {
  expect(printed(bytes(text))).toBe(text);
});
