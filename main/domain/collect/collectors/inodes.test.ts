import { expect, test } from 'vitest';
import { filesystems, parseMounts } from './filesystems.ts';
import { parseInodes } from './inodes.ts';
import { record, run } from './round-fixture.ts';

test.each([
  [
    'GNU',
    'Filesystem      Inodes IUsed   IFree IUse% Mounted on\n/dev/mapper/a-very-long-name\n\n               1000   10     990    1% /\n/dev/sdb1            0     0       0     - /btrfs\nvfat                 -     -       -     - /boot/efi\n/dev/sdc1          100   100       0  100% /My Data\n',
    [
      ['/', { total: 1000, used: 10 }],
      ['/My Data', { total: 100, used: 100 }],
    ],
  ],
  [
    'busybox',
    'Filesystem              Inodes      Used Available Use% Mounted on\n/dev/vda              16777216    536804  16240412   3% /\n',
    [['/', { total: 16_777_216, used: 536_804 }]],
  ],
  [
    'macOS',
    'Filesystem    512-blocks Used Available Capacity   iused ifree %iused  Mounted on\n/dev/disk1s1 976490576 302197928 660310352 32%   1507695 9223372036853268112    0%   /\n/dev/disk2 10 1 9 10% 20 80 20% /Volumes/a b\n',
    [['/Volumes/a b', { total: 100, used: 20 }]],
  ],
  ['nothing', 'df: invalid option -- i\n', []],
])('inodes of %s', (_, text, wanted) => {
  expect([...parseInodes(text)]).toEqual(wanted);
  expect([...parseInodes(text.replaceAll('\n', '\r\n'))]).toEqual(wanted);
});

test('a df -i that does not end costs no more than the inodes', () => {
  const df = 'Filesystem 1024-blocks Used Available Capacity Mounted on\n/dev/vda 100 40 60 40% /\n';
  const of = (inodes: string | ReturnType<typeof record>) =>
    run(filesystems, { 'filesystems.df': df, 'filesystems.inodes': inodes });
  const told = (inodes: number | null, inodes_used: number | null, inodes_used_percent: number | null) => ({
    status: 'ok',
    value: { list: [{ mount: '/', used_percent: 40, inodes, inodes_used, inodes_used_percent }] },
  });
  expect(of('/dev/vda 200 50 150 25% /\n')).toMatchObject(told(200, 50, 25));
  expect(of(record('', { timedOut: true, exit: null }))).toMatchObject(told(null, null, null));
});

test('types are those that mount prints too, of places with blanks', () => {
  const mounts = '/dev/sr0 on /media/My on type Disk type iso9660 (ro) [Tools]\n/dev/sda1 on / type ext4 (rw)\n';
  expect([...parseMounts(`${mounts}proc /proc proc rw 0 0\n`)]).toEqual([
    ['/media/My on type Disk', 'iso9660'],
    ['/', 'ext4'],
    ['/proc', 'proc'],
  ]);
});
