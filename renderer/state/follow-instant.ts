import type { Standing } from '../../main/contract/health.ts';
import type { SampleAt } from '../../main/contract/history.ts';
import { kinds } from '../../main/contract/kinds.ts';
import type { Kind, Sample } from '../../main/contract/samples.ts';

/** What stood at an instant of a dump. */
export interface Instant extends Readonly<Record<Kind, Sample | null>> {
  readonly at: number;
  readonly findings: readonly Standing[];
}

/** Who answers. */
export interface InstantSource {
  sample(kind: Kind, at: number): Promise<SampleAt>;
  standing(at: number): Promise<readonly Standing[]>;
}

interface Following {
  readonly source: InstantSource;
  /** The instant that is wanted now; null: none. */
  wanted(): number | null;
  /** Told whenever another sample stands, and null when no instant is wanted any more. */
  tell(instant: Instant | null): void;
  /** Between two instants others have their turn. */
  pause(): Promise<void>;
}

export interface InstantFollower {
  /** To be called whenever another instant may be wanted. */
  look(): void;
  stop(): void;
}

/**
 * Follows an instant that moves faster than it can be asked for: one question is under way at a time, instants in
 * between are skipped, the last one is always answered. A sample that still stands is not asked for again.
 */
export function followInstant({ source, wanted, tell, pause }: Following): InstantFollower {
  const known = new Map<Kind, SampleAt>();
  let told: Instant | null = null;
  let busy = false;
  let stopped = false;

  async function sampleOf(kind: Kind, at: number): Promise<Sample | null> {
    const before = known.get(kind);
    if (before !== undefined && stands(before, at)) return before.sample;
    const answer = await source.sample(kind, at);
    known.set(kind, answer);
    return answer.sample;
  }

  async function instantAt(at: number): Promise<Instant> {
    const [fast = null, medium = null, slow = null, daily = null] = await Promise.all(
      kinds.map((kind) => sampleOf(kind, at)),
    );
    const before = told;
    const samples = { fast, medium, slow, daily };
    const isSame = before !== null && kinds.every((kind) => before[kind] === samples[kind]);
    return { at, ...samples, findings: isSame ? before.findings : await source.standing(at) };
  }

  async function follow(): Promise<void> {
    busy = true;
    for (let done: number | null = null; !stopped; ) {
      const at = wanted();
      if (at === null || at === done) break;
      // What cannot be answered leaves what was shown.
      const instant = await instantAt(at).catch(() => null);
      done = at;
      if (stopped || wanted() === null) break;
      if (instant !== null && instant.findings !== told?.findings) {
        told = instant;
        tell(instant);
      }
      await pause();
    }
    busy = false;
    if (stopped || wanted() !== null) return;
    told = null;
    tell(null);
  }

  return {
    look: () => {
      if (!busy) void follow();
    },
    stop: () => {
      stopped = true;
    },
  };
}

/** Whether it is the answer for another instant too. Who knows of more rounds than there were follows anew. */
function stands({ sample, until }: SampleAt, at: number): boolean {
  return sample !== null && at >= Date.parse(sample.collected_at) && (until === null || at < until);
}
