import { FaultError } from '../../contract/faults.ts';
import type { Candidate, Host, HostDraft, Target } from '../../contract/hosts.ts';
import type { FleetService } from '../fleet/fleet-service.ts';
import type { Replays } from '../replays/replays.ts';
import type { HandlersOf, ImportCalls } from './handlers.ts';
import type { Reach } from './reach.ts';

export const thisMachine: HostDraft = { name: 'This machine', target: { transport: 'local' } };

export function hostHandlers(
  fleet: FleetService,
  replays: Replays,
  reach: Reach,
): Omit<HandlersOf<'fleet' | 'hosts' | 'host'>, ImportCalls> {
  return {
    'fleet.watch': (_input, signal) => {
      fleet.start();
      return fleet.watch(signal);
    },
    'fleet.list': () => fleet.list(),
    'hosts.visit': (wanted, signal) => {
      reach.forgetRefusals();
      return fleet.visit(wanted, signal);
    },
    'hosts.candidates': async () => {
      const { candidates, problems } = await reach.sshConfig.candidates();
      const known = fleet.hosts();
      const offered = [...localIfGone(known), ...candidates];
      return { candidates: offered.map((candidate) => markKnown(candidate, known)), problems: [...problems] };
    },
    'hosts.add': (draft) => fleet.add(assertKept(draft)),
    'hosts.update': async ({ hostId, ...draft }) => {
      const before = fleet.hosts().find(({ id }) => id === hostId);
      if (before !== undefined && !sameReach(before.target, draft.target)) await reach.forgetPassword(before.target);
      return fleet.update(hostId, assertKept(draft));
    },
    'hosts.label': async ({ labels }) => {
      await fleet.label(labels);
      return {};
    },
    'hosts.remove': async ({ hostId }) => {
      if (!replays.has(hostId)) return fleet.remove(hostId);
      await replays.close(hostId);
      return { restorableMs: 0 };
    },
    'hosts.restore': ({ hostId }) => fleet.restore(hostId),
    'hosts.answer': ({ hostId, questionId, answer }) => {
      fleet.answer(hostId, questionId, answer);
      return {};
    },
    'hosts.connect': ({ hostId }) => {
      reach.forgetRefusals();
      fleet.connect(hostId);
      return {};
    },
    'hosts.disconnect': ({ hostId }) => {
      fleet.disconnect(hostId);
      return {};
    },
    'hosts.ask': ({ hostId }) => {
      fleet.ask(hostId);
      return {};
    },
    'host.live': ({ hostId }, signal) =>
      replays.has(hostId) ? replays.live(hostId, signal) : fleet.live(hostId, signal),
  };
}

/** A dump becomes a host by `dumps.open` alone; it is not kept among those that are connected. */
function assertKept(draft: HostDraft): HostDraft {
  if (draft.target.transport !== 'replay') return draft;
  throw new FaultError('bad_input', 'add host', 'A dump is opened, not added.');
}

/** What was removed can be added again. */
function localIfGone(hosts: readonly Host[]): HostDraft[] {
  const isThere = hosts.some(({ target }) => target.transport === 'local');
  return isThere || process.platform !== 'linux' ? [] : [thisMachine];
}

function markKnown(candidate: Omit<Candidate, 'known'>, hosts: readonly Host[]): Candidate {
  return { ...candidate, known: hosts.some(({ target }) => sameReach(target, candidate.target)) };
}

/** Whether two targets are the same way to the same host. */
export function sameReach(a: Target, b: Target): boolean {
  if (a.transport !== 'ssh' || b.transport !== 'ssh') return a.transport === b.transport;
  return a.address === b.address && a.port === b.port && a.user === b.user;
}
