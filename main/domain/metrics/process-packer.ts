import type { SampleData } from '../../contract/samples.ts';
import { type ByteReader, ByteWriter, unzigzag, zigzag } from './bytes.ts';
import { identityOf, type Known, neverSeen, packRow, unpackRow } from './packed-process.ts';
import { readExact, writeExact } from './packed-share.ts';
import { digestOf } from './text-digest.ts';

type Processes = NonNullable<SampleData['processes']>;

/**
 * Packs the process lists of one host, one after the other, each as its difference from those before. Lists come back
 * exactly as they were: a number that is no whole multiple of its unit (0.01 %, 1 KiB, 0.01 s) takes eight bytes.
 *
 * Packing and unpacking move the same state on, so a packer that has unpacked lists can go on to pack the next.
 */
export class ProcessPacker {
  readonly #known: Known[] = [];
  /** By the digest of an identity: command lines are the most of a list, and a thousand packers wait for their hour's end. */
  readonly #byIdentity = new Map<number, number>();
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
    for (const row of processes.list) {
      const identity = JSON.stringify(identityOf(row));
      const digest = digestOf(identity);
      const index = this.#byIdentity.get(digest);
      writer.unsigned(index === undefined ? 0 : this.#reference(index, list));
      if (index === undefined) entrants.push(identity);
      list.push(index ?? this.#learn(digest));
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
      const index = reference === 0 ? this.#meet() : this.#dereference(reference, list);
      if (reference === 0) entrants.push(index);
      list.push(index);
    }
    for (const index of entrants) {
      const identity = reader.text();
      (this.#known[index] as Known).identity = identity;
      this.#byIdentity.set(digestOf(identity), index);
    }

    const masks = list.map(() => reader.byte());
    const rows = list.map((index, i) =>
      unpackRow(reader, masks[i] as number, this.#known[index] as Known, cores, window.value),
    );
    this.#remember(list);
    return { count: count.value, window_seconds: window.value, list: rows };
  }

  /** Forgets what `unpack` alone needs; from here on lists are packed. */
  forgetNames(): void {
    for (const known of this.#known) {
      known.identity = '';
      known.parts = null;
    }
  }

  #learn(digest: number): number {
    const index = this.#meet();
    this.#byIdentity.set(digest, index);
    return index;
  }

  #meet(): number {
    return this.#known.push({ ...neverSeen }) - 1;
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
