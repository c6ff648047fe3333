import { assert, constantFrom, integer, property } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { datasetsSchema } from '../../../../contract/storage.ts';
import { toPlain } from '../../plain.ts';
import { record, run } from '../round-fixture.ts';
import { datasets } from './datasets.ts';

const listed = `tank\tfilesystem\t1000\t500\t96\t10\tyes\t/tank
tank/my data\tfilesystem\t700\t500\t600\t100\tno\t/tank/my data
tank/vm-1\tvolume\t200\t600\t200\t0\t-\t-
tank/old\tfilesystem\t1\t500\t1\t0\tno\tlegacy
`;
const counts = '      2 tank\n     12 tank/my data\n      3 tank/gone\n';

const row = (name: string, used: number, available: number, referenced: number, more: object = {}) => ({
  ...{ name, type: 'filesystem', used_bytes: used, available_bytes: available, referenced_bytes: referenced },
  ...{ snapshots_bytes: null, snapshots: null, mount: null, ...more },
});

test('file systems and volumes with their snapshots', () => {
  expect(run(datasets, { 'datasets.list': listed, 'datasets.snapshots': counts })).toEqual({
    status: 'ok',
    value: {
      list: [
        row('tank', 1000, 500, 96, { snapshots_bytes: 10, snapshots: 2, mount: '/tank' }),
        row('tank/my data', 700, 500, 600, { snapshots_bytes: 100, snapshots: 12 }),
        row('tank/vm-1', 200, 600, 200, { type: 'volume', snapshots_bytes: 0, snapshots: 0 }),
        row('tank/old', 1, 500, 1, { snapshots_bytes: 0, snapshots: 0 }),
      ],
      snapshots: 17,
    },
  });
});

test('names with blanks in a table for people, and snapshots by their names alone', () => {
  const table =
    'NAME          USED  AVAIL  REFER  MOUNTPOINT\ntank          1000    500     96  /tank\ntank/my data   700    500    600  /my data\n';
  expect([
    run(datasets, { 'datasets.list': table }),
    run(datasets, { 'datasets.list': 'tank@one\ntank@two\ntank/a@one\n' }),
  ]).toEqual([
    {
      status: 'ok',
      value: {
        list: [
          row('tank', 1000, 500, 96, { mount: '/tank' }),
          row('tank/my data', 700, 500, 600, { mount: '/my data' }),
        ],
        snapshots: null,
      },
    },
    { status: 'ok', value: { list: [], snapshots: 3 } },
  ]);
});

test('for scripts that ask for sizes and mount points alone', () => {
  const few = 'tank\t1000\t500\t/tank\ntank/my data\t700\t500\t/tank/my data\ntank/vm-1\t200\t600\t-\n';
  expect(run(datasets, { 'datasets.list': few })).toMatchObject({
    value: {
      list: [
        { name: 'tank', used_bytes: 1000, available_bytes: 500, referenced_bytes: null, mount: '/tank' },
        { name: 'tank/my data', used_bytes: 700, available_bytes: 500, mount: '/tank/my data' },
        { name: 'tank/vm-1', used_bytes: 200, available_bytes: 600, type: 'volume', mount: null },
      ],
    },
  });
});

test('a count that did not end is unknown', () => {
  const cut = record(counts, { exit: null, timedOut: true });
  expect(run(datasets, { 'datasets.list': listed, 'datasets.snapshots': cut })).toMatchObject({
    value: { list: [{ snapshots: null }, {}, {}, {}], snapshots: null },
  });
});

