import type { SettingProblem } from '../../contract/settings.ts';
import type { OwnThresholds } from '../present/own-thresholds.ts';
import { problemOf } from './resolve.ts';
import { findSetting } from './setting-list.ts';

/**
 * Thresholds of groups and hosts, which stand in `[group."NAME".thresholds]` and `[host."NAME".thresholds]`, as these
 * tables were parsed; what they say wrongly is told and costs that value only.
 */
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
