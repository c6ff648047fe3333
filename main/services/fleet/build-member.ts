import type { HealthEvent, Standing } from '../../contract/health.ts';
import type { Host } from '../../contract/hosts.ts';
import { kinds } from '../../contract/kinds.ts';
import type { Attics } from '../../domain/dump/attic.ts';
import { createRecentRounds } from '../../domain/dump/recent-rounds.ts';
import { createHealthTracker } from '../../domain/health/tracker.ts';
import { defaultDumpBounds } from '../../domain/policy/capture-bounds.ts';
import { defaultThresholds, type Limits } from '../../domain/present/levels.ts';
import type { FleetOptions } from './fleet-service.ts';
import { createKeeper } from './keeper.ts';
import { createMember, type Member, take } from './member.ts';
import { createRecorder } from './recording.ts';
import type { Rings } from './rings.ts';

export interface MemberParts {
  readonly lastSampleAt: number | null;
  /** Whether its samples and gaps are stored. */
  readonly kept: boolean;
  /** What was wrong with it when it was last seen. */
  readonly standing?: readonly Standing[];
  readonly rings: Rings;
  readonly attics: Attics;
  sleptSince(instant: number): boolean;
  onChange(): void;
}

/** A host with its keeper and recorder, connected to the book and to whoever looks at it; nothing of it runs yet. */
export function buildMember(options: FleetOptions, host: Host, parts: MemberParts): Member {
  const { book, now, maxDumpBytes = () => defaultDumpBounds.bytes } = options;
  const { lastSampleAt, kept, standing = [], rings, attics, sleptSince, onChange } = parts;
  const { limitsOf = () => defaultThresholds, onHealth = () => {} } = options;
  const health = createHealthTracker(standing);
  let judgedBy: Limits | null = null;
  const recorder = createRecorder({
    open: options.openSink,
    dumpFolder: options.dumpFolder,
    maxBytes: maxDumpBytes,
    now,
    onChange,
    requestFirst: () => keeper.requestFirst(),
  });
  const ring = rings.open();
  const recent = createRecentRounds(attics);
  const keeper = createKeeper({
    connect: () => options.connectTo(member.host),
    startSession: options.startSession,
    now,
    uptimeMs: options.uptimeMs,
    retryDelayMs: options.retryDelayMs,
    ...(options.wantedCadence !== undefined && { wantedCadence: options.wantedCadence }),
    sleptSince,
    lastSampleAt,
    attics,
    onChange,
    onRecord: (record) => take(member, record),
    onSample: (sample) => {
      judgedBy = limitsOf(member.host);
      const events = health.take(sample, judgedBy);
      if (kept) book.append(host.id, [sample]);
      keep(events);
      member.live.set(null);
    },
    onGap: (gap) => {
      if (kept) book.appendGap(host.id, gap);
    },
  });
  function keep(events: readonly HealthEvent[]): void {
    if (!kept || events.length === 0) return;
    book.appendEvents(host.id, events);
    onHealth(member.host, events);
  }
  function judgeAgain(): void {
    const limits = limitsOf(member.host);
    if (JSON.stringify(limits) === JSON.stringify(judgedBy)) return;
    judgedBy = limits;
    const samples = kinds.map((kind) => keeper[kind]).filter((sample) => sample !== null);
    const events = samples.flatMap((sample) => health.takeAgain(sample, limits));
    if (events.length === 0) return;
    keep(events);
    member.live.set(null);
  }
  const member: Member = createMember({ host, keeper, recorder, ring, recent, health, judgeAgain });
  return member;
}
