import { idAt, lastInstant, span } from './block-place.ts';
import type { Connection } from './database.ts';
import { hourMs, type SealedBlock } from './frame.ts';

export interface BlockRow {
  readonly id: number;
  readonly t0: number;
  readonly t1: number;
  readonly samples: number;
  readonly layout: number;
  readonly stage: 0 | 1 | 2;
  readonly boot: string | null;
  readonly summary: Uint8Array;
}

/** Blocks by their place: a stream and the second in which they begin. */
export class Blocks {
  readonly #range;
  readonly #withProcessesAfter;
  readonly #withProcessesBefore;
  readonly #taken;
  readonly #last;
  readonly #insert;
  readonly #insertPart;
  readonly #part;
  readonly #remove;
  readonly #bytes;
  readonly #room;
  readonly #first;

  constructor(database: Connection) {
    const columns = 'id, t0, t1, samples, layout, stage, boot, summary';
    this.#range = database.prepare<[bigint, bigint], BlockRow>(
      `select ${columns} from block where id between ? and ? order by id`,
    );
    const withProcesses = (then: string) =>
      database.prepare<[bigint, bigint, bigint], BlockRow>(
        `select ${columns} from block_processes join block on id = block where block between ? and ? and ${then}`,
      );
    this.#withProcessesAfter = withProcesses('t1 > ? order by block');
    this.#withProcessesBefore = withProcesses('t0 < ? order by block desc');
    this.#taken = database.prepare<[bigint], number>('select 1 from block where id = ?').pluck();
    this.#last = database
      .prepare<[bigint, bigint], number>('select max(t1) from block where id between ? and ?')
      .pluck();
    this.#insert = database.prepare(
      'insert into block (id, t0, t1, samples, layout, bytes, stage, boot, summary) values (?, ?, ?, ?, ?, ?, ?, ?, ?)',
    );
    const parts = ['samples', 'minutes', 'processes'] as const;
    this.#remove = [
      database.prepare<[bigint]>('delete from block where id = ?'),
      ...parts.map((part) => database.prepare<[bigint]>(`delete from block_${part} where block = ?`)),
    ];
    this.#bytes = database.prepare<[bigint], number>('select bytes from block where id = ?').pluck();
    this.#room = database
      .prepare<{ first: bigint; last: bigint }, number>(
        `select coalesce(sum(bytes), 0) + 2 * (
           select coalesce(sum(length(names)), 0) from layout
           where id in (select layout from block where id between $first and $last)
         ) from block where id between $first and $last`,
      )
      .pluck();
    const first = (stage: number) =>
      database.prepare<[bigint, bigint], { id: number; t0: number }>(
        `select id, t0 from block where id between ? and ? and stage >= ${stage} order by id limit 1`,
      );
    this.#first = { samples: first(1), anything: first(0) };
    const byPart = <T>(make: (part: (typeof parts)[number]) => T) =>
      ({ samples: make('samples'), minutes: make('minutes'), processes: make('processes') }) as const;
    this.#insertPart = byPart((part) => database.prepare(`insert into block_${part} (block, data) values (?, ?)`));
    this.#part = byPart((part) =>
      database.prepare<[bigint], Uint8Array>(`select data from block_${part} where block = ?`).pluck(),
    );
  }

  /** `processes` are the block's lists, compressed. Gives the room that the block takes. */
  insert(stream: number, block: Omit<SealedBlock, 'processes'>, processes: Uint8Array | null): number {
    let id = idAt(stream, block.t0);
    while (this.#taken.get(id) !== undefined) id++;
    const parts = { samples: block.data, minutes: block.minutes, processes };
    const bytes = Object.values(parts).reduce((sum, part) => sum + (part?.length ?? 0), block.summary.length + 64);
    const whole = [block.t0, block.t1, block.samples, block.layout, bytes, block.stage].map(BigInt);
    this.#insert.run(id, ...whole, block.boot, block.summary);
    for (const part of ['samples', 'minutes', 'processes'] as const) {
      if (parts[part] !== null) this.#insertPart[part].run(id, parts[part]);
    }
    return bytes;
  }

  /** Blocks that may hold samples from `from` up to and without `to`, in the order in which they begin. */
  between(stream: number, from: number, to: number): BlockRow[] {
    // No block is longer than an hour; the spare second is for those that begin together.
    const first = idAt(stream, Math.min(Math.max(0, from - hourMs), lastInstant));
    const last = idAt(stream, Math.min(Math.max(0, to), lastInstant));
    return this.#range.all(first, last).filter((row) => row.t1 >= from && row.t0 < to);
  }

  /** Blocks with process lists that may hold one after `at`, in the order in which they begin. */
  withProcessesAfter(stream: number, at: number): IterableIterator<BlockRow> {
    const from = Math.min(Math.max(0, at - hourMs), lastInstant);
    return this.#withProcessesAfter.iterate(idAt(stream, from), span(stream)[1], BigInt(Math.floor(at)));
  }

  /** Blocks with process lists that may hold one before `at`, those that begin last first. */
  withProcessesBefore(stream: number, at: number): IterableIterator<BlockRow> {
    const to = Math.min(Math.max(0, at), lastInstant);
    return this.#withProcessesBefore.iterate(span(stream)[0], idAt(stream, to), BigInt(Math.ceil(to)));
  }

  /** Gives the room that is free then. */
  remove(id: number): number {
    const bytes = this.#bytes.get(BigInt(id)) ?? 0;
    for (const statement of this.#remove) statement.run(BigInt(id));
    return bytes;
  }

  row(id: number): BlockRow {
    return this.#range.get(BigInt(id), BigInt(id)) as BlockRow;
  }

  /** Room that the blocks of a stream take, with the names of their readings. */
  room(stream: number): number {
    const [first, last] = span(stream);
    return this.#room.get({ first, last }) ?? 0;
  }

  /** The first block of a stream that begins at the place `from` or after it. */
  first(stream: number, from: bigint, having: 'samples' | 'anything'): { id: number; t0: number } | null {
    const [begin, end] = span(stream);
    return this.#first[having].get(from > begin ? from : begin, end) ?? null;
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
