import { assert, constantFrom, integer, property } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { zfsSchema } from '../../../../contract/storage.ts';
import { toPlain } from '../../plain.ts';
import { record, run } from '../round-fixture.ts';
import { jsonStatus, listed, ok, statusOf07, statusOf22, unknownCounters, usable, vdev } from './fixtures.ts';
import { nothingOfScan, unknownPool } from './values.ts';
import { zfs } from './zfs.ts';

const noErrors = { read_errors: 0, write_errors: 0, checksum_errors: 0 };

test('the first generations: sections with a state, and sizes by other names', () => {
  const text = `  pool: tank
 state: DEGRADED
 scrub: none requested
config:

\tNAME          STATE     READ WRITE CKSUM
\ttank          DEGRADED     0     0     0
\t  mirror      ONLINE       0     0     0
\t    ad4       ONLINE       0     0     0
\tlogs          DEGRADED     0     0     0
\t  mirror      DEGRADED     0     0     0
\t    ad6       OFFLINE      0     0     0

errors: No known data errors
`;
  const list =
    'NAME   SIZE    USED   AVAIL    CAP  HEALTH     ALTROOT\ntank    64G     16G     48G    25%  DEGRADED   -\n';
  const isLog = { role: 'log' } as const;
  expect(run(zfs, { 'zfs.status': text, 'zfs.list': list })).toEqual(
    ok({
      ...unknownPool('tank'),
      ...noErrors,
      state: 'DEGRADED',
      ...{ size_bytes: 64 * 2 ** 30, allocated_bytes: 16 * 2 ** 30, free_bytes: 48 * 2 ** 30, used_percent: 25 },
      data_errors: 0,
      vdevs: [
        vdev('mirror', 0, { group: true }),
        vdev('ad4', 1),
        vdev('mirror', 0, { ...isLog, group: true, state: 'DEGRADED' }),
        vdev('ad6', 1, { ...isLog, state: 'OFFLINE' }),
      ],
    }),
  );
});

describe('text', () => {
  test('of 0.7: what replaces what, sections, notes, and files with errors', () => {
    const scan = { ...nothingOfScan, function: 'resilver', started: 'Mon Mar 5 10:00:00 2018', progress_percent: 25 };
    const inGroup = { group: true, state: 'DEGRADED' };
    expect(run(zfs, { 'zfs.status': statusOf07 })).toEqual(
      ok(
        {
          ...unknownPool('tank'),
          ...noErrors,
          state: 'DEGRADED',
          status:
            'One or more devices could not be used because the label is missing or invalid. Sufficient replicas exist for the pool to continue functioning in a degraded state.',
          action: "Replace the device using 'zpool replace'.",
          scan: {
            ...scan,
            scanned_bytes: 10 * 2 ** 30,
            total_bytes: 40 * 2 ** 30,
            repaired_bytes: 5 * 2 ** 30,
            bytes_per_second: 100 * 2 ** 20,
            remaining_seconds: 300,
          },
          data_errors: 3,
          damaged_files: ['/tank/media/a file: with scan: in it.mkv', 'tank/vm:<0x1>', '<metadata>:<0x3d>'],
          vdevs: [
            vdev('raidz2-0', 0, inGroup),
            vdev('sda', 1),
            vdev('replacing-1', 1, { group: true, state: 'UNAVAIL', note: 'insufficient replicas' }),
            vdev('9182736455463728190', 2, { state: 'UNAVAIL', note: 'was /dev/sdb1' }),
            vdev('sdg', 2, { note: '(resilvering)' }),
            vdev('spare-2', 1, inGroup),
            vdev('sdc', 2, {
              state: 'FAULTED',
              note: 'too many errors',
              read_errors: 12,
              write_errors: 1720,
              checksum_errors: 3,
            }),
            vdev('sdf', 2),
            vdev('sdd', 1),
            vdev('mirror-1', 0, { role: 'log', group: true }),
            vdev('nvme0n1p1', 1, { role: 'log' }),
            vdev('nvme1n1p1', 1, { role: 'log' }),
            vdev('nvme0n1p2', 0, { role: 'cache' }),
            vdev('sdf', 0, { role: 'spare', state: 'INUSE', note: 'currently in use', ...unknownCounters }),
            vdev('sdh', 0, { role: 'spare', state: 'AVAIL', ...unknownCounters }),
          ],
        },
        { ...unknownPool('backup'), ...noErrors, state: 'ONLINE', data_errors: 0, vdevs: [vdev('sde', 0)] },
      ),
    );
  });

  test('of 2.2 with slow I/O, special and dedup vdevs, and errors that are only counted', () => {
    const ended = 'Sun May 12 00:34:21 2024';
    expect(run(zfs, { 'zfs.status': statusOf22.replaceAll('\n', '\r\n') })).toEqual(
      ok({
        ...unknownPool('flash'),
        ...noErrors,
        state: 'ONLINE',
        scan: {
          ...nothingOfScan,
          ...{ function: 'scrub', state: 'finished', repaired_bytes: 0, duration_seconds: 600, errors: 0, ended },
        },
        data_errors: 12,
        vdevs: [
          vdev('draid1:2d:4c:1s-0', 0, { group: true }),
          vdev('sda', 1, { checksum_errors: 7, slow_ios: 3 }),
          vdev('sdb', 1, { slow_ios: 0 }),
          vdev('sdc', 0, { role: 'special', slow_ios: 0 }),
          vdev('sdd', 0, { role: 'dedup', slow_ios: 0 }),
          vdev('draid1-0-0', 0, { role: 'spare', state: 'AVAIL', ...unknownCounters }),
        ],
      }),
    );
  });
});

