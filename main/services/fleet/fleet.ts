import { randomUUID } from 'node:crypto';
import { FaultError } from '../../contract/faults.ts';
import type { Gap, Live } from '../../contract/history.ts';
import type { Answer, Fleet, Host, HostDraft, HostView, Recording } from '../../contract/hosts.ts';
import { createLatest } from '../../contract/rpc/latest.ts';
import type { Sample } from '../../contract/samples.ts';
import type { Connect, Transport } from '../../domain/collect/transport.ts';
import { createKeeper, type KeptSession, type SessionListeners } from './keeper.ts';
import { createMember, type Member, viewOf, wholeViewOf } from './member.ts';
import { createRecorder, type OpenSink } from './recording.ts';
import { watchSleep } from './sleep-watch.ts';

/** Where hosts and their samples are kept. */
export interface HostBook {
  hosts(): Promise<Host[]>;
  saveHost(host: Host): Promise<void>;
  removeHost(hostId: string): Promise<void>;
  append(hostId: string, samples: readonly Sample[]): void;
  appendGap(hostId: string, gap: Gap): void;
  lastSampleAt(hostId: string): Promise<number | null>;
}

export interface FleetOptions {
  readonly book: HostBook;
  connectTo(host: Host): Connect;
  startSession(transport: Transport, listeners: SessionListeners, signal: AbortSignal): Promise<KeptSession>;
  readonly openSink: OpenSink;
  readonly dumpFolder: string;
  now(): number;
  retryDelayMs(attempt: number): number;
  /** Hosts that are shown but not kept by anybody: opened dumps. */
  guests(): HostView[];
  /** What is wrong with Rackside itself, in sentences. */
  warnings(): string[];
}

export interface FleetService {
  /** Connects every host; starts are spread, so that a large fleet does not arrive at once. */
  start(): void;
  watch(signal: AbortSignal): AsyncIterable<Fleet>;
  /** Something outside the fleet changed what `guests` or `warnings` answer. */
  refresh(): void;
  live(hostId: string, signal: AbortSignal): AsyncIterable<Live>;
  /** Looks at a host, known or not, for as long as the result is read; a host that is not known is not kept. */
  visit(wanted: HostDraft | { hostId: string }, signal: AbortSignal): AsyncIterable<HostView>;
  hosts(): Host[];
  add(draft: HostDraft): Promise<Host>;
  update(hostId: string, draft: HostDraft): Promise<Host>;
  remove(hostId: string): Promise<void>;
  connect(hostId: string): void;
  disconnect(hostId: string): void;
  answer(hostId: string, questionId: string, answer: Answer): void;
  record(hostId: string, directory: string | undefined): Promise<Recording>;
  stopRecording(hostId: string): Promise<Recording>;
  /** What is missing of a host up to now; null while samples come. */
  openGap(hostId: string): Gap | null;
  close(): Promise<void>;
}

/** Milliseconds between the starts of two hosts, and the least between two updates of the fleet. */
const startSpreadMs = 25;
const updateMs = 200;

