import { expect, test } from 'vitest';
import type { Problem, Sample, SampleData } from '../../contract/samples.ts';
import { panelsOf } from './host-panels.ts';

const clock = { boot_id: null, uptime_seconds: null };

function sample(kind: Sample['kind'], data: Partial<SampleData>): Sample {
  return { kind, collected_at: '2026-11-28T12:00:00.000Z', data: { clock, problems: {}, ...data } };
}

const absent: Problem = { status: 'absent', reason: 'There is no zpool.' };
const refused: Problem = { status: 'failed', reason: 'sudo refused it.', remedy: 'joe ALL=(root) NOPASSWD: /sbin/lvs' };
const broken: Problem = { status: 'failed', reason: 'It took too long.' };

test('what a host has is a panel, what it has not one line, and what nobody asked yet neither', () => {
  const medium = sample('medium', {
    zfs: null,
    units: null,
    raids: { list: [] },
    problems: { zfs: absent, units: broken },
  });
  const slow = sample('slow', { lvm: null, problems: { lvm: refused } });
  expect(panelsOf([medium, null, slow])).toEqual({
    shown: [
      {
        ...{ id: 'raids', short: 'Arrays', title: 'RAID arrays', problem: null },
        condition: { level: 'ok', count: 0, words: 'none' },
      },
      {
        ...{ id: 'lvm', short: 'LVM', title: 'LVM', problem: refused },
        condition: { level: null, count: null, words: 'needs a privilege' },
      },
      {
        ...{ id: 'units', short: 'Units', title: 'Services', problem: broken },
        condition: { level: 'warn', count: null, words: 'could not be read' },
      },
    ],
    absent: [{ id: 'pools', title: 'ZFS pools', collector: 'zfs', reason: 'There is no zpool.' }],
  });
});

test('a panel of several readings stands while one of them is told', () => {
  const accounts = { list: [{ can_sign_in: true }, { can_sign_in: false }] } as SampleData['accounts'];
  const problems = { sessions: broken };
  const { shown } = panelsOf([sample('medium', { sessions: null, problems }), sample('slow', { accounts })]);
  expect(shown).toEqual([
    {
      ...{ id: 'people', short: 'People', title: 'People', problem: null },
      condition: { level: 'ok', count: null, words: '1 account may sign in' },
    },
  ]);
});

test('a host that said nothing yet has no panel', () => {
  expect(panelsOf([null, null])).toEqual({ shown: [], absent: [] });
});
