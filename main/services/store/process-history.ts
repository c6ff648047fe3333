import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Gap, ProcessHistory, ProcessHistoryRequest } from '../../contract/history.ts';
import type { Process } from '../../contract/samples.ts';
import { SeriesBuilder } from '../../domain/metrics/series-builder.ts';
import { unpackLists } from './frame.ts';
import type { Pauses } from './pauses.ts';
import type { ShownSource } from './process-lists.ts';

/** The thread answers others after so long. */
const sliceMs = 8;

/** A day of samples every two seconds. Of more, evenly as many blocks are read as hold so many. */
const maxLists = 45_000;

const readings = [
  { name: 'process.cpu', scale: 1 },
  { name: 'process.memory', scale: 1 },
  { name: 'process.read', scale: 1 },
  { name: 'process.write', scale: 1 },
];

/** Follows one process through the lists of these sources. Reads them in slices, between which others get their turn. */
export async function processHistory(
  request: ProcessHistoryRequest,
  sources: readonly ShownSource[],
  gaps: Gap[],
  pauses: Pauses,
): Promise<ProcessHistory> {
  const trail = new Trail(request);
  const queue = [...thinned(sources)].sort((a, b) => a.t0 - b.t0);
  while (queue.length > 0) {
    pauses.timed(() => {
      const end = performance.now() + sliceMs;
      do trail.read(queue.shift() as ShownSource);
      while (queue.length > 0 && performance.now() < end);
    });
    await nextTurn();
  }
  return trail.finish(gaps);
}

function thinned(sources: readonly ShownSource[]): readonly ShownSource[] {
  const lists = sources.reduce((sum, { samples }) => sum + samples, 0);
  const every = Math.ceil(lists / maxLists);
  return every <= 1 ? sources : sources.filter((_, index) => index % every === 0);
}

class Trail {
  readonly #request: ProcessHistoryRequest;
  readonly #builder: SeriesBuilder;
  readonly #listed = new Set<number>();
  #lastSeen: number | null = null;
  #ended: ProcessHistory['ended'] = null;

  constructor(request: ProcessHistoryRequest) {
    this.#request = request;
    this.#builder = new SeriesBuilder(request, readings);
  }

  read(source: ShownSource): void {
    const { bootId, pid, start_ticks } = this.#request;
    const isOtherBoot = bootId !== null && source.boot !== null && source.boot !== bootId;
    // A damaged block comes whole or not at all.
    const lists = source.guard(() => [...unpackLists(source.lists())]) ?? [];
    for (const { at, processes } of lists) {
      const bucket = processes === null || !source.isShown(at) ? null : this.#builder.bucketAt(at);
      if (processes === null || bucket === null) continue;
      this.#builder.touch(bucket);
      if (isOtherBoot) {
        this.#end(at, 'rebooted');
        continue;
      }
      const holder = processes.list.find((one) => one.pid === pid);
      if (holder?.start_ticks === start_ticks) this.#see(at, bucket, holder);
      else if (holder !== undefined) this.#end(at, 'pid_reused');
    }
  }

  finish(gaps: Gap[]): ProcessHistory {
    const series = this.#builder.finish(gaps);
    const listed = series.times.map((time) => this.#listed.has(this.#builder.bucketAt(time) as number));
    return { ...series, listed, lastSeen: this.#lastSeen, ended: this.#ended };
  }

  #see(at: number, bucket: number, process: Process): void {
    this.#listed.add(bucket);
    this.#builder.add(bucket, 0, process.cpu_percent);
    this.#builder.add(bucket, 1, process.memory_bytes);
    this.#builder.add(bucket, 2, process.read_bytes_per_second ?? null);
    this.#builder.add(bucket, 3, process.write_bytes_per_second ?? null);
    this.#lastSeen = Math.max(this.#lastSeen ?? at, at);
    if (this.#ended !== null && this.#ended.by <= at) this.#ended = null;
  }

  /** A list without it before it was first seen is from before it began, or says nothing. */
  #end(at: number, evidence: 'pid_reused' | 'rebooted'): void {
    if (this.#lastSeen === null || at < this.#lastSeen) return;
    if (this.#ended === null || at < this.#ended.by) this.#ended = { by: at, evidence };
  }
}
