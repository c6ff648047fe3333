import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { shellQuote } from './shell-quote.ts';

const shells = [['/bin/sh'], ['/bin/bash', '--posix'], ['/bin/busybox', 'ash']].filter(([file]) =>
  existsSync(file ?? ''),
);

function echoed(shell: string[], values: string[]): string[] {
  const [file = '', ...args] = shell;
  const script = `printf '%s\\0' ${values.map(shellQuote).join(' ')}`;
  return spawnSync(file, [...args, '-c', script], { encoding: 'utf8' })
    .stdout.split('\0')
    .slice(0, -1);
}

const awkward = [
  '',
  ' ',
  'two words',
  "it's",
  "''",
  '"',
  '$HOME',
  '$(id)',
  '`id`',
  'a\nb\n',
  'back\\slash\\',
  '!!',
  '*',
  '-n',
  '~',
  'ünï',
  ';#&|',
];

test.each(shells)('%s gives every value back as it was', (...shell) => {
  expect(echoed(shell, awkward)).toEqual(awkward);
});

test('any values survive', () => {
  const word = fc.string().filter((value) => !value.includes('\0'));
  fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 20 }), (values) => {
      expect(echoed(['/bin/sh'], values)).toEqual(values);
    }),
    { numRuns: 30 },
  );
});
