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

const cpu = findSetting('thresholds.cpu_warn') as typeof fast;

test.each(['web.lan', 'büro "1" #2', '[a]', "o'hara", 'a b', 'tab\there'])(
  'a threshold of %j: added, changed, and gone again with its section',
  (name) => {
    const of = { scope: 'host', name } as const;
    const before = '[page]\n# theme\n';
    const added = withSetting(before, cpu, 60, of);
    const beside = withSetting(added, cpu, 70, { scope: 'group', name });
    expect([
      added,
      withSetting(added, cpu, 65, of),
      lineOf(beside, `host.${name}.thresholds.cpu_warn`),
      withSetting(withSetting(beside, cpu, null, of), cpu, null, { scope: 'group', name }),
      withSetting(beside, cpu, null, { scope: 'group', name }),
    ]).toEqual([
      `[page]\n# theme\n\n[host.${JSON.stringify(name)}.thresholds]\ncpu_warn = 60\n`,
      `[page]\n# theme\n\n[host.${JSON.stringify(name)}.thresholds]\ncpu_warn = 65\n`,
      5,
      before,
      added,
    ]);
  },
);

test('a section goes with its last line only, and what follows stays where it was', () => {
  const text = '[host.nas.thresholds]\ncpu_warn = 60\ncpu_bad = 70 # mine\n\n[page]\ntheme = "dark"\n';
  const of = { scope: 'host', name: 'nas' } as const;
  const one = withSetting(text, cpu, null, of);
  const bad = findSetting('thresholds.cpu_bad') as typeof fast;
  expect([one, withSetting(`[a]\nb = 1\n\n${one}`, bad, null, of)]).toEqual([
    '[host.nas.thresholds]\ncpu_bad = 70 # mine\n\n[page]\ntheme = "dark"\n',
    '[a]\nb = 1\n\n[page]\ntheme = "dark"\n',
  ]);
});
