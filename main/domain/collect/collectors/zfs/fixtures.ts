import type { Vdev } from '../../../../contract/storage.ts';

/** Outputs of zpool as its releases print them, written from their formats for these tests. */

const health = 'ONLINE       0     0     0';

export const statusOf07 = `  pool: tank
 state: DEGRADED
status: One or more devices could not be used because the label is missing or
\tinvalid.  Sufficient replicas exist for the pool to continue
\tfunctioning in a degraded state.
action: Replace the device using 'zpool replace'.
   see: http://zfsonlinux.org/msg/ZFS-8000-4J
  scan: resilver in progress since Mon Mar  5 10:00:00 2018
\t10.0G scanned out of 40.0G at 100M/s, 0h5m to go
\t5.00G resilvered, 25.00% done
config:

\tNAME                      STATE     READ WRITE CKSUM
\ttank                      DEGRADED     0     0     0
\t  raidz2-0                DEGRADED     0     0     0
\t    sda                   ${health}
\t    replacing-1           UNAVAIL      0     0     0  insufficient replicas
\t      9182736455463728190 UNAVAIL      0     0     0  was /dev/sdb1
\t      sdg                 ${health}  (resilvering)
\t    spare-2               DEGRADED     0     0     0
\t      sdc                 FAULTED     12 1.68K     3  too many errors
\t      sdf                 ${health}
\t    sdd                   ${health}
\tlogs
\t  mirror-1                ${health}
\t    nvme0n1p1             ${health}
\t    nvme1n1p1             ${health}
\tcache
\t  nvme0n1p2               ${health}
\tspares
\t  sdf                     INUSE     currently in use
\t  sdh                     AVAIL

errors: Permanent errors have been detected in the following files:

        /tank/media/a file: with scan: in it.mkv
        tank/vm:<0x1>
        <metadata>:<0x3d>

  pool: backup
 state: ONLINE
  scan: none requested
config:

\tNAME        STATE     READ WRITE CKSUM
\tbackup      ${health}
\t  sde       ${health}

errors: No known data errors
`;

export const statusOf22 = `  pool: flash
 state: ONLINE
  scan: scrub repaired 0B in 00:10:00 with 0 errors on Sun May 12 00:34:21 2024
config:

\tNAME                STATE     READ WRITE CKSUM  SLOW
\tflash               ONLINE       0     0     0     -
\t  draid1:2d:4c:1s-0 ONLINE       0     0     0     -
\t    sda             ONLINE       0     0     7     3
\t    sdb             ONLINE       0     0     0     0
\tspecial
\t  sdc               ONLINE       0     0     0     0
\tdedup
\t  sdd               ONLINE       0     0     0     0
\tspares
\t  draid1-0-0        AVAIL      -     -     -     -

errors: 12 data errors, use '-v' for a list
`;

interface Leaf {
  readonly [key: string]: unknown;
}

/** A mirror in integers, as `zpool status -j --json-int -ps` prints it, on one line; the identities exceed 2^53. */
export function jsonStatus(more: Leaf = {}): string {
  const counters = { read_errors: 0, write_errors: 0, checksum_errors: 0 };
  const leaf = (name: string, own: Leaf = {}) => ({
    ...{ name, vdev_type: 'disk', class: 'normal', state: 'ONLINE', ...counters, slow_ios: 0, ...own },
  });
  const text = JSON.stringify({
    output_version: { command: 'zpool status', vers_major: 0, vers_minor: 1 },
    pools: {
      '17068583395379267683': {
        name: 'rpool',
        state: 'ONLINE',
        scan_stats: {
          ...{
            function: 'SCRUB',
            state: 'SCANNING',
            start_time: 1_764_000_000,
            end_time: 0,
            to_examine: 1000,
            examined: 600,
          },
          ...{ skipped: 200, processed: 0, errors: 0, bytes_per_scan: 600, pass_start: 1_764_000_000, scrub_pause: 0 },
          ...{ scrub_spent_paused: 10, issued_bytes_per_scan: 400, issued: 400 },
        },
        vdevs: {
          rpool: {
            ...{ name: 'rpool', vdev_type: 'root', state: 'ONLINE', ...counters },
            vdevs: {
              'mirror-0': {
                ...{ name: 'mirror-0', vdev_type: 'mirror', class: 'normal', state: 'ONLINE', ...counters },
                vdevs: {
                  sda: leaf('sda', { checksum_errors: 12 }),
                  sdb: leaf('sdb', { was: '/dev/sdb1', slow_ios: 2 }),
                },
              },
            },
          },
        },
        logs: { sdc: leaf('sdc', { class: 'log' }) },
        spares: { sdd: { name: 'sdd', vdev_type: 'disk', state: 'AVAIL' } },
        error_count: 0,
        ...more,
      },
    },
  });
  return `${text.replace('"name":"rpool","state"', '"name":"rpool","pool_guid":17068583395379267683,"state"')}\n`;
}

export const listed = 'rpool\t1000\t400\t600\t12\t40\tONLINE\n' + 'tank\t-\t-\t-\t-\t-\tFAULTED\n';
export const usable = 'rpool\t300\t500\n';

/** A vdev that is well, as the collector gives it. */
export const vdev = (name: string, depth: number, more: Partial<Vdev> = {}): Vdev => ({
  name,
  depth,
  role: 'data',
  group: false,
  state: 'ONLINE',
  read_errors: 0,
  write_errors: 0,
  checksum_errors: 0,
  slow_ios: null,
  note: null,
  ...more,
});
export const unknownCounters = { read_errors: null, write_errors: null, checksum_errors: null };
export const ok = (...pools: object[]) => ({ status: 'ok', value: { version: null, pools } });
