import { expect, test } from 'vitest';
import { filesBelowHeadings, filesOfLines } from './capture-files.ts';

test('files below headings, with the blank line between them taken away', () => {
  const text = '==> /proc/pressure/io <==\nsome 1\nfull 2\n\n==> /proc/uptime <==\n5.00 1.00\n';
  expect(filesBelowHeadings(text)).toEqual([
    { path: '/proc/pressure/io', text: 'some 1\nfull 2\n' },
    { path: '/proc/uptime', text: '5.00 1.00\n' },
  ]);
  expect(filesBelowHeadings(`x\n${text}`)).toEqual([]);
});

test('files by the path in front of each line', () => {
  expect(filesOfLines('/proc/pressure/io:some 1\n/proc/uptime:5.00 1.00\n/proc/pressure/io:full a:b\n')).toEqual([
    { path: '/proc/pressure/io', text: 'some 1\nfull a:b\n' },
    { path: '/proc/uptime', text: '5.00 1.00\n' },
  ]);
  expect(filesOfLines('/proc/uptime:5.00 1.00\nmore\n')).toEqual([]);
});
