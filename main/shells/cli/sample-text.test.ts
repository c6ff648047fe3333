import { expect, test } from 'vitest';
import type { Sample } from '../../contract/samples.ts';
import { sampleText } from './sample-text.ts';

const clock = { boot_id: null, uptime_seconds: null };
const of = (data: Omit<Sample['data'], 'clock' | 'problems'>) =>
  sampleText({ kind: 'slow', collected_at: '2026-01-02T03:04:05.000Z', data: { clock, problems: {}, ...data } })
    .split('\n')
    .slice(3)
    .map((line) => line.trim().replace(/ {2,}/g, ' | '))
    .filter((line) => line !== '');
const unknown = {
  ...{ write_errors: null, read_errors: null, flush_errors: null, corruption_errors: null, generation_errors: null },
};

test('what a host names is made safe, and unknown is no zero', () => {
  const btrfs = {
    ...{ uuid: null, label: 'a\x1b[2J', data_profile: 'RAID1', metadata_profile: null },
    ...{ data_total_bytes: 2048, data_used_bytes: 1024, metadata_total_bytes: null, metadata_used_bytes: null },
    devices: [
      { id: 1, path: null, missing: true, ...unknown },
      { id: 2, path: '/dev/sda', missing: false, ...unknown },
    ],
  };
  expect(of({ btrfs: { list: [btrfs] } })).toEqual([
    'BTRFS | DATA | USED OF CHUNKS | DEVICE',
    'a\\x1b[2J | RAID1 | 1.00 KB of 2.00 KB | device 1 | missing',
    'a\\x1b[2J | RAID1 | 1.00 KB of 2.00 KB | /dev/sda | — errors',
  ]);
});

test('updates that are not known say why', () => {
  const updates = {
    ...{ manager: 'dnf', pending: null, security: null, packages: [], unread: 'dnf failed: no\ncache' },
    ...{ reboot_required: null, reboot_packages: [], lists_age_seconds: null },
  };
  expect(of({ updates })).toEqual([
    'UPDATE | VERSION',
    'dnf | reboot: unknown | — pending, — for security; lists of —; dnf failed: no\\ncache',
  ]);
});

test('guests, backups that are missing, and units that failed', () => {
  const unit = { name: 'a.service', load: 'loaded', active: 'failed', sub: 'failed', description: 'A' };
  const backup = {
    vmid: 100,
    storage: 'local',
    size_bytes: null,
    made_epoch_seconds: 1,
    age_seconds: 90_000,
    count: 2,
  };
  expect(
    of({
      backups: { list: [backup], missing: [101] },
      units: { state: 'degraded', counts: { total: 9, active: 8, failed: 1 }, failed: [unit], list: [unit] },
    }),
  ).toEqual([
    'BACKUP OF | ON | MADE | SIZE | COUNT',
    '101 | none | 0',
    '100 | local | 1 d ago | — | 2',
    'UNIT | STATE',
    'a.service | failed | A',
    'all | degraded | 8 of 9 units are active, 1 failed',
  ]);
});
