import type { shareDumpContract } from './dump-sharing.ts';
import type { openDumpContract } from './dumps.ts';
import type { Kinds } from './rpc/definition.ts';

const call = { kind: 'call' } as const;
const stream = { kind: 'stream' } as const;
const bytes = { kind: 'bytes' } as const;

/** Of which kind each question to an open dump is, without schemas: for its thread, which is asked what was checked. */
export const openDumpKinds: Kinds<typeof openDumpContract & typeof shareDumpContract> = {
  'dumps.status': stream,
  'dumps.page': call,
  'dumps.locate': call,
  'dumps.commands': call,
  'dumps.timeline': call,
  'dumps.search': stream,
  'dumps.hits': call,
  'dumps.bytes': bytes,
  'dumps.samples': call,
  'dumps.sample': call,
  'dumps.notes': call,
  'dumps.note': call,
  'dumps.differences': call,
  'dumps.redaction': call,
  'dumps.slice': stream,
  'dumps.report': call,
};
