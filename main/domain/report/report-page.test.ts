import { expect, test } from 'vitest';
import type { Process, SampleData } from '../../contract/samples.ts';
import type { ReportEntry, ReportMoment } from './report-moment.ts';
import { reportPage } from './report-page.ts';
import { reportStyle } from './report-style.ts';

const at = Date.UTC(2026, 3, 22, 20, 13, 19);
const attack = `</code><script>alert(1)</script><img src=x onerror="alert(2)">'\u202e\x1b[31m`;

const process = (over: Partial<Process>): Process => ({
  ...{
    pid: 1,
    start_ticks: 1,
    started_seconds: 1,
    parent_pid: 0,
    name: 'init',
    command: null,
    user: 'root',
    state: 'S',
  },
  ...{ cpu_percent: null, cpu_host_percent: null, memory_bytes: null, threads: 1 },
  ...over,
});

const data: SampleData = {
  clock: { boot_id: attack, uptime_seconds: 90_061 },
  load: { one: 3, five: 2, fifteen: 1, running: 1, tasks: 200 },
  processes: {
    ...{ count: 200, window_seconds: 2 },
    list: [
      process({ name: 'calm', cpu_percent: 1.5 }),
      process({ pid: 7, name: 'busy', command: attack, cpu_percent: 72, user: attack }),
    ],
  },
  filesystems: {
    list: [
      {
        device: attack,
        type: 'ext4',
        mount: attack,
        size_bytes: 2048,
        used_bytes: 1024,
        available_bytes: 1024,
        used_percent: 95,
      },
    ],
  },
  problems: { sensors: { status: 'failed', reason: attack }, disks: { status: 'absent', reason: 'no disk' } },
};

const entry: ReportEntry = {
  ...{
    at,
    command: attack,
    exit: null,
    error: attack,
    durationMs: 12,
    size: 9000,
    stdout: `a\n${attack}`,
    stderr: attack,
  },
  ...{ isShortened: true, truncated: true, timedOut: true, state: 'torn' },
};

const moment: ReportMoment = {
  ...{ name: attack, at, zoneMinutes: 120, fast: { at, data }, medium: { at: at - 300_000, data }, entries: [entry] },
  ...{ notes: [attack], isRedacted: true },
};

test('whatever a host says is text: there is no script, no picture, no handler, nothing unseen', () => {
  const page = reportPage(moment);
  expect(page.match(/<\/?(?:script|img|iframe|object|link|base|form|svg|a)\b/gi)).toBeNull();
  // An attribute is ours or is escaped: no quote of a host ends one.
  expect(page.match(/<[a-z]+[^>]*\son\w+=/gi)).toBeNull();
  expect(['\u202e', '\x1b'].some((unseen) => page.includes(unseen))).toBe(false);
  expect(page).toContain(`default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'`);
  expect(page.split('&lt;script&gt;alert(1)&lt;/script&gt;').length).toBeGreaterThan(10);
});

test('the moment in UTC and local time, the busiest process on top, what is older with its time, problems but what is absent', () => {
  const page = reportPage(moment);
  const order = [
    '2026-04-22 20:13:19 UTC',
    '2026-04-22 22:13:19 local time (UTC+02:00)',
    'Redacted',
    'At a glance',
    'sensors: ',
    '72 %',
    '[calm]',
    'File systems<small>as of 22:08:19</small>',
    'torn',
    'Only the beginning of 8.79 KB',
  ];
  const places = order.map((text) => page.indexOf(text));
  expect(places.every((place) => place > 0)).toBe(true);
  expect(places).toEqual([...places].sort((a, b) => a - b));
  expect(page.includes('no disk')).toBe(false);
});

test('a moment of which little is known says so', () => {
  const page = reportPage({ ...moment, fast: null, medium: null, entries: [], notes: [], isRedacted: false });
  expect(page).toContain('No fast sample had been taken at this moment.');
  expect(page.includes('Redacted')).toBe(false);
});

test('it is dark on a screen alone: paper is white', () => {
  expect(reportStyle.match(/@media[^{]*\(prefers-color-scheme: dark\)/g)).toEqual([
    '@media screen and (prefers-color-scheme: dark)',
  ]);
});
