import { ByteReader, ByteWriter } from '../../domain/metrics/bytes.ts';
import { packBlock } from '../../domain/metrics/packed-block.ts';
import { readValue } from '../../domain/metrics/packed-row.ts';
import { ProcessPacker } from '../../domain/metrics/process-packer.ts';
import { packRollup, rollUp, summarise, writeSummary } from '../../domain/metrics/summary.ts';
import type { Layouts } from './layouts.ts';
import { type OpenSample, OpenSamples } from './open-samples.ts';

export const minuteMs = 60_000;
export const hourMs = 60 * minuteMs;

const denseMs = 20_000;

/** A block is not longer than this, so that sealing and opening one stays a matter of milliseconds. */
export const maxSamples = 240;

/** Nor does it hold much more than this, so that no host's samples fill the memory or the journal. */
const maxFrameBytes = 512 * 1024;

/** Columns of a block, and values in all of them: each costs time where a block is sealed. A layout has fewer. */
const maxColumns = 2048;
const maxValues = 60_000;

/** The samples that will be one block: consecutive ones of one stream and one hour, in order of arrival. */
export class Frame {
  /** The journal's row that its first sample is in. */
  readonly journal: number;
  readonly boot: string | null;
  /** Takes samples whatever their boot; `boot` is null then. */
  readonly anyBoot: boolean;
  /** Room that its samples take, in bytes. */
  bytes = 0;
  /** Each list is told by those before it, and one of these is lost: those behind it are, too, and no more come in here. */
  listsLost = false;
  /** Number of the newest sample. */
  lastNumber = 0;
  /** Those that its samples have. */
  readonly layouts = new Set<number>();
  readonly #layouts: Layouts;
  readonly #samples = new OpenSamples();
  /** How many names there are in the layouts. */
  #columns = 0;
  #packer: ProcessPacker | null = null;
  #hour: number | null = null;
  #newest = Number.NEGATIVE_INFINITY;

  constructor(journal: number, { boot, anyBoot }: { boot: string | null; anyBoot: boolean }, layouts: Layouts) {
    this.journal = journal;
    this.#layouts = layouts;
    this.boot = boot;
    this.anyBoot = anyBoot;
  }

  /** As `OpenSamples` gives them. */
  get samples(): OpenSample[] {
    return this.#samples.all();
  }

  /** Most kinds have no process lists, and never need it. */
  get packer(): ProcessPacker {
    this.#packer ??= new ProcessPacker();
    return this.#packer;
  }

  get count(): number {
    return this.#samples.length;
  }

  holds(at: number): boolean {
    return at <= this.#newest && this.samples.some((sample) => sample.at === at);
  }

  add(sample: OpenSample): void {
    this.#samples.add(sample);
    this.bytes += sample.values.length + (sample.processes?.length ?? 0);
    this.lastNumber = sample.number;
    this.#hour ??= hourOf(sample.at);
    this.#newest = Math.max(this.#newest, sample.at);
    this.#columns = this.#columnsWith(sample.layout);
    this.layouts.add(sample.layout);
  }

  /** Whether it is older than one that came before it: it was late, or the clock was set back. */
  isBack(at: number): boolean {
    return at < this.#newest;
  }

  /** Whether a sample belongs in here too. */
  takes(at: number, boot: string | null, layout: number): boolean {
    if (this.listsLost || this.count >= maxSamples || this.bytes >= maxFrameBytes) return false;
    return (
      (this.anyBoot || (this.boot === boot && !this.isBack(at))) && this.isOfHour(at) && this.#hasColumnsFor(layout)
    );
  }

  #hasColumnsFor(layout: number): boolean {
    const columns = this.#columnsWith(layout);
    return columns <= maxColumns && columns * (this.count + 1) <= maxValues;
  }

  /** Counted anew where a layout is new, which is seldom: a set of the names would be kept for an hour. */
  #columnsWith(layout: number): number {
    if (this.layouts.has(layout)) return this.#columns;
    return new Set([...this.layouts, layout].flatMap((one) => this.#layouts.namesOf(one))).size;
  }

  isOfHour(at: number): boolean {
    return this.#hour === null || this.#hour === hourOf(at);
  }
}

const hourOf = (at: number) => Math.floor(at / hourMs);

/** A block as its tables hold it. */
export interface SealedBlock {
  readonly t0: number;
  readonly t1: number;
  readonly samples: number;
  readonly layout: number;
  readonly boot: string | null;
  readonly summary: Uint8Array;
  /** 2: samples less than 20 s apart, 1: other samples, 0: rolled up, without samples. */
  readonly stage: 0 | 1 | 2;
  readonly data: Uint8Array | null;
  readonly minutes: Uint8Array | null;
  /** Not compressed yet. */
  readonly processes: Uint8Array | null;
}

