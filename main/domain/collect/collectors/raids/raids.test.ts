import { assert, constantFrom, integer, property } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { raidsSchema } from '../../../../contract/storage.ts';
import { raidTrouble } from '../../../present/arrays.ts';
import { toPlain } from '../../plain.ts';
import { record, run } from '../round-fixture.ts';
import { raids } from './raids.ts';

const mdstat = `Personalities : [linear] [raid0] [raid1] [raid6] [raid5] [raid4] [raid10]
md0 : active raid1 sdb1[1] sda1[0](F) sdc1[2](S)
      1048576 blocks super 1.2 [2/1] [_U]
      bitmap: 1/1 pages [4KB], 65536KB chunk

md1 : active raid5 sdd1[4](J) sdc2[3] sdb2[1](W) sda2[0]
      2097152 blocks super 1.2 level 5, 512k chunk, algorithm 2 [4/3] [UU_U]
      [=>...................]  recovery =  8.5% (262144/3145728) finish=2.5min speed=104320K/sec

md2 : active (auto-read-only) raid10 sdb3[1] sda3[0]
      4096 blocks super 1.2 2 near-copies [2/2] [UU]
      \tresync=PENDING

md3 : active raid6 sda4[0] sdb4[1] sdc4[2] sdd4[3]
      4096 blocks level 6, 64k chunk, algorithm 2 [4/4] [UUUU]
      [==========>..........]  check = 50.0% (2048/4096) finish=0.0min speed=1024K/sec

md9 : active raid1 sdd1[3] sdc1[2] sdb1[1] sda1[0]
      530048 blocks super 1.0 [24/4] [UUUU____________________]

md10 : active raid0 sdf1[1] sde1[0]
      8192 blocks super 1.2 512k chunks

md127 : inactive sdg[0](S)
      3906886584 blocks super 1.2

unused devices: <none>
`;

const idle = { sync: null, degraded: false };
const active = (...names: string[]) => names.map((name) => ({ name, state: 'active' }));
const arrays = [
  {
    ...{ name: 'md0', level: 'raid1', state: 'active', size_bytes: 2 ** 30, disks: 2, active_disks: 1 },
    ...{ degraded: true, sync: null },
    members: [...active('sdb1'), { name: 'sda1', state: 'failed' }, { name: 'sdc1', state: 'spare' }],
  },
  {
    ...{ name: 'md1', level: 'raid5', state: 'active', size_bytes: 2 ** 31, disks: 4, active_disks: 3, degraded: true },
    sync: {
      action: 'recovery',
      waiting: false,
      progress_percent: 100 / 12,
      bytes_per_second: 104_320 * 1024,
      remaining_seconds: 150,
    },
    members: [{ name: 'sdd1', state: 'other' }, ...active('sdc2', 'sdb2', 'sda2')],
  },
  {
    ...{
      name: 'md2',
      level: 'raid10',
      state: 'auto-read-only',
      size_bytes: 2 ** 22,
      disks: 2,
      active_disks: 2,
      ...idle,
    },
    sync: { action: 'resync', waiting: true, progress_percent: null, bytes_per_second: null, remaining_seconds: null },
    members: active('sdb3', 'sda3'),
  },
  {
    ...{ name: 'md3', level: 'raid6', state: 'active', size_bytes: 2 ** 22, disks: 4, active_disks: 4, ...idle },
    sync: { action: 'check', waiting: false, progress_percent: 50, bytes_per_second: 2 ** 20, remaining_seconds: 0 },
    members: active('sda4', 'sdb4', 'sdc4', 'sdd4'),
  },
  {
    ...{
      name: 'md9',
      level: 'raid1',
      state: 'active',
      size_bytes: 530_048 * 1024,
      disks: 24,
      active_disks: 4,
      ...idle,
    },
    degraded: null,
    members: active('sdd1', 'sdc1', 'sdb1', 'sda1'),
  },
  {
    ...{ name: 'md10', level: 'raid0', state: 'active', size_bytes: 2 ** 23, disks: 2, active_disks: 2, ...idle },
    members: active('sdf1', 'sde1'),
  },
  {
    ...{ name: 'md127', level: null, state: 'inactive', size_bytes: 3_906_886_584 * 1024, disks: null },
    ...{ active_disks: null, degraded: null, sync: null },
    members: [{ name: 'sdg', state: 'spare' }],
  },
];

test('every kind of array', () => {
  expect(run(raids, { 'raids.mdstat': mdstat })).toEqual({ status: 'ok', value: { list: arrays } });
  expect(run(raids, { 'raids.mdstat': mdstat.replaceAll('\n', '\r\n') })).toEqual({
    status: 'ok',
    value: { list: arrays },
  });
});

test('a table that was indented where it was copied to', () => {
  expect(run(raids, { 'raids.mdstat': mdstat.replaceAll(/^/gm, '    ') })).toEqual({
    status: 'ok',
    value: { list: arrays },
  });
});

test('what md says of itself wins', () => {
  const states = `md0/md/array_state:clean
md0/md/degraded:1
md2/md/array_state:readonly
md3/md/sync_action:repair
md9/md/array_state:clean
md9/md/degraded:20
md127/md/array_state:inactive
`;
  const [md0, md1, md2, md3, md9, ...others] = arrays;
  expect(run(raids, { 'raids.mdstat': mdstat, 'raids.states': states })).toEqual({
    status: 'ok',
    value: {
      list: [
        { ...md0, state: 'clean' },
        md1,
        { ...md2, state: 'read-only' },
        { ...md3, sync: { ...md3?.sync, action: 'repair' } },
        { ...md9, state: 'clean' },
        ...others,
      ],
    },
  });
});

