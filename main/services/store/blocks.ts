import type { Connection } from './database.ts';
import { hourMs, type SealedBlock } from './frame.ts';

export interface BlockRow {
  readonly id: number;
  readonly t0: number;
  readonly t1: number;
  readonly samples: number;
  readonly layout: number;
  readonly summary: Uint8Array;
}

/** Seconds since the epoch take 33 bits until the year 2242. */
const idsPerStream = 2 ** 33;

/** Samples outside of this have a time that cannot be: a block's id has no room for it. */
export function isKeepable(at: number): boolean {
  return at >= 0 && at < (idsPerStream - 86_400) * 1000;
}

/** Blocks by their place: a stream and the second in which they begin. */
export class Blocks {
  readonly #range;
  readonly #taken;
  readonly #last;
  readonly #insert;
  readonly #insertPart;
  readonly #part;

  constructor(database: Connection) {
    const columns = 'id, t0, t1, samples, layout, summary';
    this.#range = database.prepare<[bigint, bigint], BlockRow>(
      `select ${columns} from block where id between ? and ? order by id`,
    );
    this.#taken = database.prepare<[bigint], number>('select 1 from block where id = ?').pluck();
    this.#last = database
      .prepare<[bigint, bigint], number>('select max(t1) from block where id between ? and ?')
      .pluck();
    this.#insert = database.prepare(
      'insert into block (id, t0, t1, samples, layout, bytes, boot, summary) values (?, ?, ?, ?, ?, ?, ?, ?)',
    );
    const parts = ['samples', 'minutes', 'processes'] as const;
    const byPart = <T>(make: (part: (typeof parts)[number]) => T) =>
      ({ samples: make('samples'), minutes: make('minutes'), processes: make('processes') }) as const;
    this.#insertPart = byPart((part) => database.prepare(`insert into block_${part} (block, data) values (?, ?)`));
    this.#part = byPart((part) =>
      database.prepare<[bigint], Uint8Array>(`select data from block_${part} where block = ?`).pluck(),
    );
  }

  /** `processes` are the block's lists, compressed. */
  insert(
    stream: number,
    block: Omit<SealedBlock, 'data'> & { data: Uint8Array | null },
    processes: Uint8Array | null,
  ): void {
    let id = idAt(stream, block.t0);
    while (this.#taken.get(id) !== undefined) id++;
    const parts = { samples: block.data, minutes: block.minutes, processes };
    const bytes = Object.values(parts).reduce((sum, part) => sum + (part?.length ?? 0), block.summary.length + 64);
    const whole = [block.t0, block.t1, block.samples, block.layout, bytes].map(BigInt);
    this.#insert.run(id, ...whole, block.boot, block.summary);
    for (const part of ['samples', 'minutes', 'processes'] as const) {
      if (parts[part] !== null) this.#insertPart[part].run(id, parts[part]);
    }
  }

  /** Blocks that may hold samples from `from` up to and without `to`, in the order in which they begin. */
  between(stream: number, from: number, to: number): BlockRow[] {
    // No block is longer than an hour; the spare second is for those that begin together.
    const first = idAt(stream, Math.max(0, from - hourMs));
    const last = idAt(stream, Math.min(Math.max(0, to), (idsPerStream - 1) * 1000));
    return this.#range.all(first, last).filter((row) => row.t1 >= from && row.t0 < to);
  }

  /** Time of the newest sample in any block; minus infinity when there is none. */
  lastTime(stream: number): number {
    return this.#last.get(...span(stream)) ?? Number.NEGATIVE_INFINITY;
  }

  samples(id: number): Uint8Array | null {
    return this.#part.samples.get(BigInt(id)) ?? null;
  }

  minutes(id: number): Uint8Array | null {
    return this.#part.minutes.get(BigInt(id)) ?? null;
  }

  processes(id: number): Uint8Array | null {
    return this.#part.processes.get(BigInt(id)) ?? null;
  }
}

/** The first and the last id that blocks of a stream may have. */
export function span(stream: number): [bigint, bigint] {
  return [idAt(stream, 0), idAt(stream + 1, 0) - 1n];
}

function idAt(stream: number, at: number): bigint {
  return BigInt(stream) * BigInt(idsPerStream) + BigInt(Math.floor(at / 1000));
}
