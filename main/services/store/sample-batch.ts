import type { Gap } from '../../contract/history.ts';
import type { Sample } from '../../contract/samples.ts';
import { scaled } from '../../domain/metrics/packed-block.ts';
import { visitReadings } from '../../domain/metrics/readings.ts';
import { isKeepable } from './block-place.ts';
import type { Batch, FlatSample } from './messages.ts';

/** So many lists of names are remembered by their number; then numbering goes on from scratch. */
export const maxLayouts = 500;

/** So many samples wait at most; a thread that does not keep up must not fill the memory. */
const maxWaiting = 20_000;

/** A boot id is 36 characters; what is longer is no boot id. */
const maxBootLength = 64;

/** Gathers samples in the form in which they cross to the worker: numbers in one array, names told once. */
export class SampleBatch {
  #layouts: [number, readonly string[]][] = [];
  #samples: FlatSample[] = [];
  #values: number[] = [];
  #gaps: { hostId: string; gap: Gap }[] = [];
  readonly #numbers = new Map<string, number>();
  /** The layout that a host's samples of one kind had last. */
  readonly #last = new Map<string, { number: number; names: readonly string[] }>();
  #nextNumber = 1;
  /** Samples that were not taken: too many waited, or their time cannot be. */
  lost = 0;

  get isEmpty(): boolean {
    return this.#samples.length === 0 && this.#gaps.length === 0;
  }

  add(hostId: string, sample: Sample): void {
    const at = Math.floor(Date.parse(sample.collected_at));
    if (this.#samples.length >= maxWaiting || !isKeepable(at)) {
      this.lost++;
      return;
    }
    const { clock, processes, cpu } = sample.data;
    this.#samples.push({
      hostId,
      kind: sample.kind,
      at,
      collectedAt: new Date(at).toISOString() === sample.collected_at ? null : sample.collected_at,
      boot: clock.boot_id?.slice(0, maxBootLength) ?? null,
      layout: this.#flatten(hostId, sample),
      cores: cpu?.cores.length ?? 1,
      processes,
    });
  }

  addGap(hostId: string, gap: Gap): void {
    this.#gaps.push({ hostId, gap });
  }

  /** What was gathered, and starts anew. */
  take(): Batch {
    const batch = {
      layouts: this.#layouts,
      samples: this.#samples,
      values: Float64Array.from(this.#values),
      gaps: this.#gaps,
    };
    this.#layouts = [];
    this.#samples = [];
    this.#values = [];
    this.#gaps = [];
    return batch;
  }

  #flatten(hostId: string, sample: Sample): number {
    const key = `${sample.kind} ${hostId}`;
    const last = this.#last.get(key);
    let same = last !== undefined;
    let count = 0;
    const names: string[] = [];
    visitReadings(sample, (name, value, scale) => {
      same &&= last?.names[count] === name;
      count++;
      names.push(name);
      this.#values.push(scaled(value, scale) ?? Number.NaN);
    });
    if (last !== undefined && same && last.names.length === count) return last.number;
    const number = this.#numberOf(names);
    this.#last.set(key, { number, names });
    return number;
  }

  #numberOf(names: readonly string[]): number {
    const joined = names.join('\0');
    let number = this.#numbers.get(joined);
    if (number === undefined) {
      if (this.#numbers.size >= maxLayouts) {
        this.#numbers.clear();
        this.#last.clear();
      }
      number = this.#nextNumber++;
      this.#numbers.set(joined, number);
      this.#layouts.push([number, names]);
    }
    return number;
  }
}
