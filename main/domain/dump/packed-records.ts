import type { CommandRecord } from '../collect/record.ts';
import { ByteReader, ByteWriter } from '../metrics/bytes.ts';

/** Bits of what is not as it mostly is. */
const flags = { noExit: 1, error: 2, truncated: 4, timedOut: 8 } as const;
/** More than what stands before and between most outputs. */
const headBytes = 32;

/**
 * Records that are kept for a while, in one piece of memory: as objects with views of their output, the hundred records
 * of a host would take more room than what they say. Nothing stays alive of what came in large chunks.
 */
export class PackedRecords {
  /** Most lines are the same on all hosts, and are there once. */
  readonly #commands: readonly string[];
  readonly #memory: Uint8Array;

  private constructor(commands: readonly string[], memory: Uint8Array) {
    this.#commands = commands;
    this.#memory = memory;
  }

  /** @param writer where they are to lie, good until it is written to again; left out, they have memory of their own */
  static of(records: readonly CommandRecord[], writer: ByteWriter = new ByteWriter(0)): PackedRecords {
    writer.restart(records.reduce((sum, { stdout, stderr }) => sum + headBytes + stdout.length + stderr.length, 0));
    for (const record of records) write(writer, record);
    return new PackedRecords(
      records.map(({ command }) => command),
      writer.view(),
    );
  }

  get length(): number {
    return this.#commands.length;
  }

  /** The command of the record at that place, for which no views are made. */
  commandAt(place: number): string {
    const command = this.#commands[place];
    if (command === undefined) throw new RangeError(`There is no record ${place}.`);
    return command;
  }

  recordAt(place: number): CommandRecord {
    const command = this.commandAt(place);
    const reader = new ByteReader(this.#memory);
    for (let before = 0; before < place; before++) read(reader, '');
    return read(reader, command);
  }

  all(): CommandRecord[] {
    const reader = new ByteReader(this.#memory);
    return this.#commands.map((command) => read(reader, command));
  }

  /** All of it as bytes, out of which `unpackRecords` makes records again; `writer` as for `of`. */
  bytes(writer: ByteWriter = new ByteWriter(0)): Uint8Array {
    writer.restart(this.#memory.length);
    writer.unsigned(this.length);
    for (const command of this.#commands) writer.text(command);
    writer.raw(this.#memory);
    return writer.view();
  }
}

/** What `PackedRecords` gave as bytes. */
export function unpackRecords(bytes: Uint8Array): CommandRecord[] {
  const reader = new ByteReader(bytes);
  const commands = Array.from({ length: reader.unsigned() }, () => reader.text());
  return commands.map((command) => read(reader, command));
}

function write(writer: ByteWriter, record: CommandRecord): void {
  const { exit, error, endedAt, durationMs, stdout, stderr, truncated, timedOut } = record;
  writer.byte(
    (exit === null ? flags.noExit : 0) |
      (error === null ? 0 : flags.error) |
      (truncated ? flags.truncated : 0) |
      (timedOut ? flags.timedOut : 0),
  );
  if (exit !== null) writer.signed(exit);
  if (error !== null) writer.text(error);
  writer.double(endedAt);
  writer.double(durationMs);
  writer.block(stdout);
  writer.block(stderr);
}

function read(reader: ByteReader, command: string): CommandRecord {
  const told = reader.byte();
  return {
    command,
    exit: told & flags.noExit ? null : reader.signed(),
    error: told & flags.error ? reader.text() : null,
    endedAt: reader.double(),
    durationMs: reader.double(),
    stdout: reader.block(),
    stderr: reader.block(),
    truncated: (told & flags.truncated) !== 0,
    timedOut: (told & flags.timedOut) !== 0,
  };
}