const rpool = {
  ...unknownPool('rpool'),
  ...noErrors,
  state: 'ONLINE',
  size_bytes: 1000,
  allocated_bytes: 400,
  free_bytes: 600,
  used_bytes: 300,
  available_bytes: 500,
  used_percent: 37.5,
  fragmentation_percent: 12,
  data_errors: 0,
  scan: {
    ...nothingOfScan,
    function: 'scrub',
    progress_percent: 50,
    total_bytes: 1000,
    scanned_bytes: 600,
    issued_bytes: 400,
    repaired_bytes: 0,
    bytes_per_second: 4,
    remaining_seconds: 100,
    errors: 0,
    started_epoch_seconds: 1_764_000_000,
  },
  vdevs: [
    vdev('mirror-0', 0, { group: true }),
    vdev('sda', 1, { checksum_errors: 12, slow_ios: 0 }),
    vdev('sdb', 1, { slow_ios: 2, note: 'was /dev/sdb1' }),
    vdev('sdc', 0, { role: 'log', slow_ios: 0 }),
    vdev('sdd', 0, { role: 'spare', state: 'AVAIL', ...unknownCounters }),
  ],
};
const clock = '1764000110\n';

describe('JSON', () => {
  test('in integers, with sizes from the lists, and files from the text that follows it', () => {
    const text = `${jsonStatus()}${clock}  pool: rpool\n state: ONLINE\nerrors: Permanent errors have been detected in the following files:\n\n        /a\n`;
    expect(run(zfs, { 'zfs.list': listed + usable, 'zfs.status': text, 'zfs.version': '2.3.1-pve1\n' })).toEqual({
      status: 'ok',
      value: {
        version: '2.3.1-pve1',
        pools: [
          { ...rpool, damaged_files: ['/a'] },
          { ...unknownPool('tank'), state: 'FAULTED' },
        ],
      },
    });
  });

  test('with vdevs side by side', () => {
    const flat = jsonStatus({
      vdevs: {
        rpool: { name: 'rpool', vdev_type: 'root', state: 'ONLINE' },
        'mirror-0': { name: 'mirror-0', vdev_type: 'mirror', state: 'ONLINE', parent: 'rpool' },
        sda: { name: 'sda', vdev_type: 'disk', state: 'FAULTED', parent: 'mirror-0', aux: 'too many errors' },
      },
      logs: {},
      spares: {},
    });
    expect(run(zfs, { 'zfs.status': flat })).toMatchObject({
      value: {
        pools: [
          {
            vdevs: [
              { name: 'mirror-0', depth: 0, group: true },
              { name: 'sda', depth: 1, group: false, state: 'FAULTED', note: 'too many errors' },
            ],
          },
        ],
      },
    });
  });

  test('an expansion or a removal that runs comes before the scan that ran', () => {
    const ran = { function: 'SCRUB', state: 'FINISHED', start_time: 1, end_time: 2 };
    const moving = (stats: object) =>
      run(zfs, { 'zfs.status': `${jsonStatus({ scan_stats: ran, ...stats })}1700000100\n` });
    const runs = { state: 'SCANNING', start_time: 1_700_000_000, end_time: 0 };
    const scan = {
      ...nothingOfScan,
      ...{ progress_percent: 25, total_bytes: 4000, scanned_bytes: 1000, bytes_per_second: 10 },
      ...{ remaining_seconds: 300, started_epoch_seconds: 1_700_000_000 },
    };
    const expansion = { ...runs, name: 'raidz1-0', to_reflow: 4000, reflowed: 1000 };
    expect(moving({ raidz_expand_stats: expansion })).toMatchObject({ value: { pools: [{ scan }] } });
    const removal = { ...runs, removing_vdev: 1, to_copy: '4000', copied: '1000' };
    expect(moving({ removal_stats: removal })).toMatchObject({ value: { pools: [{ scan }] } });
    const over = { ...expansion, state: 'FINISHED' };
    expect(moving({ raidz_expand_stats: over })).toMatchObject({ value: { pools: [{ scan: { function: 'scrub' } }] } });
  });

  test('a scan that is paused, in words, or none', () => {
    const scanOf = (scan_stats: object | undefined) =>
      (run(zfs, { 'zfs.status': jsonStatus({ scan_stats }) }) as { value: { pools: { scan: unknown }[] } }).value
        .pools[0]?.scan;
    const words = { function: 'SCRUB', start_time: 'Sun Jan 11 12:24:02 AM EST 2026', end_time: '-', to_examine: '2T' };
    const paused = {
      ...words,
      state: 'SCANNING',
      scrub_pause: 'Sun Jan 11 01:00:00 AM EST 2026',
      issued: '1T',
      skipped: '0B',
    };
    const told = { ...nothingOfScan, function: 'scrub', total_bytes: 2 ** 41, started: words.start_time };
    expect(scanOf(paused)).toEqual({ ...told, state: 'paused', issued_bytes: 2 ** 40, progress_percent: 50 });
    expect(scanOf({ ...words, state: 'CANCELED' })).toEqual({ ...told, state: 'cancelled' });
    expect(scanOf({ function: 'NONE', state: 'NONE' })).toBeNull();
    expect(scanOf(undefined)).toBeNull();
  });
});

