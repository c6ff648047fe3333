import { ratePerSecond } from '../../../metrics/rate.ts';

/** Bytes since the process began; https://www.kernel.org/doc/html/latest/filesystems/proc.html#proc-pid-io-display-the-io-accounting-fields */
export interface IoCounters {
  readonly read: number;
  readonly write: number;
  /** Null where the output ends, or is spoilt, before it would tell. */
  readonly cancelled: number | null;
}

export interface IoRates {
  readonly read_bytes_per_second: number | null;
  readonly write_bytes_per_second: number | null;
  readonly cancelled_write_bytes_per_second: number | null;
}

export const noIo: IoCounters = { read: 0, write: 0, cancelled: 0 };

const ioLine = /^\/proc\/(\d{1,10})\/io:(read|write|cancelled_write)_bytes: (\d{1,16})\s*$/;

/**
 * Counters by pid; a process of which one is missing is not in it. Zero cancelled bytes are not told, so where a line
 * that is cut or spoilt may have told others, they are unknown: taken for zero, the next round would show all of them.
 */
export function parseIo(text: string, isCut = false): Map<number, IoCounters> {
  const told = new Map<number, Told>();
  let last: Told | null = null;
  for (const line of text.split('\n')) {
    const match = ioLine.exec(line);
    const bytes = Number(match?.[3]);
    if (match === null || !Number.isSafeInteger(bytes)) {
      if (line !== '') doubt(last);
      continue;
    }
    const pid = Number(match[1]);
    last = told.get(pid) ?? { read: undefined, write: undefined, cancelled_write: undefined };
    last[match[2] as keyof Told] = bytes;
    told.set(pid, last);
  }
  if (isCut) doubt(last);
  const found = new Map<number, IoCounters>();
  for (const [pid, { read, write, cancelled_write: cancelled = 0 }] of told) {
    if (read !== undefined && write !== undefined) found.set(pid, { read, write, cancelled });
  }
  return found;
}

/** Undefined: no line said it. */
interface Told {
  read: number | undefined;
  write: number | undefined;
  cancelled_write: number | null | undefined;
}

/** More may have been said of it. */
function doubt(told: Told | null): void {
  if (told !== null && told.cancelled_write === undefined) told.cancelled_write = null;
}

/** Null where there is no earlier read, or a counter went backwards. */
export function ioRates(before: IoCounters | null, now: IoCounters | null, seconds: number | null): IoRates {
  const rate = (field: keyof IoCounters) => {
    const [from, to] = [before?.[field] ?? null, now?.[field] ?? null];
    return from === null || to === null ? null : ratePerSecond(from, to, seconds);
  };
  return {
    read_bytes_per_second: rate('read'),
    write_bytes_per_second: rate('write'),
    cancelled_write_bytes_per_second: rate('cancelled'),
  };
}
