import { setImmediate } from 'node:timers/promises';
import type { Kind, Sample } from '../../contract/samples.ts';
import { fromForeign } from '../../domain/dump/foreign-samples.ts';
import type { Dump } from './open-dump.ts';
import { readSampleText } from './samples-log.ts';

/**
 * Samples of a dump that no round of its commands gives: those of another product, whose commands are none of ours, and
 * those behind the last round where the commands were not written any more. Of each kind they come behind what was
 * replayed, because a history that goes back says that a clock was set.
 */
export interface UncommandedSamples {
  /** What was replayed meanwhile. */
  saw(samples: readonly Sample[]): void;
  /** Those that there are by now, some at a time; each is told once. */
  read(signal: AbortSignal): AsyncGenerator<Sample[]>;
}

const batch = 200;
/** A longer one is damage. */
const maxSampleBytes = 16 << 20;
/** Of a dump that is being written, the commands of the newest round are read a moment later than its sample. */
const comingMs = 60_000;

export function createUncommandedSamples(dump: Dump): UncommandedSamples {
  const { log, samples } = dump;
  const latest = new Map<Kind, number>();
  let position = 0;
  let isLacking = false;
  let isForeignMet = false;

  const isNewer = ({ kind, collected_at }: Sample) => Date.parse(collected_at) > (latest.get(kind) ?? -Infinity);

  function saw(seen: readonly Sample[]): void {
    for (const sample of seen) if (isNewer(sample)) latest.set(sample.kind, Date.parse(sample.collected_at));
  }

  async function sampleAt(position: number): Promise<Sample | null> {
    if (samples === null) return null;
    const head = samples.head(position);
    // Written no later than the newest round began: that round, or an earlier one, gave it.
    if (head.at <= (latest.get(head.kind as Kind) ?? -Infinity)) return null;
    const { text, cut } = await readSampleText(samples, head, maxSampleBytes);
    const { parseSample } = await import('../../domain/dump/parse-sample.ts');
    const parsed = parseSample(head.kind, text);
    if (cut || parsed.status === 'torn') return null;
    const isForeign = parsed.status === 'foreign';
    const sample = isForeign ? fromForeign(head.kind, parsed.json, head.at) : parsed.sample;
    const lastEntryAt = log.table.last ?? -Infinity;
    const isComing = !isForeign && head.at > lastEntryAt && head.at <= lastEntryAt + comingMs;
    if (sample === null || isComing || !isNewer(sample)) return null;
    if (isForeign) isForeignMet = true;
    else isLacking = true;
    saw([sample]);
    return sample;
  }

  function tell(): void {
    if (isForeignMet) {
      dump.addNote('Gauges and charts are those of another product’s samples, as far as they say the same as ours.');
    }
    if (isLacking) {
      dump.addNote(
        'Some samples lack their commands, which are not in the dump: they are shown as they were recorded.',
      );
    }
  }

  return {
    saw,
    read: async function* (signal) {
      let found: Sample[] = [];
      for (; position < (samples?.count ?? 0); position++) {
        if (position % batch === batch - 1) await setImmediate(undefined, { signal });
        const sample = await sampleAt(position);
        if (sample !== null) found.push(sample);
        if (found.length < batch) continue;
        tell();
        yield found;
        found = [];
      }
      if (found.length === 0) return;
      tell();
      yield found;
    },
  };
}
