import type { Standing } from '../../contract/health.ts';
import type { Host } from '../../contract/hosts.ts';
import { createHealthTracker } from '../../domain/health/tracker.ts';
import { defaultDumpBounds } from '../../domain/policy/capture-bounds.ts';
import { defaultThresholds } from '../../domain/present/levels.ts';
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
  sleptSince(instant: number): boolean;
  onChange(): void;
}

/** A host with its keeper and recorder, connected to the book and to whoever looks at it; nothing of it runs yet. */
export function buildMember(options: FleetOptions, host: Host, parts: MemberParts): Member {
  const { book, now, maxDumpBytes = () => defaultDumpBounds.bytes } = options;
  const { lastSampleAt, kept, standing = [], rings, sleptSince, onChange } = parts;
  const { limitsOf = () => defaultThresholds, onHealth = () => {} } = options;
  const health = createHealthTracker(standing);
  const recorder = createRecorder({
    open: options.openSink,
    dumpFolder: options.dumpFolder,
    maxBytes: maxDumpBytes,
    now,
    onChange,
    requestFirst: () => keeper.requestFirst(),
  });
  const ring = rings.open();
  const keeper = createKeeper({
    connect: () => options.connectTo(member.host),
    startSession: options.startSession,
    now,
    uptimeMs: options.uptimeMs,
    retryDelayMs: options.retryDelayMs,
    ...(options.wantedCadence !== undefined && { wantedCadence: options.wantedCadence }),
    sleptSince,
    lastSampleAt,
    onChange,
    onRecord: (record) => take(member, record),
    onSample: (sample) => {
      const { fast, medium, slow } = keeper;
      const events = health.take(sample, limitsOf(member.host));
      member.live.set({ now: now(), fast, medium, slow, findings: [...health.standing] });
      if (!kept) return;
      book.append(host.id, [sample]);
      if (events.length === 0) return;
      book.appendEvents(host.id, events);
      onHealth(member.host, events);
    },
    onGap: (gap) => {
      if (kept) book.appendGap(host.id, gap);
    },
  });
  const member: Member = createMember({ host, keeper, recorder, ring, health });
  return member;
}
