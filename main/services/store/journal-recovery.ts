import { ByteReader } from '../../domain/metrics/bytes.ts';
import type { DamagedBlocks } from './damaged-blocks.ts';
import type { Connection } from './database.ts';
import { Frame } from './frame.ts';
import { type JournalEntry, unpackJournal } from './journal.ts';
import type { Layouts } from './layouts.ts';
import type { Stream } from './stream.ts';

export interface JournalRow {
  readonly id: number;
  readonly bytes: number;
  readonly entries: readonly JournalEntry[];
}

/** The rows of the journal, oldest first. One that makes no sense is set aside: it must not keep the store from opening. */
export function* readJournal(database: Connection, damaged: DamagedBlocks, now: number): Generator<JournalRow> {
  const data = database.prepare<[number], Uint8Array>('select data from journal where id = ?').pluck();
  const setAside = database.transaction((id: number, entries: readonly JournalEntry[], reason: string) => {
    const stream = entries[0]?.stream ?? 0;
    database
      .prepare<[number, bigint, bigint, number, string, number]>(
        `insert into aside (stream, t0, t1, samples, reason, data)
         select cast(? as integer), ?, ?, cast(? as integer), ?, data from journal where id = ?`,
      )
      .run(stream, BigInt(now), BigInt(now), entries.length, reason, id);
    database.prepare('delete from journal where id = ?').run(id);
  });
  for (const id of database.prepare<[], number>('select id from journal order by id').pluck().all()) {
    const row = data.get(id) as Uint8Array;
    const entries: JournalEntry[] = [];
    try {
      for (const entry of unpackJournal(row)) entries.push(entry);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      setAside(id, entries, reason);
      damaged.note(entries.length + 1, reason);
      continue;
    }
    yield { id, bytes: row.length, entries };
  }
}

/** Puts a sample of the journal back into the frame where it was. */
export function restoreSample(stream: Stream, row: number, { starts, sample }: JournalEntry, layouts: Layouts): void {
  let frame = stream.frames.at(-1);
  const isNext = sample.number === stream.number + 1;
  if (starts !== null) {
    frame = new Frame(row, starts, layouts);
    stream.frames.push(frame);
  } else if (frame === undefined || !(isNext || frame.listsLost)) {
    frame = new Frame(row, { boot: frame?.boot ?? null, anyBoot: frame?.anyBoot ?? true }, layouts);
    frame.listsLost = true;
    stream.frames.push(frame);
  }
  stream.number = sample.number;
  if (sample.processes !== null && !frame.listsLost) {
    try {
      frame.packer.unpack(new ByteReader(sample.processes));
    } catch {
      frame.listsLost = true;
    }
  }
  frame.add(frame.listsLost ? { ...sample, processes: null } : sample);
}
