import type { Process, SampleData } from '../../contract/samples.ts';
import { type ByteReader, ByteWriter, unzigzag, zigzag } from './bytes.ts';
import { maxMagnitude } from './column.ts';

type Processes = NonNullable<SampleData['processes']>;

/** A process that was in some list: who it is, and what it was like when last seen. */
interface Known {
  /** `IdentityParts` as JSON; taken apart when it is first asked for. */
  identity: string;
  parts: IdentityParts | null;
  state: string;
  /** In KiB. */
  memory: number;
  threads: number;
}

const memoryScale = 1 / 1024;
const shareScale = 100;

/** What cannot be foretold of a row, as bits of one byte. */
const told = { state: 1, share: 2, hostShare: 4, memory: 8, threads: 16 };

/**
 * Packs the process lists of one host, one after the other, each as its difference from those before. Lists come back
 * exactly as they were: a number that is no whole multiple of its unit (0.01 %, 1 KiB, 0.01 s) takes eight bytes.
 *
 * Packing and unpacking move the same state on, so a packer that has unpacked lists can go on to pack the next.
 */
export class ProcessPacker {
  readonly #known: Known[] = [];
  readonly #byIdentity = new Map<string, number>();
  /** Where each process stood in the list before. */
  #places = new Map<number, number>();
  #previous: number[] = [];
  #count = 0;

