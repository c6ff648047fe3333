import { describe, expect, test } from 'vitest';
import type { Pool, PoolScan } from '../../contract/storage.ts';
import { vdev } from '../collect/collectors/zfs/fixtures.ts';
import { poolFindings, poolLevel, scanAge } from './pools.ts';

const now = Date.UTC(2024, 4, 20) / 1000;

const scan: PoolScan = {
  function: 'scrub',
  state: 'finished',
  progress_percent: null,
  total_bytes: null,
  scanned_bytes: null,
  issued_bytes: null,
  repaired_bytes: 0,
  bytes_per_second: null,
  remaining_seconds: null,
  duration_seconds: 600,
  errors: 0,
  started: null,
  ended: 'Sun May 12 00:34:21 2024',
  started_epoch_seconds: null,
  ended_epoch_seconds: null,
};

const pool = (more: Partial<Pool> = {}): Pool => ({
  name: 'tank',
  state: 'ONLINE',
  size_bytes: null,
  allocated_bytes: null,
  free_bytes: null,
  used_bytes: null,
  available_bytes: null,
  used_percent: 50,
  fragmentation_percent: null,
  status: null,
  action: null,
  scan,
  read_errors: 0,
  write_errors: 0,
  checksum_errors: 0,
  data_errors: 0,
  damaged_files: [],
  vdevs: [
    vdev('mirror-0', 0, { group: true }),
    vdev('sda', 1),
    vdev('sdb', 1),
    vdev('sdc', 1, { role: 'spare', state: 'AVAIL' }),
  ],
  ...more,
});

describe('a pool', () => {
  test('that is well has no findings', () => {
    expect([poolFindings(pool(), now), poolLevel(pool(), now)]).toEqual([[], 'ok']);
  });

  test('of which only the name is known has no level', () => {
    const unknown = pool({ state: null, used_percent: null, scan: null, data_errors: null, vdevs: [] });
    expect([poolFindings(unknown, now), poolLevel(unknown, now)]).toEqual([[], null]);
  });

  test('that is ONLINE and damaged', () => {
    const given = pool({
      data_errors: 1,
      vdevs: [
        vdev('mirror-0', 1, { group: true, checksum_errors: 12 }),
        vdev('sda', 1, { checksum_errors: 12, read_errors: 1 }),
      ],
    });
    expect(poolFindings(given, now)).toEqual([
      { level: 'bad', about: 'files', path: ['data_errors'], text: '1 damaged file' },
      {
        ...{ level: 'warn', about: 'devices', path: ['vdevs', 1, 'read_errors'] },
        text: 'sda 1 read error, 12 checksum errors',
      },
    ]);
  });

  test('with errors that no device has', () => {
    expect(poolFindings(pool({ checksum_errors: 2 }), now)).toEqual([
      { level: 'warn', about: 'devices', path: ['checksum_errors'], text: '2 checksum errors' },
    ]);
  });

  test('that is DEGRADED, or lost', () => {
    const note = 'too many errors';
    const vdevs = [vdev('mirror-0', 1, { group: true, state: 'DEGRADED' }), vdev('sda', 1, { state: 'FAULTED', note })];
    expect(poolFindings(pool({ state: 'DEGRADED', vdevs }), now)).toEqual([
      { level: 'bad', about: 'devices', path: ['vdevs', 1, 'state'], text: 'sda FAULTED: too many errors' },
      { level: 'warn', about: 'state', path: ['state'], text: 'DEGRADED' },
    ]);
    expect(poolLevel(pool({ state: 'SUSPENDED', vdevs: [] }), now)).toBe('bad');
  });

  test('that is full', () => {
    expect([70, 85, 95].map((used_percent) => poolLevel(pool({ used_percent }), now))).toEqual(['ok', 'warn', 'bad']);
  });

  test('by its scrub', () => {
    const texts = (more: Partial<PoolScan> | null) =>
      poolFindings(pool({ scan: more === null ? null : { ...scan, ...more } }), now).map(
        ({ level, text }) => `${level} ${text}`,
      );
    expect(texts(null)).toEqual(['warn never scrubbed']);
    expect(texts({ ended: 'Sun Jan 28 05:31:02 PM EST 2024' })).toEqual(['warn last scrub 112 days ago']);
    expect(texts({ errors: 3 })).toEqual(['bad the last scrub found 3 errors']);
    expect(texts({ state: 'paused', ended: null })).toEqual(['warn scrub paused']);
    expect(texts({ function: 'resilver', state: 'running', ended: null, progress_percent: 12.5 })).toEqual([
      'warn resilver under way, 12.5 % done',
    ]);
    expect(texts({ state: 'running', ended: null })).toEqual([]);
  });
});

test('the age of a scan', () => {
  const age = (more: Partial<PoolScan>) => scanAge({ ...scan, ...more }, now);
  expect(age({ ended: 'Mon May 13 12:00:00 AM CEST 2024' })).toBe(7 * 86_400);
  expect(age({ ended: null, ended_epoch_seconds: now - 60 })).toBe(60);
  expect([age({ ended: 'soon' }), age({ ended: null })]).toEqual([null, null]);
});
