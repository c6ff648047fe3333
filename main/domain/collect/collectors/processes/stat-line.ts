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

// The name ends at the last parenthesis; 22 numbers follow the state even on old kernels.
const complete = /^(\d+) \((.*)\) (\S) ((?:-?\d+ ){20,}-?\d+) *$/s;

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
  const match = complete.exec(record);
  if (match === null) return null;
  const [, pid = '', name = '', state = '', rest = ''] = match;
  const fields = rest.split(' ');
  // The man page counts from 1 and `rest` starts with field 4.
  const field = (number: number): number => Number(fields[number - 4]);
  return {
    pid: Number(pid),
    name,
    state,
    parent: field(4),
    ticks: field(14) + field(15),
    threads: field(20),
    startTicks: field(22),
    rssPages: field(24),
  };
}
