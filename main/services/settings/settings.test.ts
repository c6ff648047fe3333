import { mkdir, mkdtemp, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Settings } from '../../contract/settings.ts';
import { problemSentence } from '../../domain/present/setting-words.ts';
import { firstText } from '../../domain/settings/settings-text.ts';
import { readSettings } from './read-settings.ts';
import { openSettings, type SettingsService } from './settings.ts';

let folder: string;
let file: string;
const open: SettingsService[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rackside-settings-'));
  file = join(folder, 'settings.toml');
});
afterEach(async () => {
  for (const settings of open.splice(0)) settings.close();
  await rm(folder, { recursive: true, force: true });
});

async function opened(): Promise<SettingsService> {
  const settings = await openSettings({ file, dataFolder: { path: folder, source: 'flag' } });
  open.push(settings);
  return settings;
}

/** What differs from the defaults, and what is wrong, of a file with that text. */
function read(text: string) {
  const { settings, problems } = readSettings(text);
  return {
    said: Object.fromEntries(settings.filter(({ source }) => source === 'file').map(({ key, value }) => [key, value])),
    problems: problems.map(problemSentence),
  };
}

test('the first start makes a file for its owner alone, in which nothing is chosen', async () => {
  const settings = await opened();
  expect({
    text: await readFile(file, 'utf8'),
    mode: (await stat(file)).mode & 0o777,
    sources: new Set(settings.view().settings.map(({ source }) => source)),
    warnings: settings.warnings(),
  }).toEqual({ text: firstText(), mode: 0o600, sources: new Set(['default']), warnings: [] });
});

const range = 'must be a whole number from 2 to 3600.';
test.each([
  ['', {}, []],
  [
    '[intervals]\nfast_seconds = "often"\nmedium_seconds = 60\n',
    { 'intervals.medium_seconds': 60 },
    [`settings.toml, line 2: intervals.fast_seconds ${range}`],
  ],
  ['[intervals]\n\nfast_seconds = 0\n', {}, [`settings.toml, line 3: intervals.fast_seconds ${range}`]],
  ['[intervals]\nfast_seconds = 2.5\n', {}, [`settings.toml, line 2: intervals.fast_seconds ${range}`]],
  ['[intervals]\nfastseconds = 3\n', {}, ['settings.toml, line 2: intervals.fastseconds is no setting.']],
  ['colour = 3\n', {}, ['settings.toml, line 1: colour is no setting.']],
  ['[page]\ntheme = "pink"\n', {}, ['settings.toml, line 2: page.theme must be one of system, light, dark, contrast.']],
  [
    '[thresholds]\ncpu_warn = 95\n',
    {},
    ['settings.toml, line 2: thresholds.cpu_warn (95) lies above thresholds.cpu_bad (90).'],
  ],
  ['thresholds.cpu_warn = 95\nthresholds.cpu_bad = 96\n', { 'thresholds.cpu_warn': 95, 'thresholds.cpu_bad': 96 }, []],
  ['[__proto__]\nx = 1\n', {}, ['settings.toml, line 2: __proto__.x is no setting.']],
])('%j', (text, said, problems) => {
  expect(read(text)).toEqual({ said, problems });
});

test.each([
  ['[intervals]\nfast_seconds = = 3\nmedium_seconds = 60\n', 2, 'intervals.fast_seconds'],
  ['[intervals]\nfast_seconds = \nmedium_seconds = 60\n', 2, 'intervals.fast_seconds'],
  ['[intervals]\nfast_seconds\nmedium_seconds = 60\n', 2, 'intervals.fast_seconds'],
  ['[intervals]\nfast_seconds = "3\nmedium_seconds = 60\n', 2, 'intervals.fast_seconds'],
  ['[intervals]\nmedium_seconds = 60\nmedium_seconds = 70\n', 3, 'intervals.medium_seconds'],
  ['[intervals]\nmedium_seconds = 60\n!!', 3, null],
  ['[intervals]\nfast_seconds: 3\nmedium_seconds = 60\n', 2, 'intervals.fast_seconds'],
])('a line that is no TOML costs its own key only: %j', (text, line, key) => {
  const { settings, problems } = readSettings(text);
  expect({
    problems: problems.map((problem) => [problem.line, problem.key]),
    medium: settings.find((setting) => setting.key === 'intervals.medium_seconds')?.value,
    message: problems[0]?.message,
  }).toEqual({ problems: [[line, key]], medium: 60, message: expect.stringMatching(/^cannot be read: [^\n]+\.$/) });
});

test('a section whose head is no TOML is left out whole: its lines never count for the section before', () => {
  const text = '[host.a.thresholds]\ncpu_warn = 60\n[host.b.thresholds\ncpu_bad = 95\n\n[page]\ntheme = "dark"\n';
  const { own, settings, problems } = readSettings(text);
  expect([...(own.hosts.get('a') ?? [])]).toEqual([['thresholds.cpu_warn', 60]]);
  expect(own.hosts.has('b')).toBe(false);
  expect(settings.find(({ key }) => key === 'page.theme')?.value).toBe('dark');
  expect(problems.map(({ key, line }) => [key, line])).toEqual([['host.b.thresholds', 3]]);
});

test('a section in the place of a setting is told with the line of its head', () => {
  const { problems } = readSettings('[page]\ntheme = "dark"\n\n[intervals.fast_seconds]\nx = 5\n');
  expect(problems.map(({ key, line }) => [key, line])).toEqual([['intervals.fast_seconds', 4]]);
});

