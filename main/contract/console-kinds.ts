import type { ConsoleContract } from './console.ts';
import { openDumpKinds } from './dump-kinds.ts';
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
  'hosts.ask': call,
  'host.live': stream,
  'provenance.reading': call,
  'provenance.report': call,
  'health.events': call,
  'health.standing': call,
  'health.flights': call,
  'health.alerts': stream,
  'commands.run': stream,
  'commands.onProcess': stream,
  'commands.actions': call,
  'commands.answer': call,
  'files.stat': call,
  'files.list': call,
  'files.read': bytes,
  'files.pull': stream,
  'history.series': call,
  'history.processes': call,
  'history.sample': call,
  'history.process': call,
  'history.extent': call,
  'dumps.record': call,
  'dumps.stop': call,
  'dumps.recording': stream,
  'dumps.saveRing': call,
  'dumps.open': call,
  'dumps.opening': stream,
  'dumps.recent': call,
  'dumps.forget': call,
  ...openDumpKinds,
  'dumps.findOnHost': call,
  'dumps.filesOnHost': call,
  'dumps.openOnHost': call,
  'dumps.pull': stream,
  'dumps.diff': call,
};
