import { expect, test } from 'vitest';
import type { Sample, SampleData } from '../../contract/samples.ts';
import { defaultThresholds } from '../present/levels.ts';
import { diskOf, poolOf, poolSample, sampleOf, scrubbed, start, vdevOf } from './health-fixture.ts';
import { createHealthTracker, type HealthTracker } from './tracker.ts';

/** What each sample changed, as `seconds change severity text`. */
function told(tracker: HealthTracker, samples: readonly Sample[]): string[] {
  return samples
    .flatMap((sample) => tracker.take(sample, defaultThresholds))
    .map(({ at, change, finding, sudden }) => {
      const was = sudden ? '' : ', was there';
      return `${(at - start) / 1000} ${change} ${finding.severity} ${finding.text}${was}`;
    });
}

const memoryAt = (seconds: number, percent: number) =>
  sampleOf('fast', seconds, {
    memory: {
      ...{ total_bytes: 1000, used_bytes: percent * 10, available_bytes: 1000 - percent * 10, arc: null, swap: null },
      ...{ available_estimated: false, free_bytes: null, buffers_bytes: null, cached_bytes: null, shared_bytes: null },
      scope: 'host',
    },
  });
const diskAt = (seconds: number, used: number) =>
  sampleOf('medium', seconds, {
    filesystems: {
      list: [
        {
          ...{ device: '/dev/sda1', type: 'ext4', mount: '/', size_bytes: 100, used_bytes: used },
          ...{ available_bytes: 2 ** 30, used_percent: used },
        },
      ],
    },
  });

test('a pool that degrades, resilvers and is well again gives exactly that', () => {
  const faulted = [vdevOf('sdb'), vdevOf('sdc', { state: 'FAULTED', note: 'too many errors' })];
  const replacing = [vdevOf('sdb'), vdevOf('sdd', { note: '(resilvering)' })];
  const resilver = { ...scrubbed, function: 'resilver', state: 'running' } as const;
  const tracker = createHealthTracker();
  const script = [
    poolSample(0, {}),
    poolSample(300, { state: 'DEGRADED', vdevs: faulted }),
    poolSample(600, { state: 'DEGRADED', vdevs: faulted }),
    poolSample(900, { state: 'DEGRADED', vdevs: replacing, scan: { ...resilver, progress_percent: 10 } }),
    poolSample(1200, { state: 'DEGRADED', vdevs: replacing, scan: { ...resilver, progress_percent: 60 } }),
    poolSample(1500, { vdevs: replacing, scan: { ...resilver, state: 'finished', progress_percent: null } }),
    poolSample(1800, {}),
  ];
  expect(told(tracker, script)).toEqual([
    '300 raised bad pool tank DEGRADED: sdc FAULTED: too many errors',
    '900 eased warn pool tank DEGRADED',
    '900 raised warn pool tank: resilver under way, 10.0 % done',
    '1500 cleared warn pool tank DEGRADED',
    '1500 cleared warn pool tank: resilver under way, 60.0 % done',
  ]);
  expect([tracker.standing(), tracker.glance()]).toEqual([[], { bad: 0, warn: 0, first: null }]);
});

test('what is there at the first sample stands at once, and alarms nobody', () => {
  const tracker = createHealthTracker();
  expect(tracker.glance()).toBeNull();
  expect(told(tracker, [diskAt(0, 95), memoryAt(0, 95)])).toEqual([
    '0 raised bad / 95 % full, 1.00 GB left, was there',
    '0 raised bad memory 95 % used, 50 B available, was there',
  ]);
  expect(tracker.glance()).toEqual({ bad: 2, warn: 0, first: '/ 95 % full, 1.00 GB left' });
});

test('what stood when the host was last seen is told when it is over, and not again', () => {
  const before = createHealthTracker();
  before.take(diskAt(0, 95), defaultThresholds);
  const again = createHealthTracker(before.standing());
  expect(told(again, [diskAt(9000, 96), diskAt(9300, 40)])).toEqual(['9300 cleared bad / 96 % full, 1.00 GB left']);
});

test('a peak is none of it, and what lasts is told from when it lasted', () => {
  const tracker = createHealthTracker();
  const values = [50, 95, 50, 95, 95, 95, 95, 50, 95, 50, 50, 50, 50];
  expect(
    told(
      tracker,
      values.map((percent, at) => memoryAt(30 * at, percent)),
    ),
  ).toEqual(['150 raised bad memory 95 % used, 50 B available', '330 cleared bad memory 95 % used, 50 B available']);
});

test('a value that sways about its threshold crosses it once', () => {
  const values = [70, 81, 79, 80.5, 77, 81, 93, 91, 92.5, 88, 87, 75];
  const tracker = createHealthTracker();
  const events = told(
    tracker,
    values.map((used, at) => diskAt(300 * at, used)),
  );
  expect(events.map((line) => line.replace(/ full.*/, ''))).toEqual([
    '300 raised warn / 81 %',
    '1800 worsened bad / 93 %',
    '3000 eased warn / 87 %',
    '3300 cleared warn / 87 %',
  ]);
});