describe('captures', () => {
  test('with a header, and snapshots among them', () => {
    const text = `NAME          USED  AVAIL  REFER  MOUNTPOINT
tank           10G     5G    96K  /tank
tank@daily       0      -    96K  -
tank/vm         2G     7G     2G  -
tank#mark        -      -      -  -
`;
    const gib = 2 ** 30;
    expect(run(datasets, { 'datasets.list': text.replaceAll('\n', '\r\n') })).toEqual({
      status: 'ok',
      value: {
        list: [
          row('tank', 10 * gib, 5 * gib, 96 * 1024, { snapshots: 1, mount: '/tank' }),
          row('tank/vm', 2 * gib, 7 * gib, 2 * gib, { type: 'volume', snapshots: 0 }),
        ],
        snapshots: 1,
      },
    });
    expect(run(datasets, { 'datasets.list': 'tank\t10G\t5G\t96K\t/tank\n' })).toMatchObject({
      value: { list: [{ name: 'tank', used_bytes: 10 * gib, mount: '/tank', snapshots: null }] },
    });
  });

  test('of zfs get, for people and for scripts', () => {
    const told = [
      'type  filesystem',
      'used  1000',
      'creation  Tue Jan  2 10:11 2024',
      'available  500',
      'referenced  96',
    ];
    const mounted = ['mounted  yes', 'mountpoint  /my data', 'usedbysnapshots  10'];
    const people = [...told, ...mounted].map((line) => `tank/my data  ${line}  -`).join('\n');
    const one = row('tank/my data', 1000, 500, 96, { snapshots_bytes: 10, mount: '/my data' });
    expect(run(datasets, { 'datasets.list': `NAME          PROPERTY  VALUE  SOURCE\n${people}\n` })).toEqual({
      status: 'ok',
      value: { list: [one], snapshots: null },
    });
    const scripts = `${people.replaceAll('  ', '\t')}\ntank/my data@a\tused\t0\t-\n`;
    expect(run(datasets, { 'datasets.list': scripts })).toEqual({
      status: 'ok',
      value: { list: [{ ...one, snapshots: 1 }], snapshots: 1 },
    });
  });

  test('in JSON', () => {
    const value = (text: string) => ({ value: text, source: { type: 'NONE', data: '-' } });
    const properties = {
      used: value('2G'),
      available: value('-'),
      referenced: value('96'),
      mountpoint: value('/tank'),
    };
    const text = JSON.stringify({
      datasets: {
        tank: { name: 'tank', type: 'FILESYSTEM', properties },
        'tank@a': { name: 'tank@a', type: 'SNAPSHOT', properties: { used: value('0') } },
        'tank/v': { name: 'tank/v', type: 'VOLUME', properties: { used: value('8') } },
      },
    });
    expect(run(datasets, { 'datasets.list': text })).toEqual({
      status: 'ok',
      value: {
        list: [
          { ...row('tank', 2 ** 31, 0, 96, { snapshots: 1, mount: '/tank' }), available_bytes: null },
          {
            ...row('tank/v', 8, 0, 0, { type: 'volume', snapshots: 0 }),
            available_bytes: null,
            referenced_bytes: null,
          },
        ],
        snapshots: 1,
      },
    });
  });
});

test.each([
  ['no zfs', record('', { exit: null, error: '{:enoent, "zfs"}' }), 'absent', 'ZFS datasets: there is no zfs here.'],
  ['none', record('', { stderr: Buffer.from('no datasets available\n') }), 'absent', 'ZFS: there are no datasets.'],
  [
    'no module',
    record('', { exit: 1, stderr: Buffer.from('/dev/zfs and /proc/self/mounts are required.\n') }),
    'absent',
    'ZFS: its kernel module is not loaded.',
  ],
  ['a hang', record('', { exit: null, timedOut: true }), 'failed', 'ZFS datasets: zfs did not answer within 30 s.'],
  [
    'something else',
    record('', { exit: 1, stderr: Buffer.from('cannot open\n') }),
    'failed',
    'ZFS datasets: zfs said: cannot open',
  ],
])('%s', (_, given, status, reason) => {
  expect(run(datasets, { 'datasets.list': given })).toEqual({ status, reason });
});

test('whatever is printed gives a reading of the contract', () => {
  const noise = constantFrom('\n', '\t', '@', '#', '{', '9'.repeat(30), 'NAME', '-', '\u0000');
  assert(
    property(integer({ min: 0, max: listed.length }), noise, integer({ min: 0, max: 40 }), (at, what, drop) => {
      const torn = listed.slice(0, at) + what + listed.slice(at + drop);
      const outcome = run(datasets, { 'datasets.list': torn, 'datasets.snapshots': torn });
      if (outcome.status === 'ok') expect(datasetsSchema.parse(toPlain(outcome.value))).toEqual(outcome.value);
    }),
    { numRuns: 200 },
  );
});
