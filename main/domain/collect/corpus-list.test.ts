import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { corpus } from '../../services/collect/corpus-fixture.ts';

/** The families that this suite answers for, to the last capture. */
const families = [
  'cpu',
  'mem',
  'procs',
  'sys',
  'pressure',
  'disk',
  'diskio',
  'net',
  'temps',
  'smart',
  'gpu',
  'busybox',
  'macos',
  'windows',
  'bsd',
  'users',
  'zfs',
  'raid',
  'proxmox',
  'services',
];

const here = import.meta.dirname;
const page = readFileSync(join(here, '../../../docs/corpus.md'), 'utf8');
/** Captures with the reason why no collector's parser is held against them. */
const notRun = new Map([...page.matchAll(/^\| `([\w.-]+\/[\w.-]+)` \| ([^|]+) \|$/gm)].map((one) => [one[1], one[2]]));
const tests = readdirSync(here)
  .filter((name) => /^corpus.*\.test\.ts$/.test(name))
  .map((name) => readFileSync(join(here, name), 'utf8'))
  .join();

test.skipIf(corpus === undefined)('every family is known', () => {
  const folders = readdirSync(corpus as string, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  expect(folders.map(({ name }) => name).sort()).toEqual([...families].sort());
});

test.skipIf(corpus === undefined)('every capture is held against a parser, or listed with the reason why not', () => {
  const captures = families.flatMap((family) =>
    readdirSync(join(corpus as string, family))
      .filter((name) => !name.endsWith('.expected.json'))
      .map((name) => `${family}/${name.replace(/\.\w+$/, '')}`),
  );
  // Of a pair of captures the tests name what both begin with.
  const isHeld = (name: string) => [name, name.replace(/-t[01]$/, '')].some((one) => tests.includes(`'${one}'`));
  const wrong = captures.filter((name) => isHeld(name) === notRun.has(name));
  expect(wrong).toEqual([]);
  expect([...notRun.keys()].filter((name) => !captures.includes(name as string))).toEqual([]);
});
