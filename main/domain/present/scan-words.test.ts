import { expect, test } from 'vitest';
import type { PoolScan } from '../../contract/storage.ts';
import { scanParts } from './scan-words.ts';

const now = Date.UTC(2026, 10, 28) / 1000;
const none: PoolScan = {
  ...{ function: 'scrub', state: 'finished', progress_percent: null, total_bytes: null, scanned_bytes: null },
  ...{ issued_bytes: null, repaired_bytes: null, bytes_per_second: null, remaining_seconds: null },
  ...{ duration_seconds: null, errors: null, started: null, ended: null },
  ...{ started_epoch_seconds: null, ended_epoch_seconds: null },
};

test.each<[Partial<PoolScan>, string[]]>([
  [
    {
      state: 'running',
      progress_percent: 34.12,
      issued_bytes: 3 * 2 ** 40,
      total_bytes: 8 * 2 ** 40,
      remaining_seconds: 5400,
      errors: 0,
    },
    [
      'state scrub running',
      'progress_percent 34.1 % done',
      'issued_bytes 3.00 TB of 8.00 TB',
      'remaining_seconds 1 h 30 min left',
      'errors 0 errors',
    ],
  ],
  [
    { function: 'resilver', state: 'running', scanned_bytes: 1024 },
    ['state resilver running', 'scanned_bytes 1.00 KB'],
  ],
  [
    { ended_epoch_seconds: now - 7 * 86_400, duration_seconds: 15_129, repaired_bytes: 4096, errors: 1 },
    [
      'ended_epoch_seconds scrub finished 7 d ago',
      'duration_seconds took 4 h 12 min',
      'repaired_bytes 4.00 KB repaired',
      'errors 1 error',
    ],
  ],
  [{ state: 'cancelled', ended: 'in whose words?' }, ['ended scrub cancelled in whose words?']],
  [{ function: 'other', state: 'paused' }, ['state scan paused']],
])('%j', (more, expected) => {
  expect(scanParts({ ...none, ...more }, now).map(({ key, text }) => `${key} ${text}`)).toEqual(expected);
});
