import type { Kind } from '../../contract/samples.ts';
import { ByteWriter } from '../metrics/bytes.ts';

/** Takes room off what is kept for long. */
export interface Squeeze {
  /** Shares no memory with what it is given, but may lie in a larger piece: what is kept of it is a copy. */
  pack(bytes: Uint8Array): Uint8Array;
  unpack(packed: Uint8Array): Uint8Array;
}

/** Something that was put into an attic. */
export interface PutAway {
  /** A copy of it. Throws once it was dropped. */
  bytes(): Uint8Array;
  /** Nobody reads it any more. */
  drop(): void;
}

/** Some things of each of a few hosts; reading one of them unpacks them all, in a third of a millisecond. */
const wholeBlock = 256 << 10;
/** Blocks of which nothing is left: so many have their memory used again. */
const maxSpare = 8;

/** Things that lie together. */
interface Block {
  /** Null until it is full: then it lies in the attic's room. */
  packed: ByteWriter | null;
  /** So many of them were not dropped. */
  living: number;
}

/**
 * For what comes often, of many hosts, and is hardly ever read. It is squeezed by the block ("solid", as archivers
 * say): beginning takes longer than squeezing what a few of them say, and what hosts have in common is there once. A block
 * stays as long as one thing in it does, so what is put here should go at about the time at which its neighbours do.
 */
export class Attic {
  readonly #squeeze: Squeeze;
  readonly #blockBytes: number;
  /** Where the block lies that is not full. */
  readonly #room = new ByteWriter();
  #open: Block = { packed: null, living: 0 };
  readonly #spare: ByteWriter[] = [];
  /** What was read last, until something is put here: who reads of many hosts does it in the order in which they spoke. */
  #last: { readonly block: Block; readonly bytes: Uint8Array } | null = null;

  /** @param blockBytes 0: each thing lies in a block of its own */
  constructor(squeeze: Squeeze, blockBytes = wholeBlock) {
    this.#squeeze = squeeze;
    this.#blockBytes = blockBytes;
  }

  put(bytes: Uint8Array): PutAway {
    this.#last = null;
    if (this.#room.length + bytes.length > this.#blockBytes) this.#close();
    const from = this.#room.length;
    this.#room.raw(bytes);
    this.#open.living += 1;
    return new Thing(this, this.#open, from, this.#room.length);
  }

  /** For the things themselves: a copy of a part of a block. */
  read(block: Block, from: number, to: number): Uint8Array {
    return new Uint8Array(this.#bytesOf(block).subarray(from, to));
  }

  /** For the things themselves. */
  leave(block: Block): void {
    block.living -= 1;
    if (block.living === 0 && block.packed !== null && this.#spare.length < maxSpare) this.#spare.push(block.packed);
  }

  #bytesOf(block: Block): Uint8Array {
    if (block.packed === null) return this.#room.view();
    if (this.#last?.block !== block) this.#last = { block, bytes: this.#squeeze.unpack(block.packed.view()) };
    return this.#last.bytes;
  }

  #close(): void {
    if (this.#open.living > 0) {
      this.#open.packed = this.#spare.pop() ?? new ByteWriter(0);
      this.#open.packed.overwrite(this.#squeeze.pack(this.#room.view()));
    }
    this.#open = { packed: null, living: 0 };
    this.#room.restart(this.#blockBytes);
  }
}

class Thing implements PutAway {
  readonly #attic: Attic;
  #block: Block | null;
  readonly #from: number;
  readonly #to: number;

  constructor(attic: Attic, block: Block, from: number, to: number) {
    this.#attic = attic;
    this.#block = block;
    this.#from = from;
    this.#to = to;
  }

  bytes(): Uint8Array {
    if (this.#block === null) throw new Error('What was dropped cannot be read.');
    return this.#attic.read(this.#block, this.#from, this.#to);
  }

  drop(): void {
    const block = this.#block;
    this.#block = null;
    if (block !== null) this.#attic.leave(block);
  }
}

/** Those of a fleet: what comes as often goes as soon. */
export type Attics = Readonly<Record<Kind | 'once', Attic>>;

export function createAttics(squeeze: Squeeze): Attics {
  return {
    ...{ fast: new Attic(squeeze), medium: new Attic(squeeze), slow: new Attic(squeeze), daily: new Attic(squeeze) },
    // What is told once stays as long as its host: beside what another one tells anew all the time, it would keep that.
    once: new Attic(squeeze, 0),
  };
}