export async function createFleet(options: FleetOptions): Promise<FleetService> {
  const { book, now } = options;
  const members = new Map<string, Member>();
  /** Hosts that are only visited. */
  const visitors = new Map<string, Member>();
  const latest = createLatest<Fleet>();
  const startTimers = new Set<NodeJS.Timeout>();
  let updateTimer: NodeJS.Timeout | null = null;
  let started = false;
  const sleep = watchSleep(now, () => {
    for (const member of members.values()) if (member.keeper.connection.state === 'waiting') member.keeper.start();
  });

  function publish(): void {
    if (updateTimer !== null) clearTimeout(updateTimer);
    updateTimer = null;
    latest.set({
      now: now(),
      hosts: [...[...members.values()].map(viewOf), ...options.guests()],
      warnings: options.warnings(),
    });
  }

  function refresh(): void {
    updateTimer ??= setTimeout(publish, updateMs);
  }

  function build(host: Host, lastSampleAt: number | null, kept: boolean, onChange: () => void): Member {
    const recorder = createRecorder({ open: options.openSink, dumpFolder: options.dumpFolder, now, onChange });
    const keeper = createKeeper({
      host,
      connect: options.connectTo(host),
      startSession: options.startSession,
      now,
      retryDelayMs: options.retryDelayMs,
      sleptSince: sleep.sleptSince,
      lastSampleAt,
      onChange,
      onRecord: recorder.push,
      onSample: (sample) => {
        if (sample.kind === 'fast') member.live.set({ now: now(), sample });
        if (kept) book.append(host.id, [sample]);
      },
      onGap: (gap) => {
        if (kept) book.appendGap(host.id, gap);
      },
    });
    const member = createMember(host, keeper, recorder);
    return member;
  }

  async function enter(host: Host): Promise<Member> {
    const member = build(host, await book.lastSampleAt(host.id), true, refresh);
    members.set(host.id, member);
    return member;
  }

  function begin(member: Member): void {
    member.started = true;
    member.keeper.start();
  }

  function find(hostId: string): Member {
    const member = members.get(hostId) ?? visitors.get(hostId);
    if (member === undefined)
      throw new FaultError('not_found', 'host', 'There is no such host; it may have been removed.');
    return member;
  }

  async function leave(member: Member): Promise<void> {
    member.keeper.stop();
    member.live.end();
    if (member.recorder.current !== null) await member.recorder.stop();
  }

  async function* visit(wanted: HostDraft | { hostId: string }, signal: AbortSignal): AsyncGenerator<HostView> {
    if ('hostId' in wanted) return yield* visitMember(find(wanted.hostId), signal);
    const views = createLatest<HostView>();
    const host: Host = { ...wanted, id: randomUUID(), addedAt: now() };
    const member: Member = build(host, null, false, () => views.set(wholeViewOf(member)));
    visitors.set(host.id, member);
    const release = member.keeper.look();
    try {
      begin(member);
      yield* views.watch(signal);
    } finally {
      release();
      visitors.delete(host.id);
      await leave(member);
    }
  }

  async function* visitMember(member: Member, signal: AbortSignal): AsyncGenerator<HostView> {
    const release = member.keeper.look();
    try {
      if (!member.started) begin(member);
      for await (const _update of latest.watch(signal)) yield wholeViewOf(member);
    } finally {
      release();
    }
  }

  for (const host of await book.hosts()) await enter(host);
  publish();

  return {
    start: () => {
      if (started) return;
      started = true;
      let delay = 0;
      for (const member of members.values()) {
        if (member.started) continue;
        const timer = setTimeout(() => {
          startTimers.delete(timer);
          if (members.get(member.host.id) === member && !member.started) begin(member);
        }, delay);
        startTimers.add(timer);
        delay += startSpreadMs;
      }
    },
    watch: (signal) => {
      // A new reader begins with what is, not with what was before the last update.
      if (updateTimer !== null) publish();
      return latest.watch(signal);
    },
    refresh,
    live: async function* (hostId, signal) {
      const member = find(hostId);
      const release = member.keeper.look();
      try {
        yield* member.live.watch(signal);
      } finally {
        release();
      }
    },
    visit,
    hosts: () => [...members.values()].map((member) => member.host),
    add: async (draft) => {
      const host: Host = { ...draft, id: randomUUID(), addedAt: now() };
      await book.saveHost(host);
      begin(await enter(host));
      refresh();
      return host;
    },
    update: async (hostId, draft) => {
      const before = find(hostId);
      const host: Host = { ...before.host, ...draft };
      await book.saveHost(host);
      await leave(before);
      begin(await enter(host));
      refresh();
      return host;
    },
    remove: async (hostId) => {
      const member = find(hostId);
      members.delete(hostId);
      await leave(member);
      await book.removeHost(hostId);
      refresh();
    },
    connect: (hostId) => begin(find(hostId)),
    disconnect: (hostId) => find(hostId).keeper.stop(),
    answer: (hostId, questionId, answer) => find(hostId).keeper.questions.answer(questionId, answer),
    record: async (hostId, directory) => {
      const member = find(hostId);
      const recording = await member.recorder.start(member.host, directory);
      // What was printed once at the start of the session belongs into the dump too.
      member.keeper.requestFirst();
      return recording;
    },
    stopRecording: (hostId) => find(hostId).recorder.stop(),
    openGap: (hostId) => members.get(hostId)?.keeper.openGap ?? null,
    close: async () => {
      sleep.close();
      for (const timer of startTimers) clearTimeout(timer);
      if (updateTimer !== null) clearTimeout(updateTimer);
      latest.end();
      await Promise.all([...members.values(), ...visitors.values()].map(leave));
    },
  };
}
