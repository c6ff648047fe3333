import type { Finding, Severity } from '../../contract/health.ts';
import { kinds } from '../../contract/kinds.ts';
import type { Kind, Sample } from '../../contract/samples.ts';
import { cutText } from '../collect/cut-text.ts';
import type { Limits } from '../present/levels.ts';
import { checkArrays } from './checks/arrays.ts';
import { checkBusy } from './checks/busy.ts';
import { checkDevices } from './checks/devices.ts';
import { checkGuests } from './checks/guests.ts';
import { checkServices } from './checks/services.ts';
import { checkSpace } from './checks/space.ts';
import { checkUpkeep } from './checks/upkeep.ts';
import type { Asked, Check, Found } from './found.ts';

/** Of equal severity, what comes first here is told first. */
const checks: readonly Check[] = [
  checkArrays,
  checkDevices,
  checkGuests,
  checkSpace,
  checkServices,
  checkBusy,
  checkUpkeep,
];

/** More than anybody reads; a hostile host may have a thousand full file systems. */
export const maxFindings = 100;
const maxText = 240;
const maxId = 200;
/** What stands is let go so much below its threshold. */
const easing = 0.95;

/** How severe what stands is, by the finding's id. */
export type StandingSeverity = (id: string) => Severity | undefined;

/** What one sample shows. */
export interface Shown {
  /** To be wrong, worst first. */
  readonly found: readonly Found[];
  /** Ids of which it says neither that they are wrong nor that they are well. */
  readonly unknown: ReadonlySet<string>;
}

/** What one sample shows to be wrong. Hysteresis is of what stood before. */
export function foundIn(sample: Sample, limits: Limits, standing: StandingSeverity = () => undefined): Shown {
  const unknown = new Set<string>();
  /** From its limit on, and where it stands from a little below. */
  const reaches = (value: number, limit: number | null, stands: boolean) =>
    limit !== null && value >= (stands ? limit * easing : limit);
  const known = (id: string, value: number | null | undefined): number | null => {
    if (value != null && Number.isFinite(value)) return value;
    unknown.add(cutText(id, maxId));
    return null;
  };
  const asked: Asked = {
    now: Date.parse(sample.collected_at) / 1000,
    limits,
    level: (id, by, given) => {
      const value = known(id, given);
      if (value === null) return null;
      const { warn, bad } = typeof by === 'string' ? limits[by] : by;
      const before = standing(cutText(id, maxId));
      if (reaches(value, bad, before === 'bad')) return 'bad';
      return reaches(value, warn, before !== undefined) ? 'warn' : null;
    },
    isBeyond: (id, measure, given) => {
      const value = known(id, given);
      return value !== null && reaches(value, limits[measure].bad, standing(cutText(id, maxId)) !== undefined);
    },
    unknown: (...ids) => {
      for (const id of ids) unknown.add(cutText(id, maxId));
    },
  };
  const byId = new Map<string, Found>();
  for (const found of checks.flatMap((check) => check(sample.data, asked))) {
    const id = cutText(found.id, maxId);
    if (byId.get(id)?.severity === 'bad' || (byId.has(id) && found.severity === 'warn')) continue;
    const path = found.path.map((key) => (typeof key === 'string' ? key.slice(0, 400) : key));
    byId.set(id, { ...found, id, path, text: cutText(found.text, maxText) });
  }
  const found = worstFirst([...byId.values()]);
  // What is left out is not over.
  for (const { id } of found.slice(maxFindings)) unknown.add(id);
  return { found: found.slice(0, maxFindings), unknown };
}

/** What is wrong with a host now, by its newest samples, worst first: without regard to how long it has been. */
export function findingsOf(newest: Readonly<Record<Kind, Sample | null>>, limits: Limits): Finding[] {
  const all = kinds.flatMap((kind) => {
    const sample = newest[kind];
    return sample === null ? [] : foundIn(sample, limits).found.map((found) => findingIn(sample, found));
  });
  return worstFirst(all);
}

/** A finding as it is told, with the sample that shows it. */
export function findingIn({ kind, collected_at }: Sample, { id, severity, text, collector, path }: Found): Finding {
  return { id, severity, text, collector, kind, collected_at, path: [...path] };
}

/** Keeps the order of what is equally severe. */
export function worstFirst<Item extends { readonly severity: Severity }>(items: readonly Item[]): Item[] {
  return [
    ...items.filter(({ severity }) => severity === 'bad'),
    ...items.filter(({ severity }) => severity === 'warn'),
  ];
}
