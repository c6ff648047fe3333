import { expect, test } from 'vitest';
import type { HostView } from '../../main/contract/hosts.ts';
import { parseFolds } from './chart-folds.ts';
import { comparedSpan, comparisonWords, typedOffset } from './compare.ts';
import {
  beginBrush,
  carryCursor,
  clearCursor,
  cursorStore,
  endBrush,
  moveCursor,
  pinCursor,
  steppedInstant,
} from './cursor.ts';
import { mergeFleet, noFleet } from './fleet.ts';
import { movedSpan, presetSpan, widened, zoomedAround } from './range.ts';
import { parseRoute, routeHash, show } from './route.ts';
import { lookOf, parseTheme } from './theme.ts';

function view(id: string, at: number): HostView {
  return {
    host: { id, name: id, group: null, tags: [], addedAt: 0, target: { transport: 'local' } },
    connection: { state: 'live', since: 0, by: 'this machine' },
    recording: null,
    ring: null,
    health: null,
    glance: { at, cpu_percent: null, memory_percent: null, load: null, uptime_seconds: null, problems: {} },
    cadenceSeconds: 30,
  };
}

test("one host's news leaves the others the same objects, and a part that is not told is what it was", () => {
  const [a, b] = [view('a', 1), view('b', 1)];
  const whole = [a, b].map((one) => ({ id: one.host.id, ...one }));
  const first = mergeFleet(noFleet, { now: 0, order: ['a', 'b'], hosts: whole, warnings: [] });
  const next = mergeFleet(first, { now: 1, order: null, hosts: [{ id: 'b', cadenceSeconds: 2 }], warnings: null });
  const fewer = mergeFleet(next, { now: 2, order: ['b'], hosts: [], warnings: null });
  const warned = mergeFleet(first, { now: 1, order: null, hosts: [], warnings: ['The disk is full.'] });
  expect(first).toEqual({ ready: true, ids: ['a', 'b'], views: { a, b }, warnings: [] });
  expect([next.ids === first.ids, next.views.a === first.views.a, next.views.b]).toEqual([
    true,
    true,
    { ...b, cadenceSeconds: 2 },
  ]);
  expect([fewer.ids, fewer.views]).toEqual([['b'], { b: next.views.b }]);
  expect([warned.warnings, warned.ids === first.ids, warned.views === first.views]).toEqual([
    ['The disk is full.'],
    true,
    true,
  ]);
  expect(mergeFleet(noFleet, { now: 0, order: [], hosts: [], warnings: [] })).toEqual({ ...noFleet, ready: true });
});

test('addresses name views, and nothing else breaks them', () => {
  const hashes = ['', '#/', '#/host/abc', '#/host/', '#/dump/abc', '#/diagnostics', '#/settings', '#/x'];
  expect(hashes.map((hash) => routeHash(parseRoute(hash)))).toEqual([
    '#/',
    '#/',
    '#/host/abc',
    '#/',
    '#/dump/abc',
    '#/diagnostics',
    '#/settings',
    '#/',
  ]);
});

test('the cursor moves within the span, from the newest edge where it was nowhere', () => {
  const span = { from: 100, to: 200 };
  expect([
    steppedInstant({ at: null, pinned: null }, -10, span),
    steppedInstant({ at: null, pinned: 150 }, 10, span),
    steppedInstant({ at: 105, pinned: 150 }, -10, span),
    steppedInstant({ at: 195, pinned: null }, 10, span),
  ]).toEqual([190, 160, 100, 200]);
});

test('spans', () => {
  expect([
    presetSpan('15 min', 1_000_500),
    widened({ from: 1000, to: 1001 }, 100),
    zoomedAround({ from: 0, to: 100_000 }, 20_000, 0.5),
    movedSpan({ from: 100, to: 200 }, -1),
  ]).toEqual([
    { from: 102_000, to: 1_002_000 },
    { from: 950.5, to: 1050.5 },
    { from: 10_000, to: 60_000 },
    { from: 50, to: 150 },
  ]);
});

test('a theme that is not one follows the system', () => {
  expect([null, 'dark', 'light', 'contrast', 'pink'].map(parseTheme)).toEqual([
    'system',
    'dark',
    'light',
    'contrast',
    'system',
  ]);
});

test('more contrast is a theme of its own, and a wish of the system that no theme overrules', () => {
  expect([
    lookOf('system', false),
    lookOf('contrast', false),
    lookOf('contrast', true),
    lookOf('light', true),
    lookOf('dark', false),
  ]).toEqual([
    { scheme: null, contrast: false },
    { scheme: null, contrast: true },
    { scheme: null, contrast: true },
    { scheme: 'light', contrast: true },
    { scheme: 'dark', contrast: false },
  ]);
});

test('a selection lies between where it began and the cursor, whichever is earlier', () => {
  beginBrush(200);
  moveCursor(150);
  const brushed = endBrush();
  const none = endBrush();
  clearCursor();
  expect([brushed, none]).toEqual([{ from: 150, to: 200 }, null]);
});

test('what is compared is asked of its own time, and named', () => {
  const span = { from: 1000, to: 2000 };
  const day = 86_400_000;
  const rows = [
    { kind: 'none' },
    { kind: 'host', hostId: 'b', laterMs: 0 },
    { kind: 'host', hostId: 'b', laterMs: 3_600_000 },
    { kind: 'host', hostId: 'b', laterMs: -90_000 },
    { kind: 'before', ms: day },
    { kind: 'before', ms: 90 * 60_000 },
    { kind: 'before', ms: -10_000 },
  ] as const;
  expect(rows.map((row) => [comparedSpan(span, row), comparisonWords(row, 'tank')])).toEqual([
    [null, ''],
    [span, 'tank'],
    [{ from: 1000 - 3_600_000, to: 2000 - 3_600_000 }, 'tank, drawn 1 h later'],
    [{ from: 91_000, to: 92_000 }, 'tank, drawn 1 min 30 s earlier'],
    [{ from: 1000 - day, to: 2000 - day }, '24 h before'],
    [{ from: 1000 - 5_400_000, to: 2000 - 5_400_000 }, '1 h 30 min before'],
    [{ from: 11_000, to: 12_000 }, '10 s after'],
  ]);
  const ahead = rows.map((row) => comparedSpan(span, row, 2 * day)?.to ?? null);
  expect(ahead).toEqual([null, 2000, 2000 - 3_600_000, 92_000, 2000, 2000, 12_000]);
  expect(['2', '0.5', '', 'x', '-1', '0', '1e9'].map((amount) => typedOffset(amount, 3_600_000))).toEqual([
    7_200_000,
    1_800_000,
    null,
    null,
    null,
    null,
    null,
  ]);
});

test('folds that were stored are read, and nonsense is none', () => {
  expect([null, '{"cpu":false,"x":1}', 'nonsense', '[true]', '7'].map(parseFolds)).toEqual([
    {},
    { cpu: false },
    {},
    { 0: true },
    {},
  ]);
});

test('an instant that is held stays on the pages of its host, and on no other', () => {
  const pinned = () => cursorStore.getState().pinned;
  show({ view: 'dump', hostId: 'a' });
  pinCursor(1000);
  show({ view: 'host', hostId: 'a' });
  expect(pinned()).toBe(1000);
  show({ view: 'dump', hostId: 'b' });
  expect(pinned()).toBeNull();
  carryCursor(2000);
  show({ view: 'host', hostId: 'b' });
  clearCursor();
  expect(pinned()).toBe(2000);
  show({ view: 'fleet' });
  expect(pinned()).toBeNull();
});