/** Seals a frame. Samples are put into the order of their times; process lists keep that of their arrival, and say theirs. */
export function sealFrame(frame: Frame, layouts: Layouts): SealedBlock {
  const arrived = frame.samples;
  const samples = arrived.toSorted((a, b) => a.at - b.at);
  const [first, last] = [samples[0] as OpenSample, samples.at(-1) as OpenSample];
  const { layout, columns } = columnsOf(samples, layouts);
  const times = samples.map((sample) => sample.at);
  const summary = new ByteWriter();
  for (const column of columns) writeSummary(summary, summarise(column), samples.length);
  // With two samples a minute or fewer, the rollup would take more room than they do.
  const isDense = samples.length > 2 * new Set(times.map((time) => Math.floor(time / minuteMs))).size;
  return {
    t0: first.at,
    t1: last.at,
    samples: samples.length,
    layout,
    boot: frame.boot,
    summary: summary.finish(),
    stage: last.at - first.at < denseMs * (samples.length - 1) ? 2 : 1,
    data: packBlock(times, columns),
    minutes: isDense ? packRollup(rollUp(times, columns, minuteMs)) : null,
    processes: arrived.some(hasList) ? joinLists(arrived) : null,
  };
}

/** One column for each name that any of the samples has. */
function columnsOf(samples: readonly OpenSample[], layouts: Layouts): { layout: number; columns: (number | null)[][] } {
  const ids = [...new Set(samples.map((sample) => sample.layout))];
  const isOne = ids.length === 1;
  const names = isOne ? layouts.namesOf(ids[0] as number) : [...new Set(ids.flatMap((id) => layouts.namesOf(id)))];
  const layout = isOne ? (ids[0] as number) : layouts.idOf(names);
  const columnByName = new Map(names.map((name, column) => [name, column]));
  // A layout's own order, told as columns.
  const orders = new Map(
    ids.map((id) => [id, layouts.namesOf(id).map((name, i) => (isOne ? i : (columnByName.get(name) as number)))]),
  );
  const columns = names.map(() => new Array<number | null>(samples.length).fill(null));
  samples.forEach((sample, i) => {
    const reader = new ByteReader(sample.values);
    for (const column of orders.get(sample.layout) as number[])
      (columns[column] as (number | null)[])[i] = readValue(reader);
  });
  return { layout, columns };
}

/** Whether there is a process list and it is known: an unknown one is packed as a zero. */
function hasList({ processes }: OpenSample): boolean {
  return processes !== null && processes.length > 1;
}

export function joinLists(samples: readonly OpenSample[]): Uint8Array {
  const writer = new ByteWriter();
  let before = 0;
  for (const { at, collectedAt, processes } of samples) {
    if (processes === null) continue;
    writer.signed(at - before);
    writer.text(collectedAt ?? '');
    writer.raw(processes);
    before = at;
  }
  return writer.finish();
}

/** One process list out of a block's; null where it was not known. */
export interface FoundList {
  readonly at: number;
  readonly collectedAt: string;
  readonly processes: ReturnType<ProcessPacker['unpack']>;
}

/** A block's lists in the order of their arrival. Each is told by the ones before it, so that all are unpacked. */
export function* unpackLists(lists: Uint8Array): Generator<FoundList> {
  const reader = new ByteReader(lists);
  const packer = new ProcessPacker();
  for (let at = 0; !reader.done; ) {
    at += reader.signed();
    const collectedAt = reader.text();
    yield { at, collectedAt, processes: packer.unpack(reader) };
  }
}

/** The list of the last sample at or before an instant. */
export function findList(lists: Uint8Array, until: number): FoundList | null {
  let found: FoundList | null = null;
  for (const list of unpackLists(lists)) if (list.at <= until && (found === null || list.at >= found.at)) found = list;
  return found;
}

type IsShown = (at: number) => boolean;

/** The last list before an instant that is known. */
export function findPreviousList(lists: Uint8Array, before: number, isShown: IsShown): FoundList | null {
  let found: FoundList | null = null;
  for (const list of unpackLists(lists)) {
    if (list.processes !== null && list.at < before && isShown(list.at) && (found === null || list.at >= found.at))
      found = list;
  }
  return found;
}

/** The first list after an instant that is known. */
export function findNextList(lists: Uint8Array, after: number, isShown: IsShown): FoundList | null {
  let found: FoundList | null = null;
  for (const list of unpackLists(lists)) {
    if (list.processes !== null && list.at > after && isShown(list.at) && (found === null || list.at < found.at))
      found = list;
  }
  return found;
}
