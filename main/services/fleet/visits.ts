import type { Host, HostDraft, HostVisit } from '../../contract/hosts.ts';
import { createLatest, type Latest } from '../../contract/rpc/latest.ts';
import { begin, end, leave, type Member, newHost, visitOf } from './member.ts';

/** Looks at a host that nobody keeps, for as long as the result is read; nothing of it is left afterwards. */
export async function* visitStranger(
  draft: HostDraft,
  signal: AbortSignal,
  fleet: {
    now(): number;
    build(host: Host, onChange: () => void): Member;
    /** Where its questions can be answered, and what can be done with it, meanwhile. */
    readonly visitors: Map<string, Member>;
  },
): AsyncGenerator<HostVisit> {
  const views = createLatest<HostVisit>();
  const host = newHost(draft, fleet.now());
  const member: Member = fleet.build(host, () => views.set(visitOf(member)));
  fleet.visitors.set(host.id, member);
  const release = member.keeper.look();
  try {
    begin(member);
    yield* views.watch(signal);
  } finally {
    release();
    fleet.visitors.delete(host.id);
    await leave(member);
  }
}

/**
 * Looks at a host of the fleet until it is removed. One that is not connected is connected for the visit; one that
 * waits tries again at once, so that what is seen is about now.
 */
export async function* visitMember(
  member: Member,
  signal: AbortSignal,
  fleet: { readonly updates: Latest<unknown>; isMember(member: Member): boolean; isStarted(): boolean },
): AsyncGenerator<HostVisit> {
  const { keeper } = member;
  const wasOff = keeper.connection.state === 'stopped';
  const wasStarted = fleet.isStarted();
  const release = keeper.look();
  try {
    if (wasOff || keeper.connection.state === 'waiting') begin(member);
    for await (const _update of fleet.updates.watch(signal)) {
      if (!fleet.isMember(member)) return;
      yield visitOf(member);
    }
  } finally {
    release();
    // As it was before; unless the fleet was started meanwhile, which means to keep it.
    if (wasOff && fleet.isMember(member) && wasStarted === fleet.isStarted()) end(member);
  }
}
