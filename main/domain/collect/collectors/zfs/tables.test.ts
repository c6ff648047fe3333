import { describe, expect, test } from 'vitest';
import { run } from '../round-fixture.ts';
import { ok, unknownCounters, vdev } from './fixtures.ts';
import { unknownPool } from './values.ts';
import { zfs } from './zfs.ts';

describe('lists', () => {
  test('with a header, with vdevs, with names that hold spaces', () => {
    const text = `NAME         SIZE  ALLOC   FREE  CKPOINT  EXPANDSZ   FRAG    CAP  DEDUP    HEALTH  ALTROOT
my pool       10G     4G     6G        -         -    12%    40%  1.00x    ONLINE  -
  mirror-0    10G     4G     6G        -         -    12%  40.0%      -    ONLINE
    sda       10G      -      -        -         -      -      -      -    ONLINE
logs             -      -      -        -         -      -      -      -  -
  sdb          1G      0     1G        -         -     0%  0.00%      -    ONLINE
`;
    const gib = 2 ** 30;
    const row = (name: string, depth: number, more = {}) => vdev(name, depth, { ...unknownCounters, ...more });
    expect(run(zfs, { 'zfs.list': text })).toEqual(
      ok({
        ...unknownPool('my pool'),
        state: 'ONLINE',
        size_bytes: 10 * gib,
        allocated_bytes: 4 * gib,
        free_bytes: 6 * gib,
        used_percent: 40,
        fragmentation_percent: 12,
        vdevs: [row('mirror-0', 0, { group: true }), row('sda', 1), row('sdb', 0, { role: 'log' })],
      }),
    );
  });

  test('for scripts, with vdevs', () => {
    const text = `tank\t9\t4\t5\t-\t-\t12\t40\t1.00\tONLINE\t-
\tmirror-0\t9\t4\t5\t-\t-\t12\t40\t-\tONLINE
\tsda\t9\t-\t-\t-\t-\t-\t-\t-\tONLINE
spare\t-\t-\t-\t-\t-\t-\t-\t-\t-\t-
\tsdb\t9\t-\t-\t-\t-\t-\t-\t-\tAVAIL
`;
    expect(run(zfs, { 'zfs.list': text })).toMatchObject(
      ok({
        name: 'tank',
        fragmentation_percent: 12,
        vdevs: [
          { name: 'mirror-0', depth: 0, group: true, role: 'data' },
          { name: 'sda', depth: 1, group: false, state: 'ONLINE' },
          { name: 'sdb', depth: 0, role: 'spare', state: 'AVAIL' },
        ],
      }),
    );
  });

  test('of before 0.6.4, and of iostat', () => {
    expect(run(zfs, { 'zfs.list': 'old\t10G\t4G\t6G\t40%\tDEGRADED\n' })).toMatchObject(
      ok({ name: 'old', state: 'DEGRADED', used_percent: 40, fragmentation_percent: null }),
    );
    const few = 'tank\t9000\t4500\t4500\tONLINE\nmy pool\t100\t-\t-\tFAULTED\n';
    expect(run(zfs, { 'zfs.list': few })).toMatchObject(
      ok(
        { name: 'tank', state: 'ONLINE', size_bytes: 9000, used_percent: 50 },
        { name: 'my pool', state: 'FAULTED', allocated_bytes: null, used_percent: null },
      ),
    );
    // Of iostat for scripts: what looks like sizes and a state are operations.
    expect(run(zfs, { 'zfs.list': 'tank\t1000\t2000\t0\t14\t175\t303\n' })).toMatchObject({ status: 'failed' });
    const iostat = `              capacity     operations     bandwidth
pool        alloc   free   read  write   read  write
----------  -----  -----  -----  -----  -----  -----
tank           1K     3K      0      2   349K   448K
----------  -----  -----  -----  -----  -----  -----
`;
    expect(run(zfs, { 'zfs.list': iostat })).toEqual(
      ok({ ...unknownPool('tank'), allocated_bytes: 1024, free_bytes: 3072, used_percent: 25 }),
    );
  });
});

test('zpool get, for people and for scripts', () => {
  const told = [
    ['size', '1000'],
    ['allocated', '400'],
    ['altroot', '-'],
    ['free', '600'],
    ['health', 'ONLINE'],
    ['fragmentation', '12%'],
  ];
  const pool = { ...unknownPool('my pool'), state: 'ONLINE', fragmentation_percent: 12, used_percent: 40 };
  const expected = ok({ ...pool, size_bytes: 1000, allocated_bytes: 400, free_bytes: 600 });
  const people = told.map(([name, value]) => `my pool  ${name}      ${value}      default`);
  expect(run(zfs, { 'zfs.list': `NAME     PROPERTY  VALUE  SOURCE\n${people.join('\n')}\n` })).toEqual(expected);
  const scripts = told.map(([name, value]) => `my pool\t${name}\t${value}\t-`);
  expect(run(zfs, { 'zfs.list': `${scripts.join('\n')}\n` })).toEqual(expected);
});
