import { openDumpKinds } from '../../contract/dump-kinds.ts';
import type { shareDumpContract } from '../../contract/dump-sharing.ts';
import type { openDumpContract } from '../../contract/dumps.ts';
import type { SampleAt, SampleAtRequest } from '../../contract/history.ts';
import type { dumpProvenanceContract } from '../../contract/provenance.ts';
import type { CallDefinition, Kinds, StreamDefinition } from '../../contract/rpc/definition.ts';
import type { Sample } from '../../contract/samples.ts';

/** What the thread of a dump says to the console: what may be asked of a dump, what leaves it, and its replay. */
export type ThreadContract = typeof openDumpContract &
  typeof shareDumpContract &
  typeof dumpProvenanceContract & {
    readonly 'dump.sampleAt': CallDefinition<SampleAtRequest, SampleAt>;
    /**
     * The samples that today's collectors compute, some at a time, and how much of the dump they are of: 0 to 1. It goes
     * on when the dump grows, so it ends with the dump.
     */
    readonly 'dump.replay': StreamDefinition<Record<string, never>, { samples: Sample[]; share: number }>;
  };

/** The console has checked what is asked: so the thread needs no schemas, and whoever opens a dump waits half as long. */
export const threadKinds: Kinds<ThreadContract> = {
  ...openDumpKinds,
  'dumps.provenance': { kind: 'call' },
  'dump.sampleAt': { kind: 'call' },
  'dump.replay': { kind: 'stream' },
};
