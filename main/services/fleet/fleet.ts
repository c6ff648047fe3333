import { FaultError, toFault } from '../../contract/faults.ts';
import type { Fleet, Host, HostView } from '../../contract/hosts.ts';
import type { Recording } from '../../contract/recordings.ts';
import { createLatest } from '../../contract/rpc/latest.ts';
import { createAttics } from '../../domain/dump/attic.ts';
import { defaultRingBounds } from '../../domain/policy/capture-bounds.ts';
import { buildMember } from './build-member.ts';
import { createChanges } from './changes.ts';
import { createDepartures } from './departures.ts';
import type { FleetOptions, FleetService } from './fleet-service.ts';
import {
  begin,
  isOff,
  labelled,
  leave,
  liveOf,
  type Member,
  newHost,
  notReached,
  shownOf,
  take,
  viewOf,
} from './member.ts';
import { watchNetwork } from './network-watch.ts';
import { recordingProblems, requestedFrom } from './recording-words.ts';
import { createRings } from './rings.ts';
import { watchSleep } from './sleep-watch.ts';
import { squeeze } from './squeeze.ts';
import { createTurns } from './turns.ts';
import { visitMember, visitStranger } from './visits.ts';

/** Milliseconds between the starts of two hosts, and the least between two updates of the fleet. */
const startSpreadMs = 25;
const updateMs = 200;
/** For how long a removed host can come back: long enough to see what was done, and to think. */
const undoMs = 30_000;

