import type { HealthEvent } from '../../contract/health.ts';
import type { Gap } from '../../contract/history.ts';
import { kinds } from '../../contract/kinds.ts';
import type { Kind, Sample } from '../../contract/samples.ts';
import { ByteWriter } from '../../domain/metrics/bytes.ts';
import { writeValue } from '../../domain/metrics/packed-row.ts';
import { visitReadings } from '../../domain/metrics/readings.ts';
import { writeBatched } from './batched-sample.ts';
import { isKeepable } from './block-place.ts';
import { IsoClock } from './iso-clock.ts';
import type { Batch, Route } from './messages.ts';
import { type Cut, cutProcesses, hasOwnNames, hasTooMany, NameBudget, withoutOwnNames } from './sample-limits.ts';
import { keyOf } from './stream.ts';

/** So many lists of names are remembered by their number; then numbering goes on from scratch. */
export const maxLayouts = 500;

/** So many samples wait at most; a thread that does not keep up must not fill the memory. */
const maxWaiting = 20_000;

/** Nor so many bytes of them. */
const maxWaitingBytes = 64 << 20;

/** As with microseconds; only what no Rackside writes is longer. */
const maxTimeLength = 40;

/** A boot id is 36 characters; what is longer is no boot id. */
const maxBootLength = 64;

type Known = Route & { names: readonly string[] };

/** Gathers samples in the form in which they cross to the worker: one array of bytes; all that repeats is told once. */
export class SampleBatch {
  #layouts: [number, readonly string[]][] = [];
  #routes: [number, Route][] = [];
  #gaps: { hostId: string; gap: Gap }[] = [];
  #events: { hostId: string; event: HealthEvent }[] = [];
  #count = 0;
  readonly #bytes = new ByteWriter();
  readonly #row = new ByteWriter();
  readonly #clock = new IsoClock();
  readonly #layoutNumbers = new Map<string, number>();
  readonly #known: Record<Kind, Map<string, Known>> = {
    ...{ fast: new Map(), medium: new Map(), slow: new Map(), daily: new Map() },
  };
  #nextLayout = 1;
  #nextRoute = 1;
  readonly #budget = new NameBudget();
  /** By kind and host: what of the last sample was cut. */
  readonly cut = new Map<string, Cut>();
  /** Samples that were not taken: too many waited, or their time cannot be. */
  lost = 0;

  get isEmpty(): boolean {
    return this.#count === 0 && this.#gaps.length === 0 && this.#events.length === 0;
  }

  add(hostId: string, sample: Sample): void {
    const told = this.#clock.read(sample.collected_at);
    const at = told ?? Math.floor(Date.parse(sample.collected_at));
    const isFull = this.#count >= maxWaiting || this.#bytes.length >= maxWaitingBytes;
    if (isFull || !isKeepable(at)) {
      this.lost++;
      return;
    }
    const { processes, isCut } = cutProcesses(sample.data.processes);
    this.#note(hostId, sample, isCut ? 'processes' : hasTooMany(sample) ? 'readings' : null);
    const collectedAt = told === null && sample.collected_at.length <= maxTimeLength ? sample.collected_at : null;
    const route = this.#routeOf(hostId, sample, at);
    writeBatched(this.#bytes, { route, at, collectedAt, values: this.#row.view(), processes });
    this.#count++;
  }

  addGap(hostId: string, gap: Gap): void {
    this.#gaps.push({ hostId, gap });
  }

  /** Beyond what may wait, the oldest are let go. */
  addEvents(hostId: string, events: readonly HealthEvent[]): void {
    for (const event of events) this.#events.push({ hostId, event });
    if (this.#events.length > maxWaiting) this.#events.splice(0, this.#events.length - maxWaiting);
  }

  /** A host that was removed has nothing cut any more. */
  forget(hostId: string): void {
    for (const kind of kinds) this.cut.delete(keyOf(hostId, kind));
  }

  /** What was gathered, and starts anew. */
  take(): Batch {
    const batch = {
      ...{ layouts: this.#layouts, routes: this.#routes, gaps: this.#gaps },
      events: this.#events,
      ...{ count: this.#count, bytes: this.#bytes.finish() },
    };
    this.#layouts = [];
    this.#routes = [];
    this.#gaps = [];
    this.#events = [];
    this.#count = 0;
    this.#bytes.restart(batch.bytes.length);
    return batch;
  }

  /** Packs the sample's values into `#row`, and finds the number of what else is to be said of it. */
  #routeOf(hostId: string, sample: Sample, at: number): number {
    const known = this.#known[sample.kind].get(hostId);
    const boot = sample.data.clock.boot_id?.slice(0, maxBootLength) ?? null;
    const cores = sample.data.cpu?.cores.length ?? 1;
    const names = known?.names ?? [];
    let count = 0;
    let same = true;
    this.#row.clear();
    visitReadings(sample, (name, value, scale) => {
      if (names[count++] !== name) same = false;
      writeValue(this.#row, value, scale);
    });
    same &&= names.length === count;
    if (known !== undefined && same && known.boot === boot && known.cores === cores) return known.number;
    return this.#tell(hostId, sample, at, { number: known?.number ?? this.#nextRoute++, boot, cores });
  }

  #tell(hostId: string, sample: Sample, at: number, own: Pick<Route, 'number' | 'boot' | 'cores'>): number {
    const names: string[] = [];
    visitReadings(sample, (name) => names.push(name));
    const joined = names.join('\0');
    const isNew = !this.#layoutNumbers.has(joined);
    if (isNew && hasOwnNames(sample) && !this.#budget.take(hostId, at, joined.length)) {
      this.#note(hostId, sample, 'readings');
      return this.#routeOf(hostId, withoutOwnNames(sample), at);
    }
    const route: Route = { ...own, hostId, kind: sample.kind, layout: this.#layoutOf(names, joined) };
    this.#known[sample.kind].set(hostId, { ...route, names });
    this.#routes.push([this.#count, route]);
    return route.number;
  }

  #note(hostId: string, { kind }: Sample, cut: Cut | null): void {
    if (cut !== null) this.cut.set(keyOf(hostId, kind), cut);
    else if (this.cut.size > 0) this.cut.delete(keyOf(hostId, kind));
  }

  #layoutOf(names: readonly string[], joined: string): number {
    let number = this.#layoutNumbers.get(joined);
    if (number === undefined) {
      if (this.#layoutNumbers.size >= maxLayouts) this.#layoutNumbers.clear();
      number = this.#nextLayout++;
      this.#layoutNumbers.set(joined, number);
      this.#layouts.push([number, names]);
    }
    return number;
  }
}
