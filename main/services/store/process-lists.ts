import type { ProcessesAt } from '../../contract/history.ts';
import type { HostClock } from '../../contract/samples.ts';
import type { BlockRow, Blocks } from './blocks.ts';
import type { DamagedBlocks } from './damaged-blocks.ts';
import { type FoundList, findList, findNextList, findPreviousList, hourMs } from './frame.ts';
import type { Layouts } from './layouts.ts';
import { blockSource, frameSource, type ListSource } from './list-source.ts';
import { isWithin, takenOver } from './lived-twice.ts';
import type { SampleWriter } from './sample-writer.ts';
import type { Stream } from './stream.ts';

/** A list may stand for a while after it was taken: two intervals, and these at least and at most. */
const freshMs = { least: 10_000, most: 10 * 60_000 };

/** Whether a host was known not to answer at an instant, since a time before it. */
type HasGap = (hostId: string, since: number, at: number) => boolean;

/** With what another source has taken over left out. */
export interface ShownSource extends ListSource {
  isShown(at: number): boolean;
}

/** Finds the process list of one sample, in blocks and open samples alike. */
export class ProcessLists {
  readonly #layouts: Layouts;
  readonly #blocks: Blocks;
  readonly #writer: SampleWriter;
  readonly #damaged: DamagedBlocks;
  readonly #hasGap: HasGap;

  constructor(layouts: Layouts, blocks: Blocks, writer: SampleWriter, damaged: DamagedBlocks, hasGap: HasGap) {
    this.#layouts = layouts;
    this.#blocks = blocks;
    this.#writer = writer;
    this.#damaged = damaged;
    this.#hasGap = hasGap;
  }

  /** The list that stood at an instant. */
  at(hostId: string, at: number): ProcessesAt | null {
    // Times first: only the block that has the answer is unpacked.
    let best: { at: number; before: number; source: ShownSource } | null = null;
    for (const source of this.between(hostId, at - hourMs, at + 1)) {
      const times = (source.guard(source.times) ?? []).filter((time) => time <= at && source.isShown(time));
      const [time, before = Number.NEGATIVE_INFINITY] = times.sort((a, b) => b - a);
      if (time === undefined) continue;
      const last: number = best === null ? Number.NEGATIVE_INFINITY : best.at;
      if (best === null || time > last) best = { at: time, before: Math.max(before, last), source };
      else best.before = Math.max(best.before, time);
    }
    if (best === null) return null;
    const interval = Number.isFinite(best.before) ? best.at - best.before : 0;
    const fresh = Math.min(freshMs.most, Math.max(freshMs.least, 2 * interval));
    if (at - best.at > fresh || this.#hasGap(hostId, best.at, at)) return null;
    const { source } = best;
    const { at: taken } = best;
    const list = source.guard(() => findList(source.lists(), taken));
    return list === null || list.at !== best.at ? null : answerOf({ list, source });
  }

  /** The first known list after an instant, however long after. */
  after(hostId: string, at: number): ProcessesAt | null {
    const stream = this.#streamOf(hostId);
    if (stream === null) return null;
    const look = (source: ListSource) =>
      this.#foundIn(hostId, source, (lists, isShown) => findNextList(lists, at, isShown));
    let best: Found | null = null;
    // Samples that came late have made blocks beside others: the first that has an answer need not have the best.
    for (const row of this.#blocks.withProcessesAfter(stream.id, at)) {
      if (best !== null && row.t0 > best.list.at) break;
      best = nearer(best, look(this.#block(row)), (a, b) => a < b);
    }
    for (const source of this.#frames(stream)) {
      if (source.t1 > at) best = nearer(best, look(source), (a, b) => a < b);
    }
    return best === null ? null : answerOf(best);
  }

  /** The last known list before an instant, however long before. */
  before(hostId: string, at: number): ProcessesAt | null {
    const stream = this.#streamOf(hostId);
    if (stream === null) return null;
    const look = (source: ListSource) =>
      this.#foundIn(hostId, source, (lists, isShown) => findPreviousList(lists, at, isShown));
    let best: Found | null = null;
    for (const source of this.#frames(stream)) {
      if (source.t0 < at) best = nearer(best, look(source), (a, b) => a > b);
    }
    for (const row of this.#blocks.withProcessesBefore(stream.id, at)) {
      // No block is longer than an hour, so that none that begins so much earlier has a later list.
      if (best !== null && row.t0 + hourMs <= best.list.at) break;
      if (best === null || row.t1 > best.list.at) best = nearer(best, look(this.#block(row)), (a, b) => a > b);
    }
    return best === null ? null : answerOf(best);
  }

  /** What may hold lists from `from` up to and without `to`: blocks as they begin, then open samples. */
  between(hostId: string, from: number, to: number): ShownSource[] {
    const stream = this.#streamOf(hostId);
    if (stream === null) return [];
    const blocks = this.#blocks.between(stream.id, from, to);
    const sources = [
      ...blocks.map((row) => this.#block(row)),
      ...this.#frames(stream).filter(({ t0, t1 }) => t1 >= from && t0 < to),
    ];
    const taken = takenOver(sources);
    return sources.map((source, index) => ({ ...source, isShown: (at) => !isWithin(taken[index] ?? [], at) }));
  }

  #foundIn(
    hostId: string,
    source: ListSource,
    find: (lists: Uint8Array, isShown: ShownSource['isShown']) => FoundList | null,
  ): Found | null {
    // It stands among them itself, and takes nothing over from itself.
    const taken = takenOver([source, ...this.between(hostId, source.t0, source.t1 + 1)])[0] ?? [];
    const list = source.guard(() => find(source.lists(), (at) => !isWithin(taken, at)));
    return list === null ? null : { list, source };
  }

  #streamOf(hostId: string): Stream | null {
    return this.#writer.streamsOf(hostId).find(({ kind }) => kind === 'fast') ?? null;
  }

  #block(row: BlockRow): ListSource {
    return blockSource(row, this.#blocks, this.#layouts, this.#damaged);
  }

  #frames(stream: Stream): ListSource[] {
    return stream.frames.map((frame) => frameSource(frame, this.#layouts)).filter((source) => source !== null);
  }
}

/** Of a block whose lists can be read and whose samples cannot. */
const unknownClock: HostClock = { boot_id: null, uptime_seconds: null };

interface Found {
  readonly list: FoundList;
  readonly source: ListSource;
}

function nearer(a: Found | null, b: Found | null, isNearer: (a: number, b: number) => boolean): Found | null {
  if (a === null || b === null) return a ?? b;
  return isNearer(b.list.at, a.list.at) ? b : a;
}

function answerOf({ list: { at, collectedAt, processes }, source }: Found): ProcessesAt | null {
  if (processes === null) return null;
  return {
    collected_at: collectedAt || new Date(at).toISOString(),
    clock: source.guard(() => source.clockAt(at)) ?? unknownClock,
    processes,
  };
}
