import { expect, test } from 'vitest';
import { parseDf } from './df-table.ts';

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
  ['inodes in German', 'Dateisystem Inodes IBenutzt IFrei IUse% Eingehängt auf\n/dev/sda1 100 10 90 10% /\n'],
])('is null for %s', (_, text) => {
  expect(parseDf(text)).toBeNull();
});
