import { expect, test } from 'vitest';
import { findSetting, settingList } from './setting-list.ts';
import { firstText, keyAt, lineOf, withSetting } from './settings-text.ts';

const fast = findSetting('intervals.fast_seconds') as (typeof settingList)[number];
const theme = findSetting('page.theme') as (typeof settingList)[number];

test('the first file names every setting, and sets none', () => {
  const text = firstText();
  expect(text.split('\n').filter((line) => line !== '' && !/^(#|\[[a-z]+\]$)/.test(line))).toEqual([]);
  for (const { key, about } of settingList) {
    expect(text).toContain(about);
    expect(lineOf(withSetting(text, findSetting(key) as typeof fast, 1), key)).not.toBeNull();
  }
});

test('changing and giving back a setting leaves the file as it was', () => {
  const changed = withSetting(firstText(), fast, 10);
  const differing = changed.split('\n').filter((line, index) => line !== firstText().split('\n')[index]);
  expect([differing, withSetting(changed, fast, null)]).toEqual([['fast_seconds = 10'], firstText()]);
});

test.each([
  ['[intervals]\nfast_seconds = 5 # mine\nother = 1\n', 10, '[intervals]\nfast_seconds = 10 # mine\nother = 1\n'],
  ['[intervals]\r\nfast_seconds = 5\r\n', 10, '[intervals]\r\nfast_seconds = 10\r\n'],
  ['intervals.fast_seconds = 5\n', 10, 'intervals.fast_seconds = 10\n'],
  ['[intervals]\nfast_seconds = = 5\n', 10, '[intervals]\nfast_seconds = 10\n'],
  ['[intervals]\nfast_seconds\n', 10, '[intervals]\nfast_seconds = 10\n'],
  ['# about\n[ "intervals" ]  # hm\n\n[page]\n', 10, '# about\n[ "intervals" ]  # hm\nfast_seconds = 10\n\n[page]\n'],
  ['', 10, '[intervals]\nfast_seconds = 10\n'],
  ['[page]\ntheme = "dark"', 10, '[page]\ntheme = "dark"\n\n[intervals]\nfast_seconds = 10\n'],
  ['[intervals]\nfast_seconds = 5\n', null, '[intervals]\n# fast_seconds = 30\n'],
  ['[page]\nfast_seconds = 5\n', null, '[page]\nfast_seconds = 5\n'],
])('%j with %j', (text, value, expected) => {
  expect(withSetting(text, fast, value)).toBe(expected);
});

test('a word is quoted, and what stands behind it stays', () => {
  expect(withSetting('[page]\ntheme = "dark" # "at night"\n', theme, 'light')).toBe(
    '[page]\ntheme = "light" # "at night"\n',
  );
});

test('lines and keys find each other', () => {
  const text = '# a\n[intervals]\n\nfast_seconds = 3\n[page]\ntheme =\nretention = { rollup_days = 3 }\n';
  expect([
    lineOf(text, 'intervals.fast_seconds'),
    lineOf(text, 'page.theme'),
    lineOf('retention = { rollup_days = 3 }', 'retention.rollup_days'),
    lineOf(text, 'intervals.slow_seconds'),
    keyAt(text, 6),
    keyAt(text, 1),
  ]).toEqual([4, 6, 1, null, 'page.theme', null]);
});
