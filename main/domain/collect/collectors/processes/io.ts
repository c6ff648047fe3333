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
  const found = new Map<number, { read?: number; write?: number; cancelled_write?: number | null }>();
  let last: number | null = null;
  const doubt = () => {
    if (last !== null) found.set(last, { cancelled_write: null, ...found.get(last) });
  };
  for (const line of text.split('\n')) {
    const match = ioLine.exec(line);
    const bytes = Number(match?.[3]);
    if (match === null || !Number.isSafeInteger(bytes)) {
      if (line !== '') doubt();
      continue;
    }
    last = Number(match[1]);
    found.set(last, { ...found.get(last), [match[2] as 'read']: bytes });
  }
  if (isCut) doubt();
  return new Map(
    [...found].flatMap(([pid, { read, write, cancelled_write: cancelled = 0 }]) =>
      read === undefined || write === undefined ? [] : [[pid, { read, write, cancelled }] as const],
    ),
  );
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
