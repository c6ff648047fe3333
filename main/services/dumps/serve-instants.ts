import type { SampleAt, SampleAtRequest } from '../../contract/history.ts';
import type { Kind, Sample } from '../../contract/samples.ts';
import { createPipeline } from '../../domain/collect/pipeline.ts';
import { fromForeign } from '../../domain/dump/foreign-samples.ts';
import type { Dump } from './open-dump.ts';
import type { Rounds } from './read-rounds.ts';
import type { FoundRound } from './round-places.ts';
import { lastAt, previousOfKind, sampleAt } from './sample-places.ts';
import { readSampleText } from './samples-log.ts';

/** So many samples are kept for who goes to and fro. */
const maxKept = 8;
/** A sample is written when its round has ended; before it so many are looked at. */
const longestRoundMs = 60_000;
const maxSteps = 40;
/** A longer one is damage. */
const maxSampleBytes = 16 << 20;

/**
 * Answers which sample of a kind stood at an instant, computed anew from the records of its round: as the replay gave it.
 * Where a dump has samples without commands, these as they were recorded.
 */
export function serveInstants(dump: Dump, rounds: Rounds): (asked: SampleAtRequest) => Promise<SampleAt> {
  const { log, samples } = dump;
  const kept = new Map<string, Sample | null>();

  async function computed(kind: Kind, round: FoundRound): Promise<Sample | null> {
    const key = `${log.revision} ${round.own.begin}`;
    const known = kept.get(key);
    if (known !== undefined) return known;
    const sources = await rounds.sourcesOf(kind, round);
    const pipeline = createPipeline(dump.collectors.filter((collector) => collector.kind === kind));
    const sample = withoutList(sources.flatMap(({ record }) => pipeline.push(record)).at(-1) ?? null);
    kept.set(key, sample);
    const [oldest = key] = kept.keys();
    if (kept.size > maxKept) kept.delete(oldest);
    return sample;
  }

  async function recorded(kind: Kind, at: number): Promise<Sample | null> {
    if (samples === null) return null;
    let position = sampleAt(samples, at + longestRoundMs, kind);
    for (let step = 0; position !== null && step < maxSteps; step++) {
      const head = samples.head(position);
      const { text, cut } = await readSampleText(samples, head, maxSampleBytes);
      const sample = cut ? null : await sampleIn(kind, text, head.at);
      if (sample !== null && Date.parse(sample.collected_at) <= at) return withoutList(sample);
      position = previousOfKind(samples, position);
    }
    return null;
  }

  /** When a later one can have been collected at the earliest; null where there is none. */
  function nextRecorded(kind: Kind, at: number): number | null {
    const from = samples === null ? 0 : lastAt(samples.count, samples.timeOf, at) + 1;
    for (let position = from; position < (samples?.count ?? 0); position++) {
      if (samples?.kindOf(position) === kind) return samples.timeOf(position) - longestRoundMs;
    }
    return null;
  }

  return async ({ kind, at }) => {
    const round = rounds.at(kind, at);
    // Behind the last command there are samples only.
    const last = log.table.last ?? -Infinity;
    if (round !== null && (round.nextAt !== null || at < last)) {
      return { sample: await computed(kind, round), until: round.nextAt ?? last };
    }
    const until = nextRecorded(kind, at);
    const written = await recorded(kind, at);
    if (round === null) return { sample: written, until };
    const sample = await computed(kind, round);
    return { sample: isLater(written, sample) ? written : sample, until };
  };
}

async function sampleIn(kind: Kind, text: string, writtenAt: number): Promise<Sample | null> {
  const { parseSample } = await import('../../domain/dump/parse-sample.ts');
  const parsed = parseSample(kind, text);
  if (parsed.status === 'torn') return null;
  return parsed.status === 'foreign' ? fromForeign(kind, parsed.json, writtenAt) : parsed.sample;
}

function isLater(one: Sample | null, other: Sample | null): boolean {
  return one !== null && (other === null || Date.parse(one.collected_at) > Date.parse(other.collected_at));
}

/** Processes have a history of their own, and their list is the largest part of a sample. */
function withoutList(sample: Sample | null): Sample | null {
  const processes = sample?.data.processes;
  if (sample === null || processes == null) return sample;
  return { ...sample, data: { ...sample.data, processes: { ...processes, list: [] } } };
}