describe('a mirror with slots that are empty', () => {
  const degraded = (slots: string, flag = '') => {
    const text = `md0 : active raid1 sdb1[1] sda1[0]${flag}\n      64 blocks ${slots}\n`;
    const outcome = run(raids, { 'raids.mdstat': text }) as { value: { list: { degraded: boolean | null }[] } };
    return outcome.value.list[0]?.degraded;
  };
  test('may be that of a NAS', () => {
    expect(['[16/2] [UU______________]', '[4/2] [UU__]', '[5/4] [UUUU_]'].map((one) => degraded(one))).toEqual([
      null,
      null,
      null,
    ]);
  });
  test('is whole where another took the place of one that failed', () => {
    expect(degraded('[2/2] [UU]', '(F)')).toBe(false);
  });

  test('is degraded where one failed, or is missing between others', () => {
    expect(degraded('[16/2] [UU______________]', '(F)')).toBe(true);
    expect(['[2/1] [U_]', '[4/3] [UUU_]', '[8/3] [UU_U____]', '[3/3] [UUE]'].map((one) => degraded(one))).toEqual(
      Array(4).fill(true),
    );
  });
});

test('mdadm --detail', () => {
  const text = `/dev/md/data:
           Version : 1.2
        Raid Level : raid5
        Array Size : 2097152 (2.00 GiB 2.15 GB)
      Raid Devices : 3
             State : clean, degraded, recovering (DELAYED)
    Active Devices : 2
    Rebuild Status : 24% complete

    Number   Major   Minor   RaidDevice State
       0       8        1        0      active sync   /dev/sda1
       -       0        0        1      removed
       3       8       33        1      spare rebuilding   /dev/sdc1

       2       8       49        -      faulty   /dev/sdd1
`;
  expect(run(raids, { 'raids.mdstat': text })).toEqual({
    status: 'ok',
    value: {
      list: [
        {
          ...{
            name: 'data',
            level: 'raid5',
            state: 'clean',
            size_bytes: 2 ** 31,
            disks: 3,
            active_disks: 2,
            degraded: true,
          },
          sync: {
            action: 'recovery',
            waiting: true,
            progress_percent: 24,
            bytes_per_second: null,
            remaining_seconds: null,
          },
          members: [...active('sda1'), { name: 'sdc1', state: 'spare' }, { name: 'sdd1', state: 'failed' }],
        },
      ],
    },
  });
});

test('mdadm --detail that was cut tells no state, and one of an array that stands still has none', () => {
  const text = '/dev/md0:\n        Raid Level : raid1\n      Raid Devices : 2\n';
  const disks = '\n    Number   Major   Minor   RaidDevice\n       -       8        0        -        /dev/sda\n';
  const state = (detail: string) => run(raids, { 'raids.mdstat': detail });
  expect(state(text)).toMatchObject({ value: { list: [{ state: 'unknown', degraded: null }] } });
  expect(state(text + disks)).toMatchObject({ value: { list: [{ state: 'inactive', degraded: null }] } });
});

test.each([
  ['no md', {}, 'absent', 'RAID: this kernel has no md.'],
  [
    'no arrays',
    { 'raids.mdstat': 'Personalities : \nunused devices: <none>\n' },
    'absent',
    'RAID: there are no md arrays.',
  ],
  ['something else', { 'raids.mdstat': 'hello\n' }, 'failed', '/proc/mdstat does not look like it: hello\n'],
  [
    'a file that hangs',
    { 'raids.mdstat': record('', { exit: null, error: 'It hangs.' }) },
    'failed',
    '/proc/mdstat could not be read: It hangs.',
  ],
])('%s', (_, texts, status, reason) => {
  expect(run(raids, texts)).toEqual({ status, reason });
});

test('the container of a firmware RAID is no array that stands still', () => {
  const text = `Personalities : [raid1]
md126 : active raid1 sdb[1] sda[0]
      1024 blocks super external:/md127/0 [2/2] [UU]

md127 : inactive sdb[1](S) sda[0](S)
      6306 blocks super external:imsm

unused devices: <none>
`;
  const container = {
    ...{ name: 'md127', level: 'container', state: 'inactive', size_bytes: 6306 * 1024, disks: null },
    ...{ active_disks: null, degraded: null, sync: null },
    members: ['sdb', 'sda'].map((name) => ({ name, state: 'spare' as const })),
  };
  expect(run(raids, { 'raids.mdstat': text })).toMatchObject({
    value: { list: [{ name: 'md126', level: 'raid1', degraded: false }, container] },
  });
  expect(raidTrouble(container)).toBeNull();
  expect(raidTrouble({ ...container, level: null })).toBe('inactive');
});

test('whatever is printed gives a reading of the contract', () => {
  const noise = constantFrom('\n', 'md', '[', ']', '(F)', '99999999999999999999', ' : ', '=', '%', '\u0000');
  assert(
    property(integer({ min: 0, max: mdstat.length }), noise, integer({ min: 0, max: 40 }), (at, what, drop) => {
      const torn = mdstat.slice(0, at) + what + mdstat.slice(at + drop);
      const outcome = run(raids, { 'raids.mdstat': torn });
      if (outcome.status === 'ok') expect(raidsSchema.parse(toPlain(outcome.value))).toEqual(outcome.value);
    }),
    { numRuns: 300 },
  );
});
