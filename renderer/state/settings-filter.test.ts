import { expect, test } from 'vitest';
import type { EffectiveSetting } from '../../main/contract/settings.ts';
import { settingList } from '../../main/domain/settings/setting-list.ts';
import { matchesSetting } from './settings-filter.ts';

const settings = settingList.map((one) => ({ ...one, value: one.default, source: 'default' }) as EffectiveSetting);
const found = (filter: string) => settings.filter((one) => matchesSetting(one, '', filter)).map(({ key }) => key);

test('each word is looked for in the name, the key, the sentence and the unit', () => {
  expect(found('')).toHaveLength(settings.length);
  expect(found('CPU bad')).toEqual(['thresholds.cpu_bad']);
  expect(found('fast_seconds')).toEqual(['intervals.fast_seconds']);
  expect(found('known_hosts untouched')).toEqual(['ssh.known_hosts']);
  expect(found('mib')).toContain('retention.database_mib');
  expect(found('cpu nothing')).toEqual([]);
});

test('the title of its section counts', () => {
  const theme = settings.find(({ key }) => key === 'page.theme') as EffectiveSetting;
  expect([matchesSetting(theme, 'Page', 'page theme'), matchesSetting(theme, 'Looks', 'looks')]).toEqual([true, true]);
});
