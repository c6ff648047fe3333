import { expect, test } from 'vitest';
import { run } from '../round-fixture.ts';
import { zfs } from './zfs.ts';

test('columns that scripts add, and power, are no notes', () => {
  const text = `  pool: tank
 state: ONLINE
config:

\tNAME        STATE     READ WRITE CKSUM POWER  upath     model    health
\ttank        ONLINE       0     0     0     -
\t  mirror-0  ONLINE       0     0     0     -
\t    sda     DEGRADED     0     0     7    on  too many errors  (resilvering)  /dev/sda   Big Disk       OK
\t    sdb     ONLINE       0     0     0   off  /dev/sdb    -        OK  (trim unsupported)
\t    sdc     ONLINE       0     0     0    on  /dev/sdc           OK

errors: No known data errors
`;
  expect(run(zfs, { 'zfs.status': text })).toMatchObject({
    value: {
      pools: [
        {
          vdevs: [
            { name: 'mirror-0', note: null },
            { name: 'sda', checksum_errors: 7, note: 'too many errors  (resilvering)' },
            { name: 'sdb', note: '(trim unsupported)' },
            { name: 'sdc', note: null },
          ],
        },
      ],
    },
  });
});

test('a table that was copied with tabs, or without what stands before its rows', () => {
  const rows = (...lines: string[]) => `  pool: tank\n state: ONLINE\nconfig:\n\n${lines.join('\n')}\n`;
  const cells = 'ONLINE 0 0 0';
  const depths = (text: string) => {
    const told = run(zfs, { 'zfs.status': text }) as {
      value: { pools: { vdevs: { name: string; depth: number }[] }[] };
    };
    return told.value.pools[0]?.vdevs.map(({ name, depth }) => `${depth} ${name}`);
  };
  const tabs = rows('\tNAME STATE READ WRITE CKSUM', `\ttank ${cells}`, `\t\tmirror-0 ${cells}`, `\t\t\tsda ${cells}`);
  expect(depths(tabs)).toEqual(['0 mirror-0', '1 sda']);
  expect(depths(tabs.replaceAll('\t', ''))).toEqual(['0 mirror-0', '0 sda']);
});
