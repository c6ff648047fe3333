import type { Finding, HealthChange, HealthEvent, HealthGlance, Standing } from '../../contract/health.ts';
import type { Kind, Sample } from '../../contract/samples.ts';
import type { Limits } from '../present/levels.ts';
import { findingIn, foundIn, maxFindings, worstFirst } from './find.ts';
import type { Found } from './found.ts';

/** Follows one host's samples: what stands, and what came and went. It has no clock but theirs. */
export interface HealthTracker {
  /** What counts now, worst first. */
  standing(): readonly Standing[];
  /** Of all that stands; null before the first sample. */
  glance(): HealthGlance | null;
  /** Takes the next sample of its kind, and tells what that changed. */
  take(sample: Sample, limits: Limits): HealthEvent[];
  /** The same for a sample that was taken before, where limits are others by now: nothing happened, so nothing is sudden. */
  takeAgain(sample: Sample, limits: Limits): HealthEvent[];
}

interface Followed {
  finding: Finding;
  /** The furthest that it went within the hour, and when it was last as far. */
  extent: number;
  extentAt: number;
  /** When it was first seen, of this time, and when last. */
  since: number;
  seenAt: number;
  stands: boolean;
  /** Since when it has been worse than it is told to be; null while it is not. */
  worseSince: number | null;
  /** Since when no sample shows what stands; null while one does. */
  absentSince: number | null;
  /** When it was over last. */
  clearedAt: number | null;
  /** How often it came back within the hour. */
  returns: number;
}

const hourMs = 3_600_000;
/** For how long something has to stay away before it is over, where samples come often. */
const quietMs: Readonly<Record<Kind, number>> = { fast: 60_000, medium: 0, slow: 0, daily: 0 };
/** What came back within the hour has to stay away longer each time, up to an hour. */
const firstReturnMs = 600_000;
/** Of each kind; beyond it the oldest that is over is forgotten. */
const maxFollowed = 3 * maxFindings;

/** @param before what stood when samples of that host were last seen */
export function createHealthTracker(before: readonly Standing[] = []): HealthTracker {
  const followed = new Map<string, Followed>();
  const seen = new Set<Kind>();
  let standing: readonly Standing[] | null = null;
  for (const { since, ...finding } of before.slice(0, maxFollowed)) {
    followed.set(finding.id, { ...fresh(finding, since), stands: true });
  }

  function list(): readonly Standing[] {
    const all = [...followed.values()].filter(({ stands }) => stands);
    standing ??= worstFirst(all.map(({ finding, since }) => ({ ...finding, since })));
    return standing;
  }

  function appear(found: Found, sample: Sample, at: number, isFirst: boolean): HealthEvent[] {
    const finding = findingIn(sample, found);
    const { holdMs = 0, peak = false, extent = 0 } = found;
    const own = followed.get(found.id) ?? fresh(finding, at);
    if (own.stands) return goOn(own, finding, { at, extent, holdMs: isFirst && !peak ? 0 : holdMs });
    // Of a time in which nobody looked, nobody knows.
    if (own.absentSince !== null || at - own.seenAt > hourMs) own.since = at;
    own.seenAt = at;
    own.absentSince = null;
    own.finding = finding;
    own.extent = extent;
    own.extentAt = at;
    followed.set(found.id, own);
    if (at - own.since < holdMs && !(isFirst && !peak)) return [];
    own.stands = true;
    own.returns = own.clearedAt !== null && at - own.clearedAt <= hourMs ? own.returns + 1 : 0;
    return [event('raised', own, at, !isFirst)];
  }

  function goOn(own: Followed, finding: Finding, now: { at: number; extent: number; holdMs: number }): HealthEvent[] {
    const { at, extent, holdMs } = now;
    const was = own.finding.severity;
    own.absentSince = null;
    const isWorse = was === 'warn' && finding.severity === 'bad';
    own.worseSince = isWorse ? (own.worseSince ?? at) : null;
    if (own.worseSince !== null && at - own.worseSince < holdMs) {
      own.finding = { ...finding, severity: was };
      return [];
    }
    own.finding = finding;
    const isFurther = extent > own.extent && own.extent > 0;
    // What goes to and fro goes no further.
    if (extent >= own.extent || at - own.extentAt > hourMs) {
      own.extent = extent;
      own.extentAt = at;
    }
    own.worseSince = null;
    if (isWorse || (isFurther && was === finding.severity)) return [event('worsened', own, at, true)];
    return was === finding.severity ? [] : [event('eased', own, at, true)];
  }

  /** What a sample could show and does not. Unknown is not well: where the reading is missing, what stood stands. */
  function vanish(own: Followed, { data, kind }: Sample, at: number): HealthEvent[] {
    const { id, collector } = own.finding;
    if (!own.stands) {
      if (own.clearedAt === null || at - own.clearedAt > hourMs) followed.delete(id);
      else own.absentSince = at;
      return [];
    }
    const isUnknown = data[collector as keyof typeof data] == null && data.problems[collector]?.status !== 'absent';
    if (isUnknown && !id.startsWith('failed/')) return [];
    own.absentSince ??= at;
    own.worseSince = null;
    const quiet = own.returns === 0 ? 0 : Math.min(hourMs, firstReturnMs * 2 ** (own.returns - 1));
    if (at - own.absentSince < Math.max(quietMs[kind], quiet)) return [];
    own.stands = false;
    own.clearedAt = at;
    return [event('cleared', own, at, true)];
  }

  /** @param isAgain what stands by limits that hold no more is no reason for it to stand by others */
  function take(sample: Sample, limits: Limits, isAgain = false): HealthEvent[] {
    const at = Date.parse(sample.collected_at);
    const isFirst = !seen.has(sample.kind);
    seen.add(sample.kind);
    const severityOf = (id: string) => {
      const own = followed.get(id);
      return own?.stands === true && !isAgain ? own.finding.severity : undefined;
    };
    const { found, unknown } = foundIn(sample, limits, severityOf);
    const shown = new Set(found.map(({ id }) => id));
    const events = [
      ...found.flatMap((one) => appear(one, sample, at, isFirst || isAgain)),
      ...[...followed.values()]
        .filter(({ finding: { id, kind, collector }, stands }) => {
          // A collector that became one of another kind goes on there.
          const isAsked = kind === sample.kind || sample.data[collector as keyof typeof sample.data] != null;
          return isAsked && !shown.has(id) && !(stands && unknown.has(id));
        })
        .flatMap((own) => vanish(own, sample, at)),
    ];
    forget(followed);
    standing = null;
    return events;
  }

  return {
    standing: list,
    glance: () => {
      if (seen.size === 0) return null;
      const all = list();
      const bad = all.filter(({ severity }) => severity === 'bad').length;
      return { bad, warn: all.length - bad, first: all[0]?.text ?? null };
    },
    take,
    takeAgain: (sample, limits) => take(sample, limits, true).map((event) => ({ ...event, sudden: false })),
  };
}

function fresh(finding: Finding, since: number): Followed {
  const never = { worseSince: null, absentSince: null, clearedAt: null };
  return { finding, since, seenAt: since, ...{ extent: 0, extentAt: since, stands: false, returns: 0 }, ...never };
}

function event(change: HealthChange, { finding }: Followed, at: number, sudden: boolean): HealthEvent {
  return { at, change, finding, sudden };
}

function forget(followed: Map<string, Followed>): void {
  for (const [id, { stands }] of followed) {
    if (followed.size <= maxFollowed) return;
    if (!stands) followed.delete(id);
  }
}
