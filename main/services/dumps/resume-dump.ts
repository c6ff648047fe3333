import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { FaultError } from '../../contract/faults.ts';
import type { Sample } from '../../contract/samples.ts';
import type { Pipeline } from '../../domain/collect/pipeline.ts';
import { dumpLogs } from '../../domain/dump/dump-logs.ts';
import { formatSample } from '../../domain/dump/format-sample.ts';
import { openDump } from './open-dump.ts';

/**
 * Brings a fresh pipeline to where the dump in that directory ends, so that what is appended replays as one piece.
 * Appending is safe when the dump is in good order and its samples are those that today's collectors compute; then
 * the entries of `samples.log` that are missing at its end are given back, to be written first. Else it throws a
 * `FaultError` `bad_input`. A directory without a dump needs nothing.
 */
export async function resumeDump(directory: string, pipeline: Pipeline): Promise<string[]> {
  const [commandBytes, sampleBytes] = await Promise.all(
    dumpLogs.map((name) =>
      stat(join(directory, name)).then(
        ({ size }) => size,
        () => 0,
      ),
    ),
  );
  if (commandBytes === 0 && sampleBytes === 0) return [];

  const refuse = (reason: string): never => {
    throw new FaultError('bad_input', 'record', `${directory} holds another dump (${reason}): choose a new directory.`);
  };
  const dump = await openDump(directory, { isAlone: true }).catch((error) => refuse(error.message));
  try {
    if (dump.damage[0] !== undefined) refuse(dump.damage[0]);
    const missing: string[] = [];
    const recorded = dump.recorded()[Symbol.asyncIterator]();
    let stored = await recorded.next();
    for await (const record of dump.records()) {
      for (const sample of pipeline.push(record)) {
        if (stored.done) {
          missing.push(formatSample(sample, record.endedAt));
          continue;
        }
        if (!isDeepStrictEqual(asStored(sample), stored.value)) refuse('its samples were computed in another way');
        stored = await recorded.next();
      }
    }
    if (!stored.done) refuse('it has samples without commands');
    if (dump.damage[0] !== undefined) refuse(dump.damage[0]);
    return missing;
  } finally {
    await dump.close();
  }
}

/** JSON has no negative zero and no undefined. */
function asStored(sample: Sample): Sample {
  return JSON.parse(JSON.stringify(sample));
}
