import type { Host } from '../../contract/hosts.ts';
import type { SettingProblem } from '../../contract/settings.ts';
import { defaultThresholds, type Limits, type Measure, thresholdKey } from '../present/levels.ts';
import { problemOf } from './resolve.ts';
import { findSetting } from './setting-list.ts';

/**
 * Thresholds of one group or one host, which stand in `[group."NAME".thresholds]` and `[host."NAME".thresholds]`. What
 * a host says counts before what its group says, and that before what is said for all.
 */
export interface OwnThresholds {
  readonly groups: ReadonlyMap<string, ReadonlyMap<string, number>>;
  readonly hosts: ReadonlyMap<string, ReadonlyMap<string, number>>;
}

export const noOwnThresholds: OwnThresholds = { groups: new Map(), hosts: new Map() };

export type ThresholdOrigin = 'default' | 'settings' | 'group' | 'host';

/** `host.web.lan.thresholds.cpu_warn`: a name may have dots, so it ends at the last `.thresholds.`. */
export function ownKey(scope: 'group' | 'host', name: string, key: string): string {
  return `${scope}.${name}.${key}`;
}

/** Reads both tables as they were parsed; what they say wrongly is told and costs that value only. */
export function readOwnThresholds(
  said: { readonly group?: unknown; readonly host?: unknown },
  lineOf: (key: string) => number | null,
  problems: SettingProblem[],
): OwnThresholds {
  const refuse = (key: string, message: string) => problems.push({ key, line: lineOf(key), message });

  function readScope(scope: 'group' | 'host'): Map<string, Map<string, number>> {
    const all = new Map<string, Map<string, number>>();
    for (const [name, own] of entriesOf(said[scope])) {
      const values = new Map<string, number>();
      for (const [section, table] of entriesOf(own)) {
        const sectionKey = `${scope}.${name}.${section}`;
        if (section !== 'thresholds') refuse(sectionKey, 'is no setting.');
        else
          for (const [key, value] of entriesOf(table)) take(values, `${sectionKey}.${key}`, `thresholds.${key}`, value);
      }
      all.set(name, values);
    }
    return all;
  }

  function take(values: Map<string, number>, at: string, key: string, value: unknown): void {
    const setting = findSetting(key);
    const problem = setting === undefined ? 'is no setting.' : problemOf(setting, value);
    if (problem === null) values.set(key, value as number);
    else refuse(at, problem);
  }

  return { groups: readScope('group'), hosts: readScope('host') };
}

function entriesOf(table: unknown): [string, unknown][] {
  const isTable = typeof table === 'object' && table !== null && !Array.isArray(table) && !(table instanceof Date);
  return isTable ? Object.entries(table) : [];
}

/** The value of a threshold for a host, and who said it. `general` is the value for all, null where it is the default. */
export function ownThreshold(
  { groups, hosts }: OwnThresholds,
  { name, group }: Pick<Host, 'name' | 'group'>,
  key: string,
  general: number | null,
  fallback: number,
): { readonly value: number; readonly origin: ThresholdOrigin } {
  const ofHost = hosts.get(name)?.get(key);
  if (ofHost !== undefined) return { value: ofHost, origin: 'host' };
  const ofGroup = group === null ? undefined : groups.get(group)?.get(key);
  if (ofGroup !== undefined) return { value: ofGroup, origin: 'group' };
  return general === null ? { value: fallback, origin: 'default' } : { value: general, origin: 'settings' };
}

/** All thresholds of a host. Where, of two scopes, the lower one lies above the upper one, both are the upper one. */
export function limitsFor(
  own: OwnThresholds,
  host: Pick<Host, 'name' | 'group'>,
  general: (key: string) => number | null,
): Limits {
  const limits = Object.entries(defaultThresholds).map(([measure, preset]) => {
    const value = (level: 'warn' | 'bad') => {
      const key = thresholdKey(measure as Measure, level);
      return ownThreshold(own, host, key, general(key), preset[level]).value;
    };
    const bad = value('bad');
    return [measure, { warn: Math.min(value('warn'), bad), bad }];
  });
  return Object.fromEntries(limits) as Limits;
}
