import type { Sample } from '../../contract/samples.ts';
import { createPipeline } from '../../domain/collect/pipeline.ts';
import type { Dump } from './open-dump.ts';

/** Entries that are replayed before what they gave is handed over. */
const slice = 400;

/** The replay of a dump from its beginning, and of what is appended to it; ends when the signal aborts. */
export async function* replayGrowing(
  dump: Dump,
  signal: AbortSignal,
): AsyncGenerator<{ samples: Sample[]; share: number }> {
  await dump.indexed;
  const { log } = dump;
  let pipeline = createPipeline(dump.collectors);
  let position = 0;
  let revision = log.revision;
  for await (const _change of dump.changes.watch(signal)) {
    if (revision !== log.revision) {
      pipeline = createPipeline(dump.collectors);
      position = 0;
      revision = log.revision;
    }
    do {
      const to = Math.min(position + slice, wholeEntries(dump));
      const samples: Sample[] = [];
      for await (const record of dump.records(position, to)) samples.push(...pipeline.push(record));
      signal.throwIfAborted();
      if (to > position || log.table.count === 0) {
        position = to;
        const share = log.table.count === 0 ? 1 : position / log.table.count;
        dump.setReplayed(share);
        yield { samples, share };
      }
    } while (position < wholeEntries(dump));
  }
}

/** The last entry of a file that is being written may not be whole yet. */
function wholeEntries({ log: { table } }: Dump): number {
  const last = table.count - 1;
  return last >= 0 && table.place(last).state === 'torn' ? last : table.count;
}
