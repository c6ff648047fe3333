import { randomUUID } from 'node:crypto';
import type { Live } from '../../contract/history.ts';
import type { Host, HostDraft, HostView, HostVisit } from '../../contract/hosts.ts';
import { createLatest, type Latest } from '../../contract/rpc/latest.ts';
import type { CommandRecord } from '../../domain/collect/record.ts';
import type { RecentRounds } from '../../domain/dump/recent-rounds.ts';
import type { HealthTracker } from '../../domain/health/tracker.ts';
import type { Keeper } from './keeper.ts';
import type { Recorder } from './recording.ts';
import type { HostRing } from './rings.ts';

/** A host of the fleet with everything that runs for it. */
export interface Member {
  /** As it is called and reached now. */
  host: Host;
  readonly keeper: Keeper;
  readonly recorder: Recorder;
  /** What it said lately. */
  readonly ring: HostRing;
  /** What its newest numbers came from. */
  readonly recent: RecentRounds;
  /** Tells that a sample came, or what stands changed; see `liveOf`. */
  readonly live: Latest<null>;
  /** What is wrong with it. */
  readonly health: HealthTracker;
  /** By its newest samples, where other thresholds may hold for it. */
  judgeAgain(): void;
  started: boolean;
  /** As the fleet shows it; null where something of it may have changed since. */
  shown: HostView | null;
}

export function createMember(parts: Omit<Member, 'live' | 'started' | 'shown'>): Member {
  return { ...parts, live: createLatest<null>(), started: false, shown: null };
}

export function newHost(draft: HostDraft, addedAt: number): Host {
  return { ...draft, ...labelled({ group: null, tags: [] }, draft), id: randomUUID(), addedAt };
}

/** The group and tags of a host after a change: what that leaves out stays. */
export function labelled(
  before: Pick<Host, 'group' | 'tags'>,
  { group = before.group, tags = before.tags }: Pick<HostDraft, 'group' | 'tags'>,
): Pick<Host, 'group' | 'tags'> {
  return { group, tags };
}

export function begin(member: Member): void {
  member.started = true;
  member.keeper.start();
}

/** Whether the technician disconnected it. */
export function isOff({ started, keeper }: Member): boolean {
  return started && keeper.connection.state === 'stopped' && keeper.connection.fault === null;
}

/** Disconnects it, as if it had never been started. */
export function end(member: Member): void {
  member.started = false;
  member.keeper.stop();
}

/** Something that it said: for its dump where it is being recorded, and to be saved later. */
export function take({ recorder, ring, recent }: Member, record: CommandRecord): void {
  recorder.push(record);
  recent.push(record);
  ring.push(record);
}

/** Ends everything that runs for it. */
export async function leave(member: Member): Promise<void> {
  member.keeper.stop();
  member.live.end();
  member.ring.close();
  await member.recorder.close();
}

/** What the fleet shows of it. */
export function viewOf(member: Member): HostView {
  return { ...partsOf(member), glance: member.keeper.glance };
}

/** The same as it was last, where nothing of it has changed. */
export function shownOf(member: Member): HostView {
  member.shown ??= viewOf(member);
  return member.shown;
}

/** Its newest samples, whole. */
export function liveOf({ keeper, health }: Member, now: number): Live {
  const { fast, medium, slow, daily } = keeper;
  return { now, fast, medium, slow, daily, findings: [...health.standing()] };
}

/** What a visit shows of it. */
export function visitOf(member: Member): HostVisit {
  const { fast, medium, slow, daily, steps } = member.keeper;
  return { ...partsOf(member), fast, medium, slow, daily, findings: [...member.health.standing()], steps: [...steps] };
}

function partsOf({ host, keeper, recorder, ring, health }: Member): Omit<HostView, 'glance'> {
  return {
    host,
    connection: keeper.connection,
    recording: recorder.current(),
    ring: ring.current(),
    health: health.glance(),
    cadenceSeconds: keeper.cadenceSeconds,
  };
}

/** Why nothing reaches it, in a sentence. */
export function notReached({ connection }: Keeper): string {
  const fault = connection.state === 'waiting' || connection.state === 'stopped' ? connection.fault : null;
  return fault === null ? 'It is not connected now.' : `It is not connected: ${fault.message}`;
}
