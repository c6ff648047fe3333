import { describe, expect, test } from 'vitest';
import { parseMove, parseScan, secondsOf } from './status-scan.ts';
import { nothingOfScan } from './values.ts';

const K = 1024;
const [M, G, T] = [K ** 2, K ** 3, K ** 4];
const round = Math.round;

describe('a scan that is over', () => {
  test.each([
    [
      '0.6',
      'scrub repaired 0 in 0h12m with 0 errors on Sun Mar  6 00:36:14 2016',
      0,
      720,
      0,
      'Sun Mar 6 00:36:14 2016',
    ],
    [
      '0.7',
      'scrub repaired 1.50M in 13h7m with 3 errors on Mon Apr  2 13:07:55 2018',
      1.5 * M,
      47_220,
      3,
      'Mon Apr 2 13:07:55 2018',
    ],
    [
      '0.8',
      'scrub repaired 0B in 2 days 03:04:05 with 0 errors on Tue Oct 13 03:28:06 2020',
      0,
      183_845,
      0,
      'Tue Oct 13 03:28:06 2020',
    ],
    [
      '2.x',
      'scrub repaired 0B in 00:34:20 with 1.20K errors on Sun May 12 00:58:21 2024',
      0,
      2060,
      1229,
      'Sun May 12 00:58:21 2024',
    ],
    [
      'exact',
      'scrub repaired 131072 in 00:00:09 with 0 errors on Sun May 12 00:58:21 2024',
      131_072,
      9,
      0,
      'Sun May 12 00:58:21 2024',
    ],
  ])('a scrub of %s', (_, text, repaired, seconds, errors, ended) => {
    expect(parseScan(text)).toEqual({
      ...nothingOfScan,
      function: 'scrub',
      state: 'finished',
      repaired_bytes: repaired,
      duration_seconds: seconds,
      errors,
      ended,
    });
  });

  test('a resilver, whole or of one vdev in sequence', () => {
    const over = {
      state: 'finished',
      repaired_bytes: round(1.07 * G),
      errors: 0,
      ended: 'Sat Jun  1 10:00:00 2024',
    } as const;
    expect(parseScan('resilvered 1.07G in 0h2m with 0 errors on Sat Jun  1 10:00:00 2024')).toEqual({
      ...nothingOfScan,
      ...over,
      function: 'resilver',
      duration_seconds: 120,
      ended: 'Sat Jun 1 10:00:00 2024',
    });
    expect(parseScan('resilvered (mirror-0) 1.07G in 00:02:00 with 0 errors on Sat Jun  1 10:00:00 2024')).toEqual({
      ...nothingOfScan,
      ...over,
      function: 'rebuild',
      duration_seconds: 120,
      ended: 'Sat Jun 1 10:00:00 2024',
    });
  });

  test('one that was cancelled, cut off, of errors only, or never requested', () => {
    const canceled = { ...nothingOfScan, function: 'scrub', state: 'cancelled', ended: 'Fri Aug 19 15:33:19 2022' };
    expect(parseScan('scrub canceled on Fri Aug 19 15:33:19 2022')).toEqual(canceled);
    expect(parseScan('scrub repaired 0B in <snip>')).toEqual({
      ...nothingOfScan,
      function: 'scrub',
      state: 'finished',
      repaired_bytes: 0,
    });
    expect(parseScan('error scrub canceled on Fri Aug 19 15:33:19 2022')).toEqual({ ...canceled, function: 'other' });
    expect(['none requested', '', 'something new'].map(parseScan)).toEqual([null, null, null]);
  });
});

