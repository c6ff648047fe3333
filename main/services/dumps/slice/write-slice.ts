import { createHmac, randomBytes } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import type { RedactionPreview, SliceProgress } from '../../../contract/dump-sharing.ts';
import { FaultError } from '../../../contract/faults.ts';
import { createLatest } from '../../../contract/rpc/latest.ts';
import type { Keyed } from '../../../domain/redact/disguise.ts';
import { createLearner, type Redactor } from '../../../domain/redact/redactor.ts';
import { dumpFault } from '../dump-fault.ts';
import { learnEntry, learnSample, plainEntry, redactedEntry, redactedSample } from './redacting-reader.ts';
import type { SliceSource } from './slice-source.ts';
import { openSliceTarget, type WriteAll } from './slice-target.ts';

/** What is to be hidden: words of the technician, and what the console knows of the host. */
export interface Hidden {
  readonly words: readonly string[];
  readonly names: readonly string[];
}

/** So long others wait at most, and so does who wants to stop. */
const turnMs = 20;
const tellEveryMs = 50;
/** Of a selection, so much is looked at for a preview. */
const previewBytes = 64 << 20;

/** A key that nobody ever sees: it is gone with the slice, and no mapping is kept. */
export function freshKey(): Keyed {
  const key = randomBytes(32);
  return (text) => createHmac('sha256', key).update(text, 'latin1').digest();
}

/** Gives others their turn now and then; throws where the work was given up. */
function createTurns(signal: AbortSignal): () => Promise<void> {
  let last = performance.now();
  return async () => {
    if (signal.aborted) throw new FaultError('cancelled', 'slice', 'The slice was given up.');
    if (performance.now() - last < turnMs) return;
    await setImmediate();
    last = performance.now();
  };
}

/** The first pass over all that was chosen, or over the first `most` bytes of it. */
async function learn(
  source: SliceSource,
  { words, names }: Hidden,
  onBytes: (bytes: number) => Promise<void>,
  most = Number.POSITIVE_INFINITY,
): Promise<Redactor> {
  const learner = createLearner({ keyed: freshKey(), words, names });
  let bytes = 0;
  const told = (more: number): Promise<void> => {
    bytes += more;
    return onBytes(more);
  };
  for await (const entry of source.entries()) {
    if (bytes >= most) break;
    await learnEntry(source, entry, learner, told);
  }
  for await (const sample of source.samples()) {
    if (bytes >= most) break;
    learnSample(sample, learner);
    await told(sample.length);
  }
  return learner.settle();
}

/**
 * Writes a part of a dump as a dump of its own: a directory (0700, its files 0600) or, by the name, a `.tar.gz` or
 * `.zip`. Entries and samples are byte for byte what they were, but for what is hidden. Leaving it, or a fault, takes
 * away what was written. Throws a `FaultError`: `bad_input` where something has that name or nothing was chosen, and
 * what the disk says.
 * @param hidden null: nothing is
 */
export async function* writeSlice(
  source: SliceSource,
  to: string,
  hidden: Hidden | null,
  signal: AbortSignal,
  write?: WriteAll,
): AsyncGenerator<SliceProgress> {
  if (source.entryCount + source.sampleCount === 0) {
    throw new FaultError('bad_input', 'slice', 'Nothing of the dump is chosen: widen the time or the commands.');
  }
  const progress = createLatest<SliceProgress>();
  const left = new AbortController();
  const work = run(source, to, hidden, AbortSignal.any([signal, left.signal]), progress.set, write).finally(
    progress.end,
  );
  work.catch(() => undefined);
  try {
    yield* progress.watch(signal);
    await work;
  } finally {
    left.abort();
    await work.catch(() => undefined);
  }
}

async function run(
  source: SliceSource,
  to: string,
  hidden: Hidden | null,
  signal: AbortSignal,
  tell: (progress: SliceProgress) => void,
  write: WriteAll | undefined,
): Promise<void> {
  const takeTurn = createTurns(signal);
  const passes = hidden === null ? 1 : 2;
  const bytes = (source.entryBytes + source.sampleBytes) * passes;
  let [doneBytes, entries, samples] = [0, 0, 0];
  let redactor: Redactor | null = null;
  let toldAt = Number.NEGATIVE_INFINITY;
  const told = async (more: number, done = false): Promise<void> => {
    doneBytes += more;
    if (!done && performance.now() - toldAt < tellEveryMs) return takeTurn();
    toldAt = performance.now();
    tell({ to, bytes, doneBytes, entries, samples, replaced: redactor?.counts() ?? {}, done });
    if (!done) await takeTurn();
  };
  // First of all: a place where nothing can be written is told before minutes go by.
  const target = await openSliceTarget(to, Date.now(), write).catch((error) =>
    Promise.reject(dumpFault(error, 'slice', to)),
  );
  try {
    await told(0);
    if (hidden !== null) redactor = await learn(source, hidden, told);
    await target.begin('commands.log', source.entryBytes);
    for await (const entry of source.entries()) {
      const parts = redactor === null ? plainEntry(source, entry) : redactedEntry(source, entry, redactor);
      for await (const part of parts) {
        await target.write(part);
        await told(part.length);
      }
      entries += 1;
    }
    await target.begin('samples.log', source.sampleBytes);
    for await (const sample of source.samples()) {
      await target.write(redactor === null ? sample : redactedSample(sample, redactor));
      samples += 1;
      await told(sample.length);
    }
    await takeTurn();
    await target.finish();
  } catch (error) {
    await target.discard();
    throw dumpFault(error, 'slice', to);
  }
  await told(0, true);
}

/** What a slice would hide, with the originals: for the eyes of who makes it. Its pseudonyms are those of no slice. */
export async function previewRedaction(
  source: SliceSource,
  hidden: Hidden,
  signal: AbortSignal,
): Promise<RedactionPreview> {
  const takeTurn = createTurns(signal);
  const redactor = await learn(source, hidden, takeTurn, previewBytes);
  let readBytes = 0;
  for await (const entry of source.entries()) {
    if (readBytes >= previewBytes) break;
    for await (const part of redactedEntry(source, entry, redactor)) {
      readBytes += part.length;
      await takeTurn();
    }
  }
  for await (const sample of source.samples()) {
    if (readBytes >= previewBytes) break;
    redactedSample(sample, redactor);
    readBytes += sample.length;
    await takeTurn();
  }
  const found = redactor
    .found()
    .map((one) => ({ ...one, original: readable(one.original), pseudonym: readable(one.pseudonym) }));
  found.sort((a, b) => a.type.localeCompare(b.type) || b.count - a.count);
  return { found, readBytes, bytes: source.entryBytes + source.sampleBytes };
}

/** From one letter per byte to text. */
function readable(bytes: string): string {
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
