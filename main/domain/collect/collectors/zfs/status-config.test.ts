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
