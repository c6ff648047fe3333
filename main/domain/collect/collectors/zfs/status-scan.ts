import type { PoolScan } from '../../../../contract/storage.ts';
import { countOf, nothingOfScan, sizeOf, wordsOf } from './values.ts';

type Function_ = PoolScan['function'];

/** A line or two longer than any that ZFS prints. */
const maxLength = 600;
const size = '(\\d[\\d.]{0,20}[KMGTPEZ]?B?)';
/** Where a date ends: it has numbers itself. */
const figures = ' \\d[\\d.]{0,20}[KMGTPEZ]?B? (?:/|scanned|copied)';

/**
 * What stands behind `scan:`, its lines joined by spaces, of every generation since 0.6; null where none was requested.
 * What a generation does not tell is null.
 */
export function parseScan(text: string): PoolScan | null {
  const words = wordsOfScan(text);
  const is = functionOf(words);
  if (is === null) return null;
  const scan = { ...nothingOfScan, function: is };
  const canceled = / (?:cancell?ed|stopped after .{1,60}? errors) on (.+)$/.exec(words);
  if (canceled !== null) return { ...scan, state: 'cancelled', ended: wordsOf(canceled[1]) };
  const running = /^.{0,80}? (in progress|paused) since (.+)$/.exec(words);
  if (running !== null) return underWay(scan, running[1] === 'paused', running[2] as string);
  // Before pool version 28 it tells how long it has been running, if at all: `in progress for 0h4m, 92.79% done`.
  const ancient = /^(?:scrub|resilver) in progress(?: for \S{1,20})?, (.+)$/.exec(words);
  if (ancient !== null) return { ...scan, ...progressOf(ancient[1] as string), state: 'running' };
  const isOver = /^(error scrub |scrub |resilver )?(repaired|resilvered|completed)\b/.test(words);
  return isOver ? finished(scan, words) : null;
}

/**
 * What stands behind `expand:` or `remove:`, where it runs: those that are over leave nothing to know. `Evacuation of
 * mirror-1 in progress since DATE 44.0M copied out of 1.2G at 3M/s, 3.60% done, 0h5m to go`.
 */
export function parseMove(text: string): PoolScan | null {
  const words = wordsOfScan(text);
  const running = /^.{0,300}? in progress since (.+)$/.exec(words);
  return running === null ? null : underWay({ ...nothingOfScan }, false, running[1] as string);
}

/** One line, with a point where the host's language has a comma in numbers. */
function wordsOfScan(text: string): string {
  const words = text.slice(0, maxLength).replace(/\s+/g, ' ').trim();
  return words.replace(/(?<=\d),(?=\d{1,3}[KMGTPEZB%])/g, '.');
}

function functionOf(words: string): Function_ | null {
  if (/^error ?scrub\b/.test(words)) return 'other';
  if (/^scrub\b/.test(words)) return 'scrub';
  // One that goes through a single vdev in sequence is a rebuild, whatever it is called.
  if (/^(resilver|resilvered|rebuilt?) \(/.test(words)) return 'rebuild';
  return /^resilver/.test(words) ? 'resilver' : null;
}

function underWay(scan: PoolScan, paused: boolean, rest: string): PoolScan {
  const begun = new RegExp(`(?:scrub|resilver) started on (.{1,60}?)(?=${figures}|$)`).exec(rest);
  const since = new RegExp(`^(.{1,60}?)(?= (?:scrub|resilver) started on |${figures}|$)`).exec(rest);
  const outOf = new RegExp(`${size} (?:scanned|copied) out of ${size}(?: at ${size}/s)?`).exec(rest);
  const of = new RegExp(`${size} / ${size} (?:scanned|copied)(?: at ${size}/s)?`).exec(rest);
  const scanned = new RegExp(`${size} scanned(?: at ${size}/s)?`).exec(rest);
  // A rebuild of 2.1 leaves out the `at`.
  const issued = new RegExp(`${size}(?: / ${size})? issued(?: (?:at )?${size}/s)?`).exec(rest);
  const total = outOf?.[2] ?? of?.[2] ?? new RegExp(`${size} total`).exec(rest)?.[1];
  return {
    ...scan,
    ...progressOf(rest),
    state: paused ? 'paused' : 'running',
    total_bytes: sizeOf(total),
    scanned_bytes: sizeOf(outOf?.[1] ?? of?.[1] ?? scanned?.[1]),
    issued_bytes: sizeOf(issued?.[1]),
    repaired_bytes: sizeOf(new RegExp(`${size} (?:repaired|resilvered|rebuilt)`).exec(rest)?.[1]),
    // What was only found has still to be read: the slower number is how it goes on.
    bytes_per_second: paused ? null : sizeOf(issued?.[3] ?? outOf?.[3] ?? of?.[3] ?? scanned?.[2]),
    started: wordsOf(begun?.[1] ?? since?.[1], 64),
  };
}

/** It may go beyond what there was at its start: then it is as good as done. */
function progressOf(rest: string): Pick<PoolScan, 'progress_percent' | 'remaining_seconds'> {
  const percent = /(?<![\d.])(\d{1,12}(?:\.\d{1,4})?)% done/.exec(rest);
  return {
    progress_percent: percent === null ? null : Math.min(100, Number(percent[1])),
    remaining_seconds: secondsOf(/(\S{1,20}(?: days? \S{1,20})?) to go/.exec(rest)?.[1]),
  };
}

function finished(scan: PoolScan, words: string): PoolScan {
  const repaired = new RegExp(`(?:repaired|resilvered)(?: \\(.{1,100}?\\))? ${size}`).exec(words);
  const took = / (?:in|after) (\S{1,20}(?: days? \S{1,20})?)(?: with|$)/.exec(words);
  const errors = / with (\S{1,20}) errors/.exec(words);
  const ended = / errors on (.+)$/.exec(words);
  return {
    ...scan,
    state: 'finished',
    repaired_bytes: sizeOf(repaired?.[1]),
    duration_seconds: secondsOf(took?.[1]),
    errors: countOf(errors?.[1]),
    ended: wordsOf(ended?.[1], 64),
  };
}

/** `1 days 02:03:04`, `00:34:20`, `0h46m`, `11h16m3s`; null for all else. */
export function secondsOf(text: string | undefined): number | null {
  if (text === undefined) return null;
  const match = /^(?:(\d{1,6}) days? )?(?:(\d{1,6}):(\d\d):(\d\d)|(?:(\d{1,6})h)?(\d{1,6})m(?:(\d{1,2})s)?)$/.exec(
    text,
  );
  if (match === null) return null;
  const [days, hours, minutes, seconds, h, m, s] = match.slice(1).map((part) => Number(part ?? 0)) as number[];
  const sum = (a = 0, b = 0, c = 0) => 3600 * a + 60 * b + c;
  return 86_400 * (days ?? 0) + sum(hours, minutes, seconds) + sum(h, m, s);
}
