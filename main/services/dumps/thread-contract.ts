import { z } from 'zod';
import { openDumpContract, shareDumpContract } from '../../contract/dumps.ts';
import { sampleAtRequestSchema, sampleAtSchema } from '../../contract/history.ts';
import { dumpProvenanceContract } from '../../contract/provenance.ts';
import { call, stream } from '../../contract/rpc/definition.ts';
import { sampleSchema } from '../../contract/samples.ts';

/** What the thread of a dump says to the console: what may be asked of a dump, what leaves it, and its replay. */
export const threadContract = {
  ...openDumpContract,
  ...shareDumpContract,
  ...dumpProvenanceContract,
  'dump.sampleAt': call(sampleAtRequestSchema, sampleAtSchema),
  /**
   * The samples that today's collectors compute, some at a time, and how much of the dump they are of: 0 to 1. It goes
   * on when the dump grows, so it ends with the dump.
   */
  'dump.replay': stream(z.object({}), z.object({ samples: z.array(sampleSchema), share: z.number() })),
};
export type ThreadContract = typeof threadContract;
