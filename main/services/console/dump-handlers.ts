import type { Redaction, shareDumpContract } from '../../contract/dump-sharing.ts';
import { type DumpOpening, openDumpContract, type RecentDump } from '../../contract/dumps.ts';
import type { dumpsOnHostsContract } from '../../contract/dumps-on-hosts.ts';
import type { Host } from '../../contract/hosts.ts';
import type { Client, Handlers } from '../../contract/rpc/definition.ts';
import { createLatest } from '../../contract/rpc/latest.ts';
import { diffEntries } from '../dumps/diff-entries.ts';
import type { OpenedDumps } from '../dumps/opened-dumps.ts';
import { recentDumps } from '../dumps/recent-dumps.ts';
import type { OnProgress } from '../dumps/unpack/unpack-cache.ts';
import type { FleetService } from '../fleet/fleet-service.ts';
import type { Replays } from '../replays/replays.ts';
import type { HandlersOf } from './handlers.ts';

type DumpClient = Client<typeof openDumpContract> & Client<typeof shareDumpContract>;
type OpenDumpHandlers = Handlers<typeof openDumpContract>;
type ShareHandlers = Handlers<typeof shareDumpContract>;

export function dumpHandlers(
  fleet: FleetService,
  replays: Replays,
  dumpFolder: string,
  opened: OpenedDumps,
  openPath: (path: string, signal: AbortSignal, onProgress: OnProgress) => Promise<Host>,
  prepareToOpen: () => void,
): Omit<HandlersOf<'dumps'>, keyof typeof dumpsOnHostsContract> {
  const dumpOf = (hostId: string) => replays.find(hostId).dump.client;
  /** Those that were opened, then what lies in the dump folder besides. */
  async function recent(): Promise<RecentDump[]> {
    const [known, recorded] = await Promise.all([opened.list(), recentDumps(dumpFolder)]);
    const paths = new Set(known.map(({ path }) => path));
    return [...known, ...recorded.filter(({ path }) => !paths.has(path))];
  }

  async function open(path: string, signal: AbortSignal, onProgress: OnProgress): Promise<Host> {
    const host = await openPath(path, signal, onProgress);
    if (host.target.transport === 'replay') await opened.note(host.target.path);
    return host;
  }

  return {
    ...forwarded(dumpOf),
    ...shared(dumpOf, () => knownNames(fleet.hosts())),
    'dumps.record': ({ hostId, ...request }) => fleet.record(hostId, request),
    'dumps.stop': ({ hostId }) => fleet.stopRecording(hostId),
    'dumps.recording': ({ hostId }, signal) => fleet.followRecording(hostId, signal),
    'dumps.saveRing': ({ hostId, minutes, ...place }) => fleet.saveRing(hostId, minutes, place),
    'dumps.open': ({ path }, signal) => open(path, signal, () => {}),
    'dumps.opening': async function* ({ path }, signal) {
      const progress = createLatest<DumpOpening>();
      const left = new AbortController();
      let far = { readBytes: 0, bytes: 0 };
      const opening = open(path, AbortSignal.any([signal, left.signal]), (readBytes, bytes) => {
        far = { readBytes, bytes };
        progress.set({ ...far, host: null });
      }).finally(progress.end);
      opening.catch(() => undefined);
      try {
        yield* progress.watch(signal);
        yield { ...far, host: await opening };
      } finally {
        left.abort();
      }
    },
    'dumps.recent': async ({ below }) => {
      // Who looks at dumps is about to choose one.
      prepareToOpen();
      return { dumps: below === undefined ? await recent() : await recentDumps(below) };
    },
    'dumps.forget': async ({ path }) => {
      await opened.forget(path);
      return {};
    },
    'dumps.diff': ({ left, right }, signal) => {
      const runOf = (ref: typeof left) => ({ client: dumpOf(ref.hostId), ref });
      return diffEntries(runOf(left), runOf(right), signal);
    },
  };
}

/** What is asked of an open dump goes to the thread that holds it, as it is. */
function forwarded(dumpOf: (hostId: string) => DumpClient): OpenDumpHandlers {
  const names = Object.keys(openDumpContract) as (keyof OpenDumpHandlers)[];
  const forward = (name: keyof OpenDumpHandlers) => (input: { hostId: string }, signal: AbortSignal) =>
    (dumpOf(input.hostId)[name] as (input: unknown, signal: AbortSignal) => unknown)(input, signal);
  return Object.fromEntries(names.map((name) => [name, forward(name)])) as unknown as OpenDumpHandlers;
}

/** The same for what leaves it, which hides what the console knows of its hosts. */
function shared(dumpOf: (hostId: string) => DumpClient, namesNow: () => string[]): ShareHandlers {
  const more = (redaction: Redaction): Redaction => ({ ...redaction, names: [...redaction.names, ...namesNow()] });
  return {
    'dumps.redaction': ({ redaction, ...asked }, signal) =>
      dumpOf(asked.hostId)['dumps.redaction']({ ...asked, redaction: more(redaction) }, signal),
    'dumps.slice': ({ redaction, ...asked }, signal) =>
      dumpOf(asked.hostId)['dumps.slice']({ ...asked, redaction: more(redaction) }, signal),
    'dumps.report': ({ redaction, ...asked }, signal) =>
      dumpOf(asked.hostId)['dumps.report']({ ...asked, redaction: more(redaction) }, signal),
  };
}

/** What hosts are called, where they are reached, and who signs in. */
function knownNames(hosts: readonly Host[]): string[] {
  return hosts.flatMap(({ name, target }) =>
    target.transport === 'ssh' ? [name, target.address, target.user ?? ''] : [],
  );
}
