import type { Pool, PoolScan, Vdev } from '../../contract/storage.ts';
import { type Level, levelOf } from './levels.ts';
import { formatCount, formatPercent } from './units.ts';

/** One thing that is wrong with a pool, in words that stand behind its name: `sdc 12 checksum errors`. */
export interface PoolFinding {
  readonly level: Exclude<Level, 'ok'>;
  /** Which kind of trouble: of each but `devices` there is one at most. */
  readonly about: 'state' | 'devices' | 'files' | 'space' | 'errors found' | 'repair' | 'pause' | 'scrub';
  /** Where it stands, below the pool. */
  readonly path: readonly (string | number)[];
  readonly text: string;
}

/** Seconds after which a scrub is old: distributions scrub once a month, some on a fixed Sunday. */
const oldScrubSeconds = 40 * 86_400;

const lost = new Set(['FAULTED', 'UNAVAIL', 'SUSPENDED', 'REMOVED']);
const well = new Set(['ONLINE', 'AVAIL', 'INUSE']);

/**
 * What is wrong with a pool, worst first; nothing where all that is known is well. ONLINE alone is not: a device may have
 * errors that the pool survived, and files may be damaged.
 * @param now epoch seconds, to tell the age of a scrub; dates in words lack a zone, so ages are right to within a day
 * @param fillLevel of the percent that is used; by default as anywhere
 */
export function poolFindings(
  pool: Pool,
  now: number,
  fillLevel = (used: number | null) => levelOf('filesystem', used),
): PoolFinding[] {
  const found: PoolFinding[] = [];
  if (pool.state !== null && !well.has(pool.state)) {
    found.push({ level: lost.has(pool.state) ? 'bad' : 'warn', about: 'state', path: ['state'], text: pool.state });
  }
  if (pool.data_errors !== null && pool.data_errors > 0) {
    const text = counted(pool.data_errors, 'damaged file');
    found.push({ level: 'bad', about: 'files', path: ['data_errors'], text });
  }
  for (const [place, vdev] of pool.vdevs.entries()) found.push(...vdevFindings(vdev, ['vdevs', place]));
  if (!pool.vdevs.some(hasErrors)) found.push(...errorFindings('', pool, []));
  found.push(...fillFindings(pool, fillLevel), ...scanFindings(pool, now));
  return [...found.filter(({ level }) => level === 'bad'), ...found.filter(({ level }) => level === 'warn')];
}

/** The level of a pool by all that is wrong with it; null where not even its state is known. */
export function poolLevel(pool: Pool, now: number): Level | null {
  const [worst] = poolFindings(pool, now);
  return worst?.level ?? (pool.state === null ? null : 'ok');
}

type Counters = Pick<Vdev, 'read_errors' | 'write_errors' | 'checksum_errors'>;

function hasErrors({ read_errors: read, write_errors: write, checksum_errors: checksum }: Counters): boolean {
  return (read ?? 0) + (write ?? 0) + (checksum ?? 0) > 0;
}

function vdevFindings(vdev: Vdev, path: PoolFinding['path']): PoolFinding[] {
  const { name, state, note, group } = vdev;
  const found: PoolFinding[] = [];
  // A group is what its members make of it: they are told, and it only where it is lost.
  if (state !== null && !well.has(state) && (!group || lost.has(state))) {
    const why = note === null ? '' : `: ${note}`;
    const level = lost.has(state) ? 'bad' : 'warn';
    found.push({ level, about: 'devices', path: [...path, 'state'], text: `${name} ${state}${why}` });
  }
  if (!group) found.push(...errorFindings(`${name} `, vdev, path));
  return found;
}

function errorFindings(name: string, counters: Counters, path: PoolFinding['path']): PoolFinding[] {
  if (!hasErrors(counters)) return [];
  const kinds = [
    ['read_errors', 'read error'],
    ['write_errors', 'write error'],
    ['checksum_errors', 'checksum error'],
  ] as const;
  const some = kinds.filter(([key]) => (counters[key] ?? 0) > 0);
  const parts = some.map(([key, what]) => counted(counters[key] ?? 0, what));
  const [key] = some[0] ?? ['read_errors'];
  return [{ level: 'warn', about: 'devices', path: [...path, key], text: `${name}${parts.join(', ')}` }];
}

function fillFindings({ used_percent: used }: Pool, fillLevel: (used: number | null) => Level | null): PoolFinding[] {
  const level = fillLevel(used);
  if (level === null || level === 'ok') return [];
  return [{ level, about: 'space', path: ['used_percent'], text: `${formatPercent(used, 0)} full` }];
}

function scanFindings({ scan, vdevs }: Pool, now: number): PoolFinding[] {
  // Where no device is known, of the scrub nothing is either.
  if (scan === null)
    return vdevs.length === 0 ? [] : [{ level: 'warn', about: 'scrub', path: ['scan'], text: 'never scrubbed' }];
  const found: PoolFinding[] = [];
  if (scan.errors !== null && scan.errors > 0) {
    const text = `the last ${scan.function} found ${counted(scan.errors, 'error')}`;
    found.push({ level: 'bad', about: 'errors found', path: ['scan', 'errors'], text });
  }
  if (scan.state === 'running' && (scan.function === 'resilver' || scan.function === 'rebuild')) {
    const done = scan.progress_percent === null ? '' : `, ${formatPercent(scan.progress_percent, 1)} done`;
    const text = `${scan.function} under way${done}`;
    found.push({ level: 'warn', about: 'repair', path: ['scan', 'progress_percent'], text });
  }
  if (scan.state === 'paused') {
    found.push({ level: 'warn', about: 'pause', path: ['scan', 'state'], text: `${scan.function} paused` });
  }
  const age = scanAge(scan, now);
  if (scan.state === 'finished' && age !== null && age > oldScrubSeconds) {
    const text = `last ${scan.function} ${formatCount(Math.floor(age / 86_400))} days ago`;
    found.push({ level: 'warn', about: 'scrub', path: ['scan', 'ended'], text });
  }
  return found;
}

/** Seconds since a scan ended; null where that is not told, or told in words that nobody can read. */
export function scanAge(scan: PoolScan, now: number): number | null {
  const ended = scan.ended_epoch_seconds ?? (scan.ended === null ? null : parseDate(scan.ended));
  return ended === null ? null : Math.max(0, now - ended);
}

const months = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

/** Epoch seconds of `Sun Feb 12 11:40:04 2023` and `Sun Jan 11 05:31:02 PM EST 2026`, as if they were UTC. */
function parseDate(text: string): number | null {
  const match = /^\w{3} (\w{3}) +(\d{1,2}) (\d{1,2}):(\d\d):(\d\d)( AM| PM)?(?: [\w+-]{1,8})? (\d{4})$/.exec(text);
  const month = match === null ? -1 : months.indexOf(match[1] as string);
  if (match === null || month < 0) return null;
  const [day, hour, minute, second] = match.slice(2, 6).map(Number) as [number, number, number, number];
  const hours = match[6] === undefined ? hour : (hour % 12) + (match[6] === ' PM' ? 12 : 0);
  return Date.UTC(Number(match[7]), month, day, hours, minute, second) / 1000;
}

function counted(count: number, what: string): string {
  return `${formatCount(count)} ${what}${count === 1 ? '' : 's'}`;
}
