import { type Finding, findingSchema, type HealthEvent, type Standing } from '../../contract/health.ts';
import type { KeptEvent, KeptStanding } from './event-log.ts';

/** Events as they were told; the store's thread hands them on unread, as schemas would take 7 MiB there. */
export function readEvents(kept: readonly KeptEvent[]): HealthEvent[] {
  return kept.flatMap(({ at, change, told, sudden }): HealthEvent[] => {
    const finding = readFinding(told);
    return finding === null ? [] : [{ at, change, finding, sudden: sudden === 1 }];
  });
}

export function readStanding(kept: readonly KeptStanding[]): Standing[] {
  return kept.flatMap(({ told, since }): Standing[] => {
    const finding = readFinding(told);
    return finding === null ? [] : [{ ...finding, since }];
  });
}

/** Null for one that a later version wrote in another way. */
function readFinding(text: string): Finding | null {
  const read = findingSchema.safeParse(JSON.parse(text));
  return read.success ? read.data : null;
}
