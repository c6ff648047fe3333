import { setImmediate } from 'node:timers/promises';
import type { dumpProvenanceContract } from '../../contract/provenance.ts';
import type { Handlers } from '../../contract/rpc/definition.ts';
import { explainReading } from '../../domain/provenance/explain-reading.ts';
import { runSteps } from '../../domain/provenance/run-steps.ts';
import type { Dump } from './open-dump.ts';
import type { Rounds } from './read-rounds.ts';
import { beginOf } from './round-places.ts';

/** Answers where a number of a dump comes from: out of all of it. */
export function serveProvenance({ log, collectors }: Dump, rounds: Rounds): Handlers<typeof dumpProvenanceContract> {
  return {
    'dumps.provenance': async ({ kind, collected_at, path, plus }, signal) => {
      const beganAt = Math.floor(Date.parse(collected_at));
      const found = rounds.at(kind, beganAt);
      const isIt = found !== null && beginOf(log, found.own) === beganAt;
      const sources = isIt ? await rounds.sourcesOf(kind, found) : [];
      return runSteps(explainReading(collectors, sources, path, plus), setImmediate, () => performance.now(), signal);
    },
  };
}