export async function createFleet(options: FleetOptions): Promise<FleetService> {
  const { book, now } = options;
  const members = new Map<string, Member>();
  /** Hosts that are only visited. */
  const visitors = new Map<string, Member>();
  const changes = createChanges();
  const updates = createLatest<null>();
  const { uptimeMs, random = Math.random } = options;
  const turns = createTurns({ spreadMs: startSpreadMs, uptimeMs, random });
  let updateTimer: NodeJS.Timeout | null = null;
  /** Of the fleet as a whole: what changes in it is not followed for nobody. */
  let readers = 0;
  let started = false;
  const departures = createDepartures({ undoMs, forget: book.removeHost, onChange: () => refresh() });
  const sleep = watchSleep({ now, uptimeMs: options.uptimeMs }, recheck);
  const { sleptSince } = sleep;
  const network = watchNetwork(recheck);
  const { openSink, dumpFolder, ringBounds = () => defaultRingBounds } = options;
  const rings = createRings({ open: openSink, dumpFolder, bounds: ringBounds, now });
  const attics = createAttics(squeeze);

  /** After a sleep, or in another network: a link that is dead must not be waited for, and what waits may go. */
  function recheck(): void {
    spread([...members.values()], ({ keeper }) => keeper.recheck());
  }

  function view(of: (member: Member) => HostView): Fleet {
    const hosts = [...[...members.values()].map(of), ...options.guests()];
    const problem = departures.problem === null ? [] : [departures.problem];
    return { now: now(), hosts, warnings: [...options.warnings(), ...problem, ...recordingProblems(members.values())] };
  }

  function publish(): void {
    if (updateTimer !== null) clearTimeout(updateTimer);
    updateTimer = null;
    if (readers > 0) changes.note(view(shownOf));
    updates.set(null);
  }

  /** Does the same to many members, as far as they are still there, one after the other. */
  function spread(many: readonly Member[], act: (member: Member) => void): void {
    for (const member of many) {
      turns.take(member.host.id, () => {
        if (members.get(member.host.id) === member) act(member);
      });
    }
  }

  /** Its dump goes on where it was; that it does not is no reason for the host not to be back. */
  async function resume(member: Member, before: Recording): Promise<void> {
    if (before.until !== null && before.until <= now()) return;
    await member.recorder.start(member.host, before).catch((error: unknown) => {
      const { code, message } = toFault(error, 'record');
      throw new FaultError(code, 'record', `${member.host.name} is back, but its recording does not go on: ${message}`);
    });
  }

  /** @param changed the only member that can have: where hosts are many, some do all the time */
  function refresh(changed?: Member): void {
    for (const member of changed === undefined ? members.values() : [changed]) member.shown = null;
    updateTimer ??= setTimeout(publish, updateMs);
  }

  async function enter(host: Host): Promise<Member> {
    const [lastSampleAt, standing] = await Promise.all([book.lastSampleAt(host.id), book.standing(host.id)]);
    const own = { lastSampleAt, standing, kept: true };
    const member = buildMember(options, host, { ...own, rings, attics, sleptSince, onChange: () => refresh(member) });
    members.set(host.id, member);
    return member;
  }

  function find(hostId: string): Member {
    const member = members.get(hostId) ?? visitors.get(hostId);
    if (member === undefined)
      throw new FaultError('not_found', 'host', 'There is no such host; it may have been removed.');
    return member;
  }

  for (const host of await book.hosts()) await enter(host);
  publish();

  return {
    start: () => {
      if (started) return;
      started = true;
      spread(
        [...members.values()].filter((member) => !member.started),
        (member) => {
          if (!member.started) begin(member);
        },
      );
    },
    watch: async function* (signal) {
      // A new reader begins with what is, not with what was before the last update, or when somebody last read.
      if (readers++ === 0 || updateTimer !== null) publish();
      let mark = 0;
      try {
        for await (const _update of updates.watch(signal)) {
          const told = changes.since(mark, now());
          if (told === null) continue;
          mark = told.mark;
          yield told.change;
        }
      } finally {
        readers -= 1;
      }
    },
    refresh: () => refresh(),
    adjust: () => {
      if (rings.adjust()) spread([...members.values()], ({ keeper }) => keeper.requestFirst());
      for (const { keeper, judgeAgain } of [...members.values(), ...visitors.values()]) {
        keeper.adjust();
        judgeAgain();
      }
      refresh();
    },
    live: async function* (hostId, signal) {
      const member = find(hostId);
      const [release, leave] = [member.keeper.look(), member.recent.attend()];
      try {
        for await (const _told of member.live.watch(signal)) yield liveOf(member, now());
      } finally {
        release();
        leave();
      }
    },
    sourcesOf: (hostId, kind, beganAt) => {
      const { recent, ring } = find(hostId);
      return recent.sourcesOf(kind, beganAt) ?? ring.sourcesOf(kind, beganAt);
    },
    visit: (wanted, signal) =>
      'hostId' in wanted
        ? visitMember(find(wanted.hostId), signal, {
            updates,
            isMember: (member) => members.get(member.host.id) === member,
            isStarted: () => started,
          })
        : visitStranger(wanted, signal, {
            now,
            visitors,
            build: (host, onChange) =>
              buildMember(options, host, { lastSampleAt: null, kept: false, rings, attics, sleptSince, onChange }),
          }),
    list: () => view(viewOf),
    hosts: () => [...members.values()].map((member) => member.host),
    add: async (draft) => {
      const host = newHost(draft, now());
      await book.saveHost(host);
      begin(await enter(host));
      refresh();
      return host;
    },
    update: async (hostId, draft) => {
      const member = find(hostId);
      const host: Host = { ...member.host, ...draft, ...labelled(member.host, draft) };
      await book.saveHost(host);
      const moved = JSON.stringify(host.target) !== JSON.stringify(member.host.target);
      member.host = host;
      member.judgeAgain();
      // Another name is no reason to connect anew; one that never worked is tried again with what was mended.
      if (moved || member.keeper.connection.state !== 'live') begin(member);
      refresh();
      return host;
    },
    label: async (labels) => {
      const changed = labels.map((wanted) => ({ member: find(wanted.hostId), wanted }));
      await Promise.all(
        changed.map(async ({ member, wanted }) => {
          const host = { ...member.host, ...labelled(member.host, wanted) };
          await book.saveHost(host);
          member.host = host;
          member.judgeAgain();
        }),
      );
      refresh();
    },
    remove: async (hostId) => {
      const member = find(hostId);
      turns.cancel(hostId);
      const kept = members.delete(hostId);
      if (kept) {
        const recording = member.recorder.current();
        departures.add(member.host, { started: member.started, off: isOff(member), recording });
      }
      refresh();
      await leave(member);
      return { restorableMs: kept ? undoMs : 0 };
    },
    restore: async (hostId) => {
      const { host, before } = departures.take(hostId);
      const member = await enter(host);
      const inOrder = [...members.values()].sort((a, b) => a.host.addedAt - b.host.addedAt);
      members.clear();
      for (const one of inOrder) members.set(one.host.id, one);
      if (before.off) member.started = true;
      else if (started || before.started) begin(member);
      refresh();
      if (before.recording !== null) await resume(member, before.recording);
      return host;
    },
    connect: (hostId) => {
      const member = find(hostId);
      turns.take(hostId, () => begin(member));
    },
    disconnect: (hostId) => {
      turns.cancel(hostId);
      find(hostId).keeper.stop();
    },
    ask: (hostId) => {
      const { keeper } = find(hostId);
      if (keeper.transport === null) throw new FaultError('disconnected', 'ask', notReached(keeper));
      keeper.askNow();
    },
    answer: (hostId, questionId, answer) => find(hostId).keeper.questions.answer(questionId, answer),
    reach: (hostId) => {
      const { host, keeper } = find(hostId);
      if (keeper.transport !== null) return { name: host.name, transport: keeper.transport };
      throw new FaultError('disconnected', 'connect', notReached(keeper));
    },
    journal: (hostId, record) => {
      const member = members.get(hostId) ?? visitors.get(hostId);
      if (member !== undefined) take(member, record);
    },
    record: async (hostId, request) => {
      const { recorder, host } = find(hostId);
      return await recorder.start(host, requestedFrom(request, now()));
    },
    stopRecording: async (hostId) => await find(hostId).recorder.stop(),
    followRecording: (hostId, signal) => find(hostId).recorder.follow(signal),
    saveRing: async (hostId, minutes, place) => {
      const { ring, host } = find(hostId);
      return await ring.save(host, minutes, place);
    },
    openGap: (hostId) => members.get(hostId)?.keeper.openGap ?? null,
    close: async () => {
      sleep.close();
      network.close();
      turns.close();
      if (updateTimer !== null) clearTimeout(updateTimer);
      updates.end();
      await Promise.all([...[...members.values(), ...visitors.values()].map(leave), departures.settle()]);
    },
  };
}
