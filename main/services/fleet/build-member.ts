import type { Host } from '../../contract/hosts.ts';
import { defaultDumpBounds } from '../../domain/policy/capture-bounds.ts';
import type { FleetOptions } from './fleet-service.ts';
import { createKeeper } from './keeper.ts';
import { createMember, type Member, take } from './member.ts';
import { createRecorder } from './recording.ts';
import type { Rings } from './rings.ts';

export interface MemberParts {
  readonly lastSampleAt: number | null;
  /** Whether its samples and gaps are stored. */
  readonly kept: boolean;
  readonly rings: Rings;
  sleptSince(instant: number): boolean;
  onChange(): void;
}

/** A host with its keeper and recorder, connected to the book and to whoever looks at it; nothing of it runs yet. */
export function buildMember(options: FleetOptions, host: Host, parts: MemberParts): Member {
  const { book, now, maxDumpBytes = () => defaultDumpBounds.bytes } = options;
  const { lastSampleAt, kept, rings, sleptSince, onChange } = parts;
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
      member.live.set({ now: now(), fast, medium, slow });
      if (kept) book.append(host.id, [sample]);
    },
    onGap: (gap) => {
      if (kept) book.appendGap(host.id, gap);
    },
  });
  const member: Member = createMember(host, keeper, recorder, ring);
  return member;
}
