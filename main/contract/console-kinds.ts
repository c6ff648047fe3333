import type { ConsoleContract } from './console.ts';
import type { Kinds } from './rpc/definition.ts';

const call = { kind: 'call' } as const;
const stream = { kind: 'stream' } as const;
const bytes = { kind: 'bytes' } as const;

/**
 * Of which kind each call is: all that the page has to know of the contract in order to ask. The schemas, and zod with
 * them, stay with the side that checks. A line that is missing or other than the contract's does not compile.
 */
export const consoleKinds: Kinds<ConsoleContract> = {
  'console.about': call,
  'settings.get': call,
  'settings.watch': stream,
  'settings.set': call,
  'fleet.watch': stream,
  'fleet.list': call,
  'hosts.visit': stream,
  'hosts.candidates': call,
  'hosts.readImport': call,
  'hosts.import': call,
  'hosts.add': call,
  'hosts.update': call,
  'hosts.label': call,
  'hosts.remove': call,
  'hosts.restore': call,
  'hosts.answer': call,
  'hosts.connect': call,
  'hosts.disconnect': call,
  'host.live': stream,
  'commands.run': stream,
  'commands.answer': call,
  'files.stat': call,
  'files.list': call,
  'files.read': bytes,
  'files.pull': stream,
  'history.series': call,
  'history.processes': call,
  'history.process': call,
  'history.extent': call,
  'dumps.record': call,
  'dumps.stop': call,
  'dumps.recording': stream,
  'dumps.saveRing': call,
  'dumps.open': call,
  'dumps.recent': call,
  'dumps.forget': call,
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
  'dumps.findOnHost': call,
  'dumps.openOnHost': call,
  'dumps.pull': stream,
  'dumps.diff': call,
};
