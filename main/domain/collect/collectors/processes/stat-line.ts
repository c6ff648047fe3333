/** What Rackside uses of one `/proc/PID/stat`; https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html */
export interface StatLine {
  readonly pid: number;
  /** The kernel's name, at most 15 bytes; it may hold parentheses, spaces and newlines. */
  readonly name: string;
  readonly state: string;
  readonly parent: number;
  /** `utime + stime`, in clock ticks since the process began. */
  readonly ticks: number;
  /** The same of children that are gone and were waited for, and of theirs. */
  readonly childTicks: number;
  /** Grows whenever a child that is gone was waited for: its faults and ticks, added up. */
  readonly reaped: number;
  /** From -20, first in line, to 19. */
  readonly nice: number;
  readonly threads: number;
  /** `starttime`, in clock ticks since boot. */
  readonly startTicks: number;
  /** Resident pages, as the kernel counts them in passing. */
  readonly rssPages: number;
}

/** A user's name has at most 15 bytes, of which each may be a newline; the kernel's own workers have up to 64. */
const maxNameLines = 16;
const maxName = 64;

/**
 * The records in the text of one or more `stat` files, in their order. A record whose name holds newlines stretches
 * over lines, and what stands in these is part of the name, even where it looks like the beginning of another record:
 * else a process could appear under the number of any other. What is not a record is passed over.
 */
export function parseStatLines(text: string): StatLine[] {
  const found: StatLine[] = [];
  const lines = text.split('\n');
  for (let at = 0; at < lines.length; ) {
    const record = recordAt(lines, at);
    if (record !== null) found.push(record.line);
    at = record === null ? at + 1 : record.next;
  }
  return found;
}

/** The shortest record that begins with that line, and the number of the line behind it. */
function recordAt(lines: readonly string[], at: number): { line: StatLine; next: number } | null {
  let open = lines[at] as string;
  if (!/^\d+ \(/.test(open)) return null;
  const last = Math.min(lines.length, at + maxNameLines);
  for (let next = at + 1; ; next++) {
    const line = lines[next - 1]?.includes(') ') ? parseStatLine(open) : null;
    if (line !== null) return { line, next };
    // What is open now is a number and a part of a name, or nothing.
    if (next === last || open.length > 2 * maxName) return null;
    open = `${open}\n${lines[next]}`;
  }
}

/** One whole record, or null where it is not one. */
export function parseStatLine(record: string): StatLine | null {
  const nameAt = record.indexOf(' (') + 2;
  const nameEnd = record.lastIndexOf(') ');
  const fieldsAt = nameEnd + 4;
  if (nameAt < 3 || nameEnd < nameAt || nameEnd - nameAt > maxName || record[fieldsAt - 1] !== ' ') return null;
  const pid = wholeNumber(record, 0, nameAt - 2);
  const state = record[nameEnd + 2] as string;
  const fields = numbersFrom(record, fieldsAt);
  if (pid === null || state.trim() === '' || fields === null || fields.length < columns) return null;
  const field = (number: number): number => fields[number - 4] as number;
  const [parent, nice, threads] = [field(4), field(19), field(20)];
  const [startTicks, rssPages] = [field(22), field(24)];
  const ticks = field(14) + field(15);
  const childTicks = field(16) + field(17);
  const reaped = field(11) + field(13) + childTicks;
  // Others, such as the limit of the resident size, are beyond them on any host.
  const isSafe =
    areSafe(pid, parent, nice) && areSafe(threads, startTicks, rssPages) && areSafe(ticks, childTicks, reaped);
  if (!isSafe) return null;
  return {
    pid,
    name: record.slice(nameAt, nameEnd).toWellFormed(),
    state: state.toWellFormed(),
    parent,
    ticks,
    childTicks,
    reaped,
    nice,
    threads,
    startTicks,
    rssPages,
  };
}

function areSafe(one: number, two: number, three: number): boolean {
  return Number.isSafeInteger(one) && Number.isSafeInteger(two) && Number.isSafeInteger(three);
}

const space = 32;
const minus = 45;
const zero = 48;

/** The man page counts from 1 and the state is field 3: those from 4 to 24, which even old kernels have. */
const columns = 21;

/**
 * The first of the numbers, each parted from the next by one space up to the end; null where anything else comes. Those
 * beyond are checked and not kept: some are so large that V8 would copy all of them into another kind of array.
 */
function numbersFrom(text: string, from: number): number[] | null {
  const numbers: number[] = [];
  let end = text.length;
  while (end > from && text.charCodeAt(end - 1) === space) end--;
  for (let at = from; at < end; ) {
    const next = text.indexOf(' ', at);
    const until = next === -1 ? end : Math.min(next, end);
    const negative = text.charCodeAt(at) === minus;
    const number = wholeNumber(text, negative ? at + 1 : at, until);
    if (number === null) return null;
    if (numbers.length < columns) numbers.push(negative ? -number : number);
    at = until + 1;
  }
  return numbers;
}

/** Digits as a number: faster than a slice and a conversion, and this runs for fifty columns of every line. */
function wholeNumber(text: string, from: number, to: number): number | null {
  if (to <= from) return null;
  let number = 0;
  for (let at = from; at < to; at++) {
    const digit = text.charCodeAt(at) - zero;
    if (digit < 0 || digit > 9) return null;
    number = number * 10 + digit;
  }
  return number;
}