describe('what is not said', () => {
  const missing = { exit: null, error: '{:enoent, "zpool"}' };
  const hung = record('', { exit: null, timedOut: true });
  const states = 'rpool/state:ONLINE\ntank/state:SUSPENDED\n';

  test('a pool that is suspended is told where zpool hangs, and where it does not', () => {
    const suspended = { ...unknownPool('tank'), state: 'SUSPENDED' };
    expect(run(zfs, { 'zfs.list': hung, 'zfs.status': hung, 'zfs.states': states })).toEqual(
      ok({ ...unknownPool('rpool'), state: 'ONLINE' }, suspended),
    );
    expect(run(zfs, { 'zfs.list': listed, 'zfs.status': hung, 'zfs.states': states })).toMatchObject(
      ok({ state: 'ONLINE', size_bytes: 1000, used_percent: 40 }, suspended),
    );
    const busy = record('', { exit: null, error: 'An earlier run of it has not ended.' });
    expect(run(zfs, { 'zfs.list': busy, 'zfs.status': busy, 'zfs.states': states })).toMatchObject({ status: 'ok' });
  });

  test.each([
    [
      'no zpool',
      { 'zfs.list': record('', missing), 'zfs.status': record('', missing) },
      'absent',
      'ZFS: there is no zpool here.',
    ],
    [
      'a container on such a host',
      { 'zfs.list': record('', missing), 'zfs.status': record('', missing), 'zfs.states': states },
      'absent',
      'ZFS: there is no zpool here.',
    ],
    ['no pools', { 'zfs.list': '', 'zfs.status': '' }, 'absent', 'ZFS: there are no pools.'],
    [
      'no module',
      { 'zfs.list': record('', { exit: 1, stderr: Buffer.from('The ZFS modules cannot be auto-loaded.\n') }) },
      'absent',
      'ZFS: its kernel module is not loaded.',
    ],
    ['a hang', { 'zfs.list': hung, 'zfs.status': hung }, 'failed', 'ZFS: zpool did not answer within 15 s.'],
    [
      'something else',
      { 'zfs.list': record('', { exit: 1, stderr: Buffer.from('internal error: out of memory\n') }) },
      'failed',
      'ZFS: zpool said: internal error: out of memory',
    ],
  ])('%s', (_, texts, status, reason) => {
    expect(run(zfs, texts)).toEqual({ status, reason });
  });

  test('sudo says no', () => {
    const stderr = Buffer.from('sudo: a password is required\n');
    expect(run(zfs, { 'zfs.list': record('', { exit: 1, stderr }) })).toEqual({
      status: 'failed',
      reason: 'ZFS: zpool needs root.',
      remedy: 'USER ALL=(root) NOPASSWD: /sbin/zpool list *, /sbin/zpool status *, /sbin/zfs list *',
    });
  });
});

test('whatever is printed gives a reading of the contract', () => {
  const texts = [statusOf07, statusOf22, jsonStatus() + clock, listed + usable, 'tank/state:SUSPENDED\n'];
  const noise = constantFrom(
    '\n',
    '\t',
    '{',
    '}',
    '"__proto__":',
    '-',
    '99999999999999999999999',
    ' ',
    'ONLINE',
    '\u0000',
    '1e999',
  );
  assert(
    property(
      constantFrom(...texts),
      integer({ min: 0, max: 4000 }),
      noise,
      integer({ min: 0, max: 60 }),
      (text, at, what, drop) => {
        const place = at % text.length;
        const torn = text.slice(0, place) + what + text.slice(place + drop);
        const outcome = run(zfs, { 'zfs.status': torn, 'zfs.list': torn, 'zfs.states': torn });
        if (outcome.status === 'ok') expect(zfsSchema.parse(toPlain(outcome.value))).toEqual(outcome.value);
      },
    ),
    { numRuns: 300 },
  );
  const deep = '{"pools":'.repeat(20_000);
  expect(run(zfs, { 'zfs.status': deep })).toMatchObject({ status: 'failed' });
});
