import { afterEach, expect, test } from 'vitest';
import {
  defaultThresholds,
  holdThresholds,
  levelOf,
  type Measure,
  thresholdKey,
} from '../../main/domain/present/levels.ts';
import { findSetting, settingList } from '../../main/domain/settings/setting-list.ts';
import { parseField, settingName } from './settings.ts';
import { themes } from './theme.ts';

afterEach(() => void holdThresholds(new Map()));

const measures = Object.keys(defaultThresholds) as Measure[];

test('every measure has its settings, and they move its levels', () => {
  const keys = measures.flatMap((measure) => [thresholdKey(measure, 'warn'), thresholdKey(measure, 'bad')]);
  expect(settingList.map(({ key }) => key).filter((key) => key.startsWith('thresholds.'))).toEqual(keys);
  const [warn, bad] = [5000, 6000];
  expect(holdThresholds(new Map(keys.map((key) => [key, key.endsWith('_warn') ? warn : bad])))).toBe(true);
  for (const measure of measures) {
    expect([warn - 1, warn, bad].map((value) => levelOf(measure, value))).toEqual(['ok', 'warn', 'bad']);
  }
  expect([holdThresholds(new Map()), holdThresholds(new Map())]).toEqual([true, false]);
});

test('the themes of the page are those of the setting', () => {
  expect(findSetting('page.theme')?.range).toEqual({ type: 'choice', choices: [...themes] });
});

test('what stands at a field, and what is typed there', () => {
  expect([settingName('intervals.fast_seconds'), settingName('thresholds.cpu_warn')]).toEqual(['Fast', 'Cpu warn']);
  expect(['12', ' 0,5 ', '', 'often'].map((text) => parseField(text, true))).toEqual([12, 0.5, '', 'often']);
});
