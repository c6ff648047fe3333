import type { Sample } from '../../contract/samples.ts';
import { createPipeline } from '../../domain/collect/pipeline.ts';
import type { Dump } from './open-dump.ts';
import { createUncommandedSamples } from './uncommanded-samples.ts';

/** Entries that are replayed before what they gave is handed over. */
const slice = 400;

/**
 * The replay of a dump from its beginning, and of what is appended to it; what its samples alone know follows. Ends when
 * the signal aborts.
 */
export async function* replayGrowing(
  dump: Dump,
  signal: AbortSignal,
): AsyncGenerator<{ samples: Sample[]; share: number }> {
  await dump.indexed;
  const { log } = dump;
  let pipeline = createPipeline(dump.collectors);
  let uncommanded = createUncommandedSamples(dump);
  let position = 0;
  let revision = log.revision;
  for await (const _change of dump.changes.watch(signal)) {
    if (revision !== log.revision) {
      pipeline = createPipeline(dump.collectors);
      uncommanded = createUncommandedSamples(dump);
      position = 0;
      revision = log.revision;
    }
    do {
      const whole = dump.wholeEntries();
      const to = Math.min(position + slice, whole);
      const samples: Sample[] = [];
      for await (const record of dump.records(position, to)) samples.push(...pipeline.push(record));
      signal.throwIfAborted();
      if (to > position || whole === 0) {
        position = to;
        const share = whole === 0 ? 1 : position / whole;
        uncommanded.saw(samples);
        dump.setReplayed(share);
        yield { samples, share };
      }
    } while (position < dump.wholeEntries());
    for await (const samples of uncommanded.read(signal)) yield { samples, share: 1 };
  }
}

/** The same once, of a dump that is indexed. */
export async function* replayWhole(dump: Dump): AsyncGenerator<Sample> {
  const uncommanded = createUncommandedSamples(dump);
  for await (const sample of dump.replay()) {
    uncommanded.saw([sample]);
    yield sample;
  }
  for await (const samples of uncommanded.read(dump.closing)) yield* samples;
}