test('what keeps coming back has to stay away longer before it is over', () => {
  const tracker = createHealthTracker();
  // Full and empty by turns, every five minutes, for four hours.
  const events = Array.from({ length: 48 }, (_, at) => diskAt(300 * at, at % 2 === 0 ? 40 : 95)).flatMap((sample) =>
    tracker.take(sample, defaultThresholds),
  );
  expect(events.map(({ at, change }) => `${(at - start) / 60_000} ${change}`)).toEqual([
    '5 raised',
    '10 cleared',
    '15 raised',
  ]);
});

test('unknown is not well: a reading that is missing clears nothing, one that is absent does', () => {
  const tracker = createHealthTracker();
  const missing = (seconds: number, status: 'failed' | 'absent') =>
    sampleOf('medium', seconds, { zfs: null, problems: { zfs: { status, reason: 'zpool did not answer in time' } } });
  const script = [
    poolSample(0, { state: 'SUSPENDED' }),
    missing(300, 'failed'),
    missing(600, 'failed'),
    missing(900, 'absent'),
  ];
  expect(told(tracker, script)).toEqual([
    '0 raised bad pool tank SUSPENDED, was there',
    '600 raised warn zfs could not be read: zpool did not answer in time',
    '900 cleared bad pool tank SUSPENDED',
    '900 cleared warn zfs could not be read: zpool did not answer in time',
  ]);
});

test('unknown is not well: a disk that sleeps is as bad as it was, and a peak on both sides of a gap is none that lasted', () => {
  const smartAt = (seconds: number, verdict: 'bad' | 'ok' | null) =>
    sampleOf('slow', seconds, {
      smart: { disks: [diskOf({ verdict, pending_sectors: verdict === null ? null : verdict === 'bad' ? 19 : 0 })] },
    });
  const heatAt = (seconds: number, celsius: number | null) =>
    sampleOf('medium', seconds, {
      sensors: {
        temperatures: [
          { id: 'cpu', chip: 'k10temp', label: 'Tctl', celsius, high_celsius: 90, critical_celsius: null },
        ],
        fans: [],
      },
    });
  const tracker = createHealthTracker();
  expect(
    told(tracker, [
      smartAt(0, 'bad'),
      smartAt(1800, null),
      smartAt(3600, 'bad'),
      smartAt(5400, 'ok'),
      heatAt(5400, 40),
      heatAt(5700, 91),
      heatAt(20_000, 91),
      heatAt(20_300, 91),
      heatAt(20_600, null),
      heatAt(20_900, 88),
      heatAt(21_200, 80),
    ]),
  ).toEqual([
    '0 raised bad sda 19 pending sectors, was there',
    '5400 cleared bad sda 19 pending sectors',
    '20300 raised warn k10temp Tctl at 91.0 °C',
    '21200 cleared warn k10temp Tctl at 88.0 °C',
  ]);
});

test('what only counts from its upper threshold on sways about it too', () => {
  const busyAt = (seconds: number, busy_percent: number) =>
    sampleOf('fast', seconds, { disks: { list: [{ name: 'sda', busy_percent }] } } as unknown as SampleData);
  const tracker = createHealthTracker();
  const values = [96, 96, 96, 92, 94, 91, 96, 80, 80, 80];
  expect(
    told(
      tracker,
      values.map((busy, at) => busyAt(150 * at, busy)),
    ),
  ).toEqual(['300 raised warn disk sda 96 % busy', '1200 cleared warn disk sda 96 % busy']);
});

test('a file system of a pool is not told for the one time that its pool is not', () => {
  const poolAt = (seconds: number, isRead: boolean) =>
    sampleOf('medium', seconds, {
      filesystems: {
        list: [{ device: 'tank/a', type: 'zfs', mount: '/tank/a', used_percent: 96, available_bytes: 2 ** 30 }],
      },
      ...(isRead
        ? { zfs: { version: null, pools: [poolOf()] } }
        : { zfs: null, problems: { zfs: { status: 'failed', reason: 'zpool did not answer in time' } } }),
    } as unknown as SampleData);
  const reads = [true, false, true, false, false, false, false, false, false, false, false];
  expect(
    told(
      createHealthTracker(),
      reads.map((isRead, at) => poolAt(300 * at, isRead)),
    ),
  ).toEqual([
    '1200 raised warn zfs could not be read: zpool did not answer in time',
    '2700 raised bad /tank/a 96 % full, 1.00 GB left',
  ]);
});

test('what was found by a collector of another kind is over when that collector says so', () => {
  const earlier = createHealthTracker();
  earlier.take(diskAt(0, 95), defaultThresholds);
  const tracker = createHealthTracker(earlier.standing().map((one) => ({ ...one, kind: 'slow' })));
  expect(told(tracker, [diskAt(300, 40)])).toEqual(['300 cleared bad / 95 % full, 1.00 GB left']);
});

test('one more unit that fails is told, one less is not, nor what goes to and fro', () => {
  const unitsAt = (seconds: number, failed: number) =>
    sampleOf('medium', seconds, {
      units: { state: null, counts: { total: 9, active: 9, failed }, failed: [], list: [] },
    });
  const tracker = createHealthTracker();
  expect(
    told(
      tracker,
      [0, 1, 2, 1, 2, 1, 0].map((failed, at) => unitsAt(300 * at, failed)),
    ),
  ).toEqual(['300 raised warn 1 unit failed', '600 worsened warn 2 units failed', '1800 cleared warn 1 unit failed']);
});
