import type { EffectiveSetting, Setting, SettingProblem, SettingValue } from '../../contract/settings.ts';
import { findSetting, settingList } from './setting-list.ts';

export interface Resolved {
  readonly settings: readonly EffectiveSetting[];
  readonly problems: readonly SettingProblem[];
}

/** More is no list that anybody reads. */
const maxProblems = 20;

/**
 * The settings that hold, from what a file says by key. What it says wrongly is told and costs that key only; `earlier`
 * are the problems that the file has already, as text.
 */
export function resolve(
  said: ReadonlyMap<string, unknown>,
  lineOf: (key: string) => number | null,
  earlier: readonly SettingProblem[] = [],
): Resolved {
  const problems = [...earlier];
  const refused = new Map(earlier.flatMap(({ key, message }) => (key === null ? [] : [[key, message] as const])));
  const values = new Map<string, SettingValue>();

  function refuse(key: string, message: string): void {
    values.delete(key);
    refused.set(key, message);
    problems.push({ key, line: lineOf(key), message });
  }

  for (const [key, value] of said) {
    const setting = findSetting(key);
    if (setting === undefined) {
      problems.push({ key, line: lineOf(key), message: 'is no setting.' });
      continue;
    }
    const problem = problemOf(setting, value);
    if (problem === null) values.set(key, value as SettingValue);
    else refuse(key, problem);
  }
  for (const warn of settingList.filter(({ key }) => key.endsWith('_warn'))) {
    const bad = findSetting(warn.key.replace(/_warn$/, '_bad'));
    if (bad === undefined) continue;
    const [least, most] = [values.get(warn.key) ?? warn.default, values.get(bad.key) ?? bad.default];
    if (least <= most) continue;
    const [warnSaid, badSaid] = [values.has(warn.key), values.has(bad.key)];
    if (warnSaid) refuse(warn.key, `(${least}) lies above ${bad.key} (${most}).`);
    if (badSaid) refuse(bad.key, `(${most}) lies below ${warn.key} (${least}).`);
  }
  return {
    settings: settingList.map((setting) => ({
      ...setting,
      value: values.get(setting.key) ?? setting.default,
      source: values.has(setting.key) ? 'file' : 'default',
      refused: values.has(setting.key) ? null : (refused.get(setting.key) ?? null),
    })),
    problems: problems.slice(0, maxProblems),
  };
}

/** Why a setting cannot have that value, as the end of a sentence; null when it can. */
export function problemOf({ range }: Setting, value: unknown): string | null {
  if (range.type === 'switch') return typeof value === 'boolean' ? null : 'must be true or false.';
  if (range.type === 'choice') {
    return range.choices.some((choice) => choice === value) ? null : `must be one of ${range.choices.join(', ')}.`;
  }
  const { least, most, whole } = range;
  const fits = typeof value === 'number' && value >= least && value <= most && (!whole || Number.isInteger(value));
  return fits ? null : `must be a ${whole ? 'whole ' : ''}number from ${least} to ${most}.`;
}
