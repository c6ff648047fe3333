import { expect, test } from 'vitest';
import { parseDf } from './df-table.ts';
import { filesystems } from './filesystems.ts';
import { run } from './round-fixture.ts';

const K = 1024;
const G = K ** 3;

/** Device, mount point, and the three sizes in bytes. */
type Row = readonly [device: string, mount: string, size: number, used: number, available: number];

test.each<[what: string, text: string, wanted: Row[]]>([
  [
    'rounded (-h), with types, and blanks in a device',
    'Filesystem      Type      Size  Used Avail Use% Mounted on\n/dev/sda1       ext4      100G   25G   75G  25% /\n//nas/my share  cifs      2.0G  1.0G  1.0G  50% /mnt/my share\n',
    [
      ['/dev/sda1', '/', 100 * G, 25 * G, 75 * G],
      ['//nas/my share', '/mnt/my share', 2 * G, G, G],
    ],
  ],
  [
    'rounded in thousands (-H)',
    'Filesystem      Size  Used Avail Use% Mounted on\n/dev/sda1       2.0M  4.1k  1.9M   1% /\n',
    [['/dev/sda1', '/', 2e6, 4100, 1.9e6]],
  ],
  [
    'wrapped behind a long device',
    'Filesystem           1K-blocks      Used Available Use% Mounted on\n/dev/mapper/a-very-long-name\n                          4000      1000      3000  25% /\n/dev/sda1                 2000      1000      1000  50% /boot\n',
    [
      ['/dev/mapper/a-very-long-name', '/', 4000 * K, 1000 * K, 3000 * K],
      ['/dev/sda1', '/boot', 2000 * K, 1000 * K, 1000 * K],
    ],
  ],
  [
    'blocks that bear their unit (-BM)',
    'Filesystem     1M-blocks  Used Available Use% Mounted on\n/dev/sda1          4096M 1024M     3072M  25% /\n',
    [['/dev/sda1', '/', 4 * G, G, 3 * G]],
  ],
  [
    'blocks of thousands (-B2MB)',
    'Filesystem     2MB-blocks  Used Available Use% Mounted on\n/dev/sda1            4000  1000      3000  25% /\n',
    [['/dev/sda1', '/', 8e9, 2e9, 6e9]],
  ],
  [
    'thousands that bear their unit (-BMB)',
    'Filesystem     1MB-blocks   Used Available Use% Mounted on\n/dev/sda1          4000MB 1000MB    3000MB  25% /\n',
    [['/dev/sda1', '/', 4e9, 1e9, 3e9]],
  ],
  [
    'bytes (-B1), of POSIX and not',
    'Filesystem     1B-blocks  Used Available Use% Mounted on\n/dev/sda1           4000  1000      3000  25% /\n',
    [['/dev/sda1', '/', 4000, 1000, 3000]],
  ],
  [
    'columns that were asked for, in their order',
    'Mounted on  Filesystem     Type 1K-blocks Used Avail Use%\n/mnt/a b    //nas/my share cifs      4000 1000  3000  25%\n',
    [['//nas/my share', '/mnt/a b', 4000 * K, 1000 * K, 3000 * K]],
  ],
  [
    'French, with blocks of POSIX',
    'Sys. de fichiers blocs de 1024 Utilisé Disponible Capacité Monté sur\n/dev/sda1                 4000    1000       3000      25% /\n',
    [['/dev/sda1', '/', 4000 * K, 1000 * K, 3000 * K]],
  ],
  [
    'German',
    'Dateisystem    1K-Blöcke Benutzt Verfügbar Verw% Eingehängt auf\n/dev/sda1           4000    1000      3000   25% /\n',
    [['/dev/sda1', '/', 4000 * K, 1000 * K, 3000 * K]],
  ],
  [
    'macOS, rounded',
    'Filesystem      Size   Used  Avail Capacity iused ifree %iused  Mounted on\n/dev/disk1s5   4.0Gi  1.0Gi  3.0Gi    25%    4.0k  4.9G    0%   /\n',
    [['/dev/disk1s5', '/', 4 * G, G, 3 * G]],
  ],
])('df: %s', (_, text, wanted) => {
  for (const printed of [text, text.replaceAll('\n', '\r\n')]) {
    expect(
      parseDf(printed)?.map((one) => [one.device, one.mount, one.size_bytes, one.used_bytes, one.available_bytes]),
    ).toEqual(wanted);
  }
});

test.each([
  ['no table', 'df: not found\n'],
  ['rows that are none', 'Filesystem 1K-blocks Used Available Use% Mounted on\nwhat is this?\n'],
  ['inodes', 'Filesystem Inodes IUsed IFree IUse% Mounted on\n/dev/sda1 100 10 90 10% /\n'],
  ['blocks of an unknown size', 'Filesystem 1a-blocks Used Available Use% Mounted on\n/dev/sda1 4 1 3 25% /\n'],
  ['columns without sizes', 'Mounted on Use%\n/ 25%\n'],
  ['inodes in German', 'Dateisystem Inodes IBenutzt IFrei IUse% Eingehängt auf\n/dev/sda1 100 10 90 10% /\n'],
])('is null for %s', (_, text) => {
  expect(parseDf(text)).toBeNull();
});

test('inodes that stand in the same table count as those of df -i, and a file system in memory is none that is kept', () => {
  const text =
    'Filesystem Type Inodes IUsed IFree IUse% 1K-blocks Used Avail Use% File Mounted on\n' +
    '/dev/sda1 ext4 100 25 75 25% 4 1 3 25% - /\n/dev/sda2 btrfs 0 0 0 - 4 1 3 25% - /b\n/run tmpfs 9 1 8 1% 4 1 3 25% - /run\n';
  const sizes = { size_bytes: 4 * K, used_bytes: K, available_bytes: 3 * K, used_percent: 25 };
  const none = { inodes: null, inodes_used: null, inodes_used_percent: null };
  expect(run(filesystems, { 'filesystems.df': text })).toEqual({
    status: 'ok',
    value: {
      list: [
        {
          device: '/dev/sda1',
          mount: '/',
          type: 'ext4',
          ...sizes,
          inodes: 100,
          inodes_used: 25,
          inodes_used_percent: 25,
        },
        { device: '/dev/sda2', mount: '/b', type: 'btrfs', ...sizes, ...none },
      ],
    },
  });
  const synology = 'Filesystem 1K-blocks Used Available Use% Mounted on\n/dev/md0 4 1 3 25% /\n/tmp 4 1 3 25% /tmp\n';
  expect(run(filesystems, { 'filesystems.df': synology })).toMatchObject({ value: { list: [{ mount: '/' }] } });
  expect(
    run(filesystems, { 'filesystems.df': 'Filesystem Inodes IUsed IFree IUse% Mounted on\n/dev/sda1 4 1 3 25% /\n' }),
  ).toEqual({
    ...{ status: 'failed', reason: 'df told of inodes alone, not of sizes.' },
  });
});
