import { FaultError } from '../../../contract/faults.ts';
import { withRoundMarks } from '../../../domain/dump/with-round-marks.ts';
import { createFileWindow, readFully } from '../file-window.ts';
import type { Dump } from '../open-dump.ts';
import { readHeadAt } from '../read-records.ts';
import type { SliceEntry, SliceSource } from './slice-source.ts';

/** Which part of a dump: positions of entries (null: all), and a span of time for its samples. */
export interface Chosen {
  readonly positions: Uint32Array | null;
  readonly from: number | null;
  readonly to: number | null;
}

/** Commands cut their output at whole KiB, and do not all say so. */
const cutEvery = 1024;
/** Small reads come out of one window. */
const smallBytes = 128 << 10;

/** A part of an open dump, as it is now: what is appended to it later is not in it. */
export function sliceOfDump(dump: Dump, { positions, from, to }: Chosen): SliceSource {
  const { log, samples } = dump;
  const { table, commands, size } = log;
  const { count } = table;
  const chosen = positions === null ? new Uint8Array(count).fill(1) : chosenWithMarks(positions);
  const file = createFileWindow(log.file);
  const endOf = (position: number): number => (position + 1 < count ? table.place(position + 1).offset : size);

  function chosenWithMarks(wanted: Uint32Array): Uint8Array {
    const marked = new Uint8Array(count);
    for (const position of wanted) marked[position] = 1;
    return withRoundMarks(marked, (position) => commands.commands[table.commandOf(position)]);
  }

  async function read(offset: number, length: number): Promise<Uint8Array> {
    const bytes =
      length > smallBytes
        ? await readFully(log.file, Buffer.allocUnsafe(length), offset)
        : Uint8Array.from(await file.read(offset, length));
    if (bytes.length === length) return bytes;
    throw new FaultError('bad_input', 'slice', 'The dump became shorter while it was read: open it again.');
  }

  let [entryCount, entryBytes] = [0, 0];
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let position = 0; position < count; position++) {
    if (chosen[position] !== 1) continue;
    const { at, offset } = table.place(position);
    entryCount += 1;
    entryBytes += endOf(position) - offset;
    first = Math.min(first, at);
    last = Math.max(last, at);
  }
  const span =
    positions === null
      ? { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY }
      : { from: from ?? first, to: to ?? last };
  const heads = Array.from({ length: samples?.count ?? 0 }, (_, position) => position).filter((position) => {
    const at = samples?.timeOf(position) ?? Number.NaN;
    return at >= span.from && at <= span.to;
  });
  const sampleBytes = heads.reduce((sum, position) => sum + (samples?.head(position).size ?? 0), 0);

  return {
    ...{ entryCount, entryBytes, sampleCount: heads.length, sampleBytes, read },
    entries: async function* (): AsyncGenerator<SliceEntry> {
      const window = createFileWindow(log.file);
      for (let position = 0; position < count; position++) {
        if (chosen[position] !== 1) continue;
        const place = table.place(position);
        const head = await readHeadAt(window, place);
        const known = commands.commands[table.commandOf(position)];
        yield {
          command: head?.command ?? '',
          isOwn: known !== undefined && known.kind !== null,
          offset: place.offset,
          bodyOffset: place.bodyOffset,
          bodyEnd: place.bodyOffset + place.size,
          stderr: Math.min(head?.stderr ?? 0, place.size),
          end: endOf(position),
          isCut:
            place.state !== 'sound' ||
            head?.truncated === true ||
            head?.timedOut === true ||
            (place.size > 0 && place.size % cutEvery === 0),
        };
      }
    },
    samples: async function* (): AsyncGenerator<Uint8Array> {
      for (const position of heads) {
        if (samples === null) return;
        const { offset, size: length } = samples.head(position);
        const bytes = await readFully(samples.file, Buffer.allocUnsafe(length), offset);
        if (bytes.length < length)
          throw new FaultError('bad_input', 'slice', 'samples.log became shorter: open the dump again.');
        yield bytes;
      }
    },
  };
}
