import { expect, test } from 'vitest';
import { diskOf } from '../health/health-fixture.ts';
import { diskHeat, diskTroubles, diskVerdict } from './disk-verdict.ts';
import { defaultThresholds } from './levels.ts';

test('what a disk has lost and how warm it is goes by thresholds; what it complains of does not', () => {
  const disk = diskOf({
    ...{ rotation_rpm: 7200, temperature_celsius: 58, worn_percent: 92, reallocated_sectors: 3, pending_sectors: 0 },
    complaints: [{ level: 'warn', text: 'temperature beyond its threshold' }],
  });
  const told = (limits = defaultThresholds as Parameters<typeof diskTroubles>[1]) =>
    diskTroubles(disk, limits).map(({ key, level, words }) => `${level} ${words}: ${key}`);
  expect([
    told(),
    told({
      ...defaultThresholds,
      ...{ defects: { warn: 50, bad: 200 }, wear: { warn: 80, bad: 90 }, hdd: { warn: 60, bad: 70 } },
      sectors: { warn: 0, bad: 1 },
    }),
  ]).toEqual([
    [
      'warn temperature beyond its threshold: verdict',
      'warn 3 reallocated sectors: reallocated_sectors',
      'warn 92 % worn: worn_percent',
      'warn warm: 58 °C: temperature_celsius',
    ],
    ['bad 92 % worn: worn_percent', 'warn temperature beyond its threshold: verdict'],
  ]);
});

test('limits that a disk names itself count before any of ours; one of which nothing is known has no verdict', () => {
  const warm = { temperature_celsius: 58, rotation_rpm: 7200 };
  expect([
    diskHeat(diskOf({ ...warm, warm_celsius: 60 })),
    diskHeat(diskOf({ ...warm, hot_celsius: 57 })),
    diskHeat(diskOf({ ...warm, rotation_rpm: 0 })),
    diskHeat(diskOf({})),
    diskVerdict(diskOf({ verdict: null })),
    diskVerdict(diskOf({})),
  ]).toEqual(['ok', 'bad', 'ok', null, null, 'ok']);
});