describe('a scan that runs', () => {
  const since = 'Wed Apr 10 23:23:38 2024';
  const running = { ...nothingOfScan, function: 'scrub', state: 'running', started: since } as const;
  test.each([
    [
      '0.6',
      `scrub in progress since ${since}\n    1.50G scanned out of 347G at 126M/s, 0h46m to go\n    0 repaired, 0.43% done`,
      {
        scanned_bytes: 1.5 * G,
        total_bytes: 347 * G,
        bytes_per_second: 126 * M,
        remaining_seconds: 2760,
        repaired_bytes: 0,
        progress_percent: 0.43,
      },
    ],
    [
      '0.6, slow',
      `scrub in progress since ${since}\n    1.50G scanned out of 19.5T at 2.50M/s, (scan is slow, no estimated time)\n    0 repaired, 0.01% done`,
      {
        scanned_bytes: 1.5 * G,
        total_bytes: 19.5 * T,
        bytes_per_second: 2.5 * M,
        repaired_bytes: 0,
        progress_percent: 0.01,
      },
    ],
    [
      '0.8',
      `scrub in progress since ${since}\n\t6.25T scanned at 644M/s, 4.25T issued at 444M/s, 6.50T total\n\t0B repaired, 65.38% done, 0 days 01:24:38 to go`,
      {
        scanned_bytes: 6.25 * T,
        issued_bytes: 4.25 * T,
        total_bytes: 6.5 * T,
        bytes_per_second: 444 * M,
        repaired_bytes: 0,
        progress_percent: 65.38,
        remaining_seconds: 5078,
      },
    ],
    [
      '2.2',
      `scrub in progress since ${since}\n\t68.5T / 104T scanned at 1.50G/s, 48.5T / 104T issued at 750M/s\n\t256K repaired, 46.63% done, 3 days 00:00:10 to go`,
      {
        scanned_bytes: 68.5 * T,
        issued_bytes: 48.5 * T,
        total_bytes: 104 * T,
        bytes_per_second: 750 * M,
        repaired_bytes: 256 * K,
        progress_percent: 46.63,
        remaining_seconds: 259_210,
      },
    ],
    [
      '2.2, at its start',
      `scrub in progress since ${since}\n\t0B / 104T scanned, 0B / 104T issued\n\t0B repaired, 0.00% done, no estimated completion time`,
      { scanned_bytes: 0, issued_bytes: 0, total_bytes: 104 * T, repaired_bytes: 0, progress_percent: 0 },
    ],
  ])('of %s', (_, text, more) => {
    expect(parseScan(text)).toEqual({ ...running, ...more });
  });

  test('one that is paused tells since when, and when it began', () => {
    const text = `scrub paused since Thu Apr 11 08:00:00 2024\n\tscrub started on ${since}\n\t2.00T scanned, 1.00T issued, 4.00T total\n\t0B repaired, 25.00% done`;
    expect(parseScan(text)).toEqual({
      ...running,
      state: 'paused',
      scanned_bytes: 2 * T,
      issued_bytes: T,
      total_bytes: 4 * T,
      repaired_bytes: 0,
      progress_percent: 25,
    });
  });

  test('a rebuild, an expansion and a removal', () => {
    expect(
      parseScan(
        `resilver (draid1:3d:5c:1s-0) in progress since ${since}\n\t1.00G scanned at 100M/s, 512M issued at 50M/s, 2.00G total\n\t512M resilvered, 25.00% done, 00:00:30 to go`,
      ),
    ).toEqual({
      ...running,
      function: 'rebuild',
      scanned_bytes: G,
      issued_bytes: 512 * M,
      total_bytes: 2 * G,
      bytes_per_second: 50 * M,
      repaired_bytes: 512 * M,
      progress_percent: 25,
      remaining_seconds: 30,
    });
    // As 2.1.5 prints it: what is only scanned is faster, and is not how it goes on.
    const rebuild = `resilver (draid3:19d:24c:2s-0) in progress since ${since}\n\t4.00T scanned at 2.00G/s, 2.00T issued 1.00G/s, 8.00T total`;
    expect(parseScan(rebuild)).toMatchObject({ issued_bytes: 2 * T, bytes_per_second: G });
    const other = { ...running, function: 'other', bytes_per_second: 128 * M, progress_percent: 12.5 };
    expect(
      parseMove(
        `expansion of raidz1-0 in progress since ${since}\n\t1.00T / 8.00T copied at 128M/s, 12.50% done, 15:55:44 to go`,
      ),
    ).toEqual({ ...other, scanned_bytes: T, total_bytes: 8 * T, remaining_seconds: 57_344 });
    expect(
      parseMove(
        `Evacuation of mirror-1 in progress since ${since}\n\t1.00G copied out of 8.00G at 128M/s, 12.50% done, 0h1m to go`,
      ),
    ).toEqual({ ...other, scanned_bytes: G, total_bytes: 8 * G, remaining_seconds: 60 });
    expect(parseMove('Removal of vdev 1 copied 44.0M in 0h0m, completed on Wed Apr 10 23:23:38 2024')).toBeNull();
  });
});

describe('an old scan', () => {
  test('tells how far it is and not since when', () => {
    const far = { ...nothingOfScan, state: 'running', progress_percent: 92.79, remaining_seconds: 120 };
    expect([
      parseScan('resilver in progress for 0h4m, 92.79% done, 0h2m to go'),
      parseScan('scrub in progress, 92.79% done, 0h2m to go'),
    ]).toEqual([
      { ...far, function: 'resilver' },
      { ...far, function: 'scrub' },
    ]);
  });

  test('that was stopped is cancelled', () => {
    expect(parseScan('scrub stopped after 0h3m with 0 errors on Wed Jun 24 22:31:07 2009')).toEqual({
      ...nothingOfScan,
      function: 'scrub',
      state: 'cancelled',
      ended: 'Wed Jun 24 22:31:07 2009',
    });
  });
});

test('a comma parts decimals where the host speaks so, and more than all is all', () => {
  const text = (percent: string) =>
    `scrub in progress since Thu Apr 11 14:41:12 2019\n\t23,5G scanned out of 23,5G at 22,5M/s, (scan is slow, no estimated time)\n\t0B repaired, ${percent}% done`;
  const scan = {
    ...{ ...nothingOfScan, function: 'scrub', state: 'running', started: 'Thu Apr 11 14:41:12 2019' },
    ...{ scanned_bytes: 23.5 * G, total_bytes: 23.5 * G, bytes_per_second: 22.5 * M, repaired_bytes: 0 },
  };
  expect(['96,19', '100,09', '118068.85'].map((percent) => parseScan(text(percent)))).toEqual([
    { ...scan, progress_percent: 96.19 },
    { ...scan, progress_percent: 100 },
    { ...scan, progress_percent: 100 },
  ]);
});

test('durations of every generation', () => {
  expect(['00:34:20', '1 days 00:00:01', '0h46m', '2h3m4s', '5m', 'soon', undefined].map(secondsOf)).toEqual([
    2060,
    86_401,
    2760,
    7384,
    300,
    null,
    null,
  ]);
});
