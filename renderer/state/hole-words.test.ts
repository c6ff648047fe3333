import { expect, test } from 'vitest';
import type { Gap } from '../../main/contract/history.ts';
import { holeLabel, holeWords } from './hole-words.ts';

const noon = Date.parse('2026-11-21T12:00:00Z');
const hour = 3_600_000;
const span = { from: noon, to: noon + 6 * hour };
const utc = () => 0;
const gap: Gap = { from: noon, to: noon + hour, cause: 'unreachable', detail: 'Nothing answers.' };

test('a hole says when, and why where that is known', () => {
  expect([
    holeWords({ from: noon, to: noon + hour, gap: null }, utc),
    holeWords({ from: noon, to: noon + hour, gap }, utc),
    holeWords({ from: noon, to: noon + 13 * hour, gap: null }, utc),
    holeWords({ from: noon, to: noon + hour, gap: null, unlisted: true }, utc),
    holeWords({ from: noon, to: noon + hour, gap: null, unlisted: true, life: 'before' }, utc),
    holeLabel({ from: noon, to: noon + hour, gap: null, unlisted: true, life: 'after' }, span, utc),
  ]).toEqual([
    'No data 12:00:00 – 13:00:00',
    'No data 12:00:00 – 13:00:00: host unreachable. Nothing answers.',
    'No data 2026-11-21 12:00:00 – 2026-11-22 01:00:00',
    'Not among the top processes 12:00:00 – 13:00:00',
    'It had not started 12:00:00 – 13:00:00',
    'It had ended',
  ]);
});

test('a wide hole has a word inside it', () => {
  const label = (from: number, to: number, of = span) =>
    holeLabel({ from: noon + from * hour, to: noon + to * hour, gap: null }, of, utc);
  expect([
    label(0, 6),
    label(0, 3.25),
    label(2, 6),
    label(1, 4),
    label(0, 3, { from: noon, to: noon + 24 * hour }),
    holeLabel({ from: noon, to: noon + hour, gap }, span, utc),
    holeLabel({ from: noon, to: noon + hour, gap: null, unlisted: true }, span, utc),
  ]).toEqual([
    'Nothing recorded in this span',
    'Nothing recorded before 15:15',
    'Nothing recorded since 14:00',
    'Nothing recorded',
    'Nothing recorded before 2026-11-21 15:00',
    'No data: host unreachable',
    'Not among the top processes then',
  ]);
});
