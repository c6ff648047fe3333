import type { Process } from '../../contract/samples.ts';
import type { ByteReader, ByteWriter } from './bytes.ts';
import {
  foretell,
  hostShareOf,
  readExact,
  readRate,
  readShare,
  shareScale,
  writeExact,
  writeRate,
  writeShare,
} from './packed-share.ts';

/** A process that was in some list: who it is, and what it was like when last seen. */
export interface Known {
  /** `IdentityParts` as JSON, where it was unpacked; taken apart when it is first asked for. */
  identity: string;
  parts: IdentityParts | null;
  state: string;
  /** In KiB. */
  memory: number;
  threads: number;
  /** Missing until it is told: lists that were kept before did not have it. */
  nice: number | undefined;
  /** What its disk rates are taken to be next: all unknown, all zero, or, as in lists kept before, not there. */
  idle: 0 | null | undefined;
}

const memoryScale = 1 / 1024;

export const neverSeen: Known = {
  identity: '',
  parts: null,
  state: 'S',
  memory: 0,
  threads: 1,
  nice: undefined,
  idle: undefined,
};

/** What cannot be foretold of a row, as bits of one byte. */
const told = { state: 1, share: 2, hostShare: 4, memory: 8, threads: 16, nice: 32, io: 64 };

/** Writes what differs from what was foretold, and gives the bits that say what that is. */
export function packRow(writer: ByteWriter, row: Process, known: Known, cores: number, window: number | null): number {
  let mask = 0;
  if (row.state !== known.state) {
    mask |= told.state;
    writer.text(row.state);
    known.state = row.state;
  }
  if (!Object.is(row.cpu_percent, 0)) {
    mask |= told.share;
    writeShare(writer, row.cpu_percent, window);
  }
  const hostShare = hostShareOf(row.cpu_percent, cores);
  if (!Object.is(row.cpu_host_percent, hostShare)) {
    mask |= told.hostShare;
    writeExact(writer, row.cpu_host_percent, shareScale, foretell(hostShare));
  }
  if (!Object.is(row.memory_bytes, known.memory / memoryScale)) {
    mask |= told.memory;
    known.memory = writeExact(writer, row.memory_bytes, memoryScale, known.memory);
  }
  if (!Object.is(row.threads, known.threads)) {
    mask |= told.threads;
    known.threads = writeExact(writer, row.threads, 1, known.threads);
  }
  if (row.nice !== undefined && !Object.is(row.nice, known.nice)) {
    mask |= told.nice;
    known.nice = writeExact(writer, row.nice, 1, known.nice ?? 0);
  }
  if (row.read_bytes_per_second !== undefined) {
    const rates = ioFields.map((field) => row[field] ?? null);
    if (!rates.every((rate) => Object.is(rate, known.idle))) {
      mask |= told.io;
      for (const rate of rates) writeRate(writer, rate, window);
    }
    known.idle = idleAfter(rates);
  }
  return mask;
}

export function unpackRow(
  reader: ByteReader,
  mask: number,
  known: Known,
  cores: number,
  window: number | null,
): Process {
  if (mask & told.state) known.state = reader.text();
  const share = mask & told.share ? readShare(reader, window) : 0;
  const foretold = hostShareOf(share, cores);
  const hostShare = mask & told.hostShare ? readExact(reader, shareScale, foretell(foretold)).value : foretold;
  const memory = mask & told.memory ? readExact(reader, memoryScale, known.memory) : null;
  if (memory) known.memory = memory.whole;
  const threads = mask & told.threads ? readExact(reader, 1, known.threads) : null;
  if (threads) known.threads = threads.whole;
  const nice = mask & told.nice ? readExact(reader, 1, known.nice ?? 0) : null;
  if (nice) known.nice = nice.whole;
  const rates = mask & told.io ? ioFields.map(() => readRate(reader, window)) : null;
  const idle = known.idle;
  if (rates) known.idle = idleAfter(rates);
  known.parts ??= JSON.parse(known.identity) as IdentityParts;
  const [pid, start_ticks, name, command, user, parent_pid = null, started_seconds = null, ...place] = known.parts;
  return {
    pid,
    start_ticks,
    started_seconds,
    parent_pid,
    name,
    command,
    user,
    state: known.state,
    cpu_percent: share,
    cpu_host_percent: hostShare,
    memory_bytes: memory ? memory.value : known.memory / memoryScale,
    threads: threads ? threads.value : known.threads,
    ...(nice || known.nice !== undefined ? { nice: nice ? nice.value : (known.nice ?? null) } : null),
    ...(rates || idle !== undefined ? ratesOf(rates ?? ioFields.map(() => idle ?? null)) : null),
    ...(place.length > 0 ? { service: place[0] ?? null, container: place[1] ?? null } : null),
  };
}

const ioFields = ['read_bytes_per_second', 'write_bytes_per_second', 'cancelled_write_bytes_per_second'] as const;

function ratesOf(rates: readonly (number | null)[]): Pick<Process, (typeof ioFields)[number]> {
  return Object.fromEntries(ioFields.map((field, i) => [field, rates[i] ?? null]));
}

/** One whose rates are not known now will hardly be asked again; any other is taken to rest. */
function idleAfter(rates: readonly (number | null)[]): 0 | null {
  return rates.every((rate) => rate === null) ? null : 0;
}

/** Lists that were packed before parents and starts were told have neither; those before services, none of these. */
type IdentityParts = readonly [
  pid: Process['pid'],
  startTicks: Process['start_ticks'],
  name: Process['name'],
  command: Process['command'],
  user: Process['user'],
  parentPid?: Process['parent_pid'],
  startedSeconds?: Process['started_seconds'],
  service?: Process['service'],
  container?: Process['container'],
];

export function identityOf(row: Process): IdentityParts {
  const { pid, start_ticks, name, command, user, parent_pid, started_seconds, service, container } = row;
  const known = [pid, start_ticks, name, command, user, parent_pid, started_seconds] as const;
  return service === undefined ? known : [...known, service, container ?? null];
}