  /** `cores` helps to foretell the share of the host from that of a core; any number does. */
  pack(processes: Processes | null, cores: number): Uint8Array<ArrayBuffer> {
    const writer = new ByteWriter();
    writer.unsigned(processes === null ? 0 : processes.list.length + 1);
    if (processes === null) return writer.finish();
    writer.unsigned(cores);
    this.#count = writeExact(writer, processes.count, 1, this.#count);
    writeExact(writer, processes.window_seconds, 100, 0);

    const list: number[] = [];
    const entrants: string[] = [];
    for (const { pid, start_ticks, name, command, user, parent_pid, started_seconds } of processes.list) {
      const parts: IdentityParts = [pid, start_ticks, name, command, user, parent_pid, started_seconds];
      const identity = JSON.stringify(parts);
      const index = this.#byIdentity.get(identity);
      writer.unsigned(index === undefined ? 0 : this.#reference(index, list));
      if (index === undefined) entrants.push(identity);
      list.push(index ?? this.#learn(identity));
    }
    for (const identity of entrants) writer.text(identity);

    const known = list.map((index) => this.#known[index] as Known);
    const values = new ByteWriter();
    processes.list.forEach((row, i) => {
      writer.byte(packRow(values, row, known[i] as Known, cores, processes.window_seconds));
    });
    writer.raw(values.finish());
    this.#remember(list);
    return writer.finish();
  }

  /** What `pack` was given; reads one list and leaves the reader behind it. */
  unpack(reader: ByteReader): Processes | null {
    const length = reader.unsigned() - 1;
    if (length < 0) return null;
    const cores = reader.unsigned();
    const count = readExact(reader, 1, this.#count);
    this.#count = count.whole;
    const window = readExact(reader, 100, 0);

    const list: number[] = [];
    const entrants: number[] = [];
    for (let i = 0; i < length; i++) {
      const reference = reader.unsigned();
      const index = reference === 0 ? this.#learn(null) : this.#dereference(reference, list);
      if (reference === 0) entrants.push(index);
      list.push(index);
    }
    for (const index of entrants) this.#name(index, reader.text());

    const masks = list.map(() => reader.byte());
    const rows = list.map((index, i) =>
      unpackRow(reader, masks[i] as number, this.#known[index] as Known, cores, window.value),
    );
    this.#remember(list);
    return { count: count.value, window_seconds: window.value, list: rows };
  }

  #learn(identity: string | null): number {
    const index = this.#known.push({ identity: '', parts: null, state: 'S', memory: 0, threads: 1 }) - 1;
    if (identity !== null) this.#name(index, identity);
    return index;
  }

  #name(index: number, identity: string): void {
    (this.#known[index] as Known).identity = identity;
    this.#byIdentity.set(identity, index);
  }

  /** Odd: the distance from the place that follows the row above's; even: how long ago it was first seen. Never 0. */
  #reference(index: number, list: readonly number[]): number {
    const place = this.#places.get(index);
    if (place !== undefined) return zigzag(place - this.#expectedPlace(list)) * 2 + 1;
    return (this.#known.length - index) * 2;
  }

  #dereference(reference: number, list: readonly number[]): number {
    const odd = reference % 2 === 1;
    const index = odd
      ? this.#previous[this.#expectedPlace(list) + unzigzag((reference - 1) / 2)]
      : this.#known.length - reference / 2;
    if (index === undefined || this.#known[index] === undefined) {
      throw new RangeError('A packed process list refers to a process that is not there');
    }
    return index;
  }

  #expectedPlace(list: readonly number[]): number {
    const above = list.at(-1);
    return above === undefined ? 0 : (this.#places.get(above) ?? -1) + 1;
  }

  #remember(list: number[]): void {
    this.#previous = list;
    this.#places = new Map(list.map((index, place) => [index, place]));
  }
}

function packRow(writer: ByteWriter, row: Process, known: Known, cores: number, window: number | null): number {
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
  return mask;
}

function unpackRow(reader: ByteReader, mask: number, known: Known, cores: number, window: number | null): Process {
  if (mask & told.state) known.state = reader.text();
  const share = mask & told.share ? readShare(reader, window) : 0;
  const foretold = hostShareOf(share, cores);
  const hostShare = mask & told.hostShare ? readExact(reader, shareScale, foretell(foretold)).value : foretold;
  const memory = mask & told.memory ? readExact(reader, memoryScale, known.memory) : null;
  if (memory) known.memory = memory.whole;
  const threads = mask & told.threads ? readExact(reader, 1, known.threads) : null;
  if (threads) known.threads = threads.whole;
  known.parts ??= JSON.parse(known.identity) as IdentityParts;
  const [pid, start_ticks, name, command, user, parent_pid = null, started_seconds = null] = known.parts;
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
  };
}

/** Lists that were packed before parents and starts were told have neither. */
type IdentityParts = readonly [
  pid: Process['pid'],
  startTicks: Process['start_ticks'],
  name: Process['name'],
  command: Process['command'],
  user: Process['user'],
  parentPid?: Process['parent_pid'],
  startedSeconds?: Process['started_seconds'],
];

/** A share is ticks over a window of time: told as ticks it is small and comes back to the last bit. */
function shareOfTicks(ticks: number, window: number): number {
  return (ticks / window / 100) * 100;
}

function writeShare(writer: ByteWriter, share: number | null, window: number | null): void {
  const ticks = share !== null && window !== null && window > 0 ? Math.round(share * window) + 0 : -1;
  if (ticks >= 0 && ticks <= maxMagnitude && Object.is(shareOfTicks(ticks, window as number), share)) {
    writer.unsigned(ticks + 1);
  } else {
    writer.byte(0);
    writeExact(writer, share, shareScale, 0);
  }
}

function readShare(reader: ByteReader, window: number | null): number | null {
  const code = reader.unsigned();
  return code === 0 ? readExact(reader, shareScale, 0).value : shareOfTicks(code - 1, window ?? 0);
}

function hostShareOf(share: number | null, cores: number): number | null {
  return share === null ? null : Math.min(100, share / Math.max(1, cores));
}

function foretell(share: number | null): number {
  const whole = Math.round((share ?? 0) * shareScale);
  return Math.abs(whole) <= maxMagnitude ? whole : 0;
}

/** Null, a whole multiple of the unit told as its distance from `foretold`, or the double itself. Gives what to foretell next. */
function writeExact(writer: ByteWriter, value: number | null, scale: number, foretold: number): number {
  const whole = value === null ? 0 : Math.round(value * scale) + 0;
  if (value === null) {
    writer.unsigned(0);
  } else if (Object.is(whole / scale, value) && Math.abs(whole) <= maxMagnitude) {
    writer.unsigned(zigzag(whole - foretold) + 2);
    return whole;
  } else {
    writer.unsigned(1);
    writer.double(value);
  }
  return foretold;
}

function readExact(reader: ByteReader, scale: number, foretold: number): { value: number | null; whole: number } {
  const code = reader.unsigned();
  if (code === 0) return { value: null, whole: foretold };
  if (code === 1) return { value: reader.double(), whole: foretold };
  const whole = foretold + unzigzag(code - 2);
  return { value: whole / scale, whole };
}