test('bytes of any kind end in problems, not in a fault', () => {
  const text = Array.from({ length: 300 }, (_, index) => `[${'x'.repeat(index)} = "${index}`).join('\n');
  expect(read(text).problems.length).toBeLessThanOrEqual(20);
});

test('what is set is written into its line, and holds', async () => {
  await writeFile(file, '# mine\n[intervals]\nfast_seconds = 5 # quick\n');
  const settings = await opened();
  const told: number[] = [];
  settings.onChange(({ cadence }) => told.push(cadence.fast));
  await settings.set({ 'intervals.fast_seconds': 10, 'page.theme': 'dark' });
  expect(await readFile(file, 'utf8')).toBe(
    '# mine\n[intervals]\nfast_seconds = 10 # quick\n\n[page]\ntheme = "dark"\n',
  );
  await settings.set({ 'intervals.fast_seconds': null });
  expect({ told, holds: settings.current.cadence.fast, mode: (await stat(file)).mode & 0o777 }).toEqual({
    told: [10, 30],
    holds: 30,
    mode: 0o600,
  });
});

test.each([
  [{ 'intervals.fast_seconds': 0 }, `intervals.fast_seconds ${range}`],
  [{ 'intervals.fast_second': 5 }, 'There is no setting intervals.fast_second.'],
  [{ 'page.theme': 'dark', 'processes.names_only': 1 }, 'processes.names_only must be true or false.'],
  [{ 'thresholds.cpu_warn': 99 }, 'thresholds.cpu_warn (99) lies above thresholds.cpu_bad (90).'],
])('%j is refused whole', async (changes, message) => {
  const settings = await opened();
  await expect(settings.set(changes)).rejects.toMatchObject({ fault: { code: 'bad_input', message } });
  expect(await readFile(file, 'utf8')).toBe(firstText());
});

test('what only a person can change is left alone', async () => {
  const text = 'intervals = { fast_seconds = 5 }\n';
  await writeFile(file, text);
  const settings = await opened();
  await expect(settings.set({ 'intervals.fast_seconds': 10 })).rejects.toMatchObject({ fault: { code: 'bad_input' } });
  expect([await readFile(file, 'utf8'), settings.current.cadence.fast]).toEqual([text, 5]);
});

test('an edit by hand is seen, also through a link, and a broken one is told', async () => {
  await writeFile(join(folder, 'elsewhere.toml'), '');
  await symlink(join(folder, 'elsewhere.toml'), file);
  const settings = await opened();
  const ending = new AbortController();
  const seen: Settings[] = [];
  const values: unknown[] = [];
  for await (const view of settings.watch(ending.signal)) {
    seen.push(view);
    values.push(view.settings.find(({ key }) => key === 'intervals.fast_seconds')?.value);
    if (seen.length === 1) await writeFile(join(folder, 'elsewhere.toml'), '[intervals]\nfast_seconds = 7\n');
    else if (seen.length === 2) await writeFile(join(folder, 'elsewhere.toml'), '[intervals]\nfast_seconds = seven\n');
    else break;
  }
  expect([values, seen.at(-1)?.problems.map(({ line, key }) => [line, key])]).toEqual([
    [30, 7, 30],
    [[2, 'intervals.fast_seconds']],
  ]);
});

test('a file that cannot be read never stops the start', async () => {
  await mkdir(file);
  const settings = await opened();
  expect([settings.current.cadence.fast, settings.warnings().length]).toEqual([30, 1]);
  await expect(settings.set({ 'page.theme': 'dark' })).rejects.toMatchObject({ fault: { code: 'not_permitted' } });
});

test('thresholds of groups and hosts are set, refused and taken back', async () => {
  const settings = await opened();
  const before = await readFile(file, 'utf8');
  const key = 'host.web "1".lan.thresholds.cpu_warn';
  const { own } = await settings.set({ [key]: 60, 'group.prod.thresholds.cpu_warn': 65 });
  expect(own).toEqual([
    { scope: 'group', name: 'prod', key: 'thresholds.cpu_warn', value: 65 },
    { scope: 'host', name: 'web "1".lan', key: 'thresholds.cpu_warn', value: 60 },
  ]);
  const refused = (changes: Parameters<typeof settings.set>[0]) =>
    settings.set(changes).then(
      () => 'done',
      (error: Error) => error.message,
    );
  expect([
    await refused({ [key]: 101 }),
    await refused({ 'host.nas.intervals.fast_seconds': 3 }),
    await refused({ 'group.prod.thresholds.cpu_bad': 50 }),
    settings.current.limitsOf({ name: 'web "1".lan', group: 'prod' }).cpu,
    settings.current.limitsOf({ name: 'nas', group: 'prod' }).cpu,
  ]).toEqual([
    `${key} must be a number from 0 to 100.`,
    'There is no setting host.nas.intervals.fast_seconds.',
    'group.prod.thresholds.cpu_bad would have the lower threshold (65) above the upper one (50).',
    { warn: 60, bad: 90 },
    { warn: 65, bad: 90 },
  ]);
  await settings.set({ [key]: null, 'group.prod.thresholds.cpu_warn': null });
  expect([settings.view().own, await readFile(file, 'utf8')]).toEqual([[], before]);
});
