/** What Rackside uses of one `/proc/PID/stat`; https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html */
export interface StatLine {
  readonly pid: number;
  /** The kernel's name, at most 15 bytes; it may hold parentheses, spaces and newlines. */
  readonly name: string;
  readonly state: string;
  readonly parent: number;
  /** `utime + stime`, in clock ticks since the process began. */
  readonly ticks: number;
  readonly threads: number;
  /** `starttime`, in clock ticks since boot. */
  readonly startTicks: number;
  /** Resident pages, as the kernel counts them in passing. */
  readonly rssPages: number;
}

/**
 * The records in the text of one or more `stat` files, in their order. A record whose name holds newlines stretches
 * over lines. What is not a record is passed over.
 */
export function parseStatLines(text: string): StatLine[] {
  const found: StatLine[] = [];
  let open = '';
  for (const line of text.split('\n')) {
    const begins = /^\d+ \(/.test(line);
    const whole = begins ? parseStatLine(line) : null;
    if (whole !== null) {
      found.push(whole);
      open = '';
      continue;
    }
    open = begins ? line : open === '' || open.length > 1024 ? '' : `${open}\n${line}`;
    const joined = open === '' ? null : parseStatLine(open);
    if (joined === null) continue;
    found.push(joined);
    open = '';
  }
  return found;
}

/** One whole record, or null where it is not one. */
export function parseStatLine(record: string): StatLine | null {
  const nameAt = record.indexOf(' (') + 2;
  const nameEnd = record.lastIndexOf(') ');
  const fieldsAt = nameEnd + 4;
  if (nameAt < 3 || nameEnd < nameAt || record[fieldsAt - 1] !== ' ') return null;
  const pid = wholeNumber(record, 0, nameAt - 2);
  const state = record[nameEnd + 2] as string;
  const fields = numbersFrom(record, fieldsAt);
  // The man page counts from 1 and the state is field 3; even old kernels have 24.
  if (pid === null || state.trim() === '' || fields === null || fields.length < 21) return null;
  const field = (number: number): number => fields[number - 4] as number;
  return {
    pid,
    name: record.slice(nameAt, nameEnd),
    state,
    parent: field(4),
    ticks: field(14) + field(15),
    threads: field(20),
    startTicks: field(22),
    rssPages: field(24),
  };
}

const space = 32;
const minus = 45;
const zero = 48;

/** The numbers, each parted from the next by one space, up to the end; null where anything else comes. */
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
    numbers.push(negative ? -number : number);
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
