import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  appendFileSync,
  chmodSync,
  lstatSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryDirectory } from '../../../e2e/lab/connecting.ts';
import { rewriteFile } from './rewrite-file.ts';

const add = (line: string) => (text: string) => `${text}${line}\n`;

test('a file that is not there is made, private, with its directory and nothing beside it', () => {
  const directory = join(temporaryDirectory(), 'new');
  const file = join(directory, 'known_hosts');
  rewriteFile(file, add('one'));
  rewriteFile(file, add('two'));
  expect([readFileSync(file, 'utf8'), statSync(file).mode & 0o777, readdirSync(directory)]).toEqual([
    'one\ntwo\n',
    0o600,
    ['known_hosts'],
  ]);
});

test('mode and links stay, and bytes that are no text', () => {
  const directory = temporaryDirectory();
  const [real, link, dangling] = ['real', 'link', 'dangling'].map((name) => join(directory, name)) as [
    string,
    string,
    string,
  ];
  writeFileSync(real, Buffer.from([0xff, 0xfe, 0x0a]));
  chmodSync(real, 0o640);
  symlinkSync('real', link);
  symlinkSync('later', dangling);
  rewriteFile(link, add('é'));
  rewriteFile(dangling, add('one'));
  expect([
    lstatSync(link).isSymbolicLink(),
    [...readFileSync(real)],
    statSync(real).mode & 0o777,
    readFileSync(join(directory, 'later'), 'utf8'),
  ]).toEqual([true, [0xff, 0xfe, 0x0a, 0xe9, 0x0a], 0o640, 'one\n']);
});

test('what others write meanwhile is kept, appended or put in place', () => {
  const file = join(temporaryDirectory(), 'known_hosts');
  writeFileSync(file, 'old\n');
  let seen = 0;
  rewriteFile(file, (text) => {
    seen += 1;
    if (seen === 1) appendFileSync(file, 'appended\n');
    if (seen === 2) {
      writeFileSync(`${file}.other`, `${text}put in place\n`);
      renameSync(`${file}.other`, file);
    }
    return `${text}ours\n`;
  });
  expect(readFileSync(file, 'utf8')).toBe('old\nappended\nput in place\nours\n');
});

test('an edit that fails, or changes nothing, leaves the file as it was and nobody locked out', () => {
  const directory = temporaryDirectory();
  const file = join(directory, 'known_hosts');
  writeFileSync(file, 'old\n');
  const before = statSync(file).ino;
  rewriteFile(file, (text) => text);
  const failing = () => {
    throw new Error('no');
  };
  expect(() => rewriteFile(file, failing)).toThrow('no');
  expect([statSync(file).ino, readdirSync(directory)]).toEqual([before, ['known_hosts']]);
});

test('a new file that its writer left behind does not lock for ever', () => {
  const file = join(temporaryDirectory(), 'known_hosts');
  writeFileSync(`${file}.rackside-new`, 'half');
  utimesSync(`${file}.rackside-new`, 1, 1);
  rewriteFile(file, add('one'));
  expect(readFileSync(file, 'utf8')).toBe('one\n');
});

test('several processes at once lose no line', async () => {
  const file = join(temporaryDirectory(), 'known_hosts');
  const program = `
    const { rewriteFile } = await import(${JSON.stringify(join(import.meta.dirname, 'rewrite-file.ts'))});
    for (let index = 0; index < 20; index += 1) rewriteFile(process.argv[1], (text) => text + process.argv[2] + index + '\\n');`;
  const children = ['a', 'b', 'c'].map((name) =>
    spawn(process.execPath, ['--input-type=module', '-e', program, file, name], {
      stdio: ['ignore', 'ignore', 'inherit'],
    }),
  );
  const exits = await Promise.all(children.map((child) => once(child, 'exit')));
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
  const expected = ['a', 'b', 'c'].flatMap((name) => Array.from({ length: 20 }, (_, index) => `${name}${index}`));
  expect([exits.map(([code]) => code), lines.toSorted()]).toEqual([[0, 0, 0], expected.toSorted()]);
});
