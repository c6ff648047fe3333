import { afterEach, expect, test } from 'vitest';
import type { HostView } from '../../main/contract/hosts.ts';
import {
  defaultThresholds,
  holdThresholds,
  levelOf,
  type Measure,
  thresholdKey,
} from '../../main/domain/present/levels.ts';
import { findSetting, settingList } from '../../main/domain/settings/setting-list.ts';
import { fleetStore } from './fleet.ts';
import { limitsStore, takeLimits, watchShownHost } from './limits.ts';
import { show } from './route.ts';
import { parseField, settingName } from './settings.ts';
import { themes } from './theme.ts';

afterEach(() => void holdThresholds(defaultThresholds));

const measures = Object.keys(defaultThresholds) as Measure[];

test('every measure has its settings, and they move its levels', () => {
  const keys = measures.flatMap((measure) => [thresholdKey(measure, 'warn'), thresholdKey(measure, 'bad')]);
  expect(settingList.map(({ key }) => key).filter((key) => key.startsWith('thresholds.'))).toEqual(keys);
  const [warn, bad] = [5000, 6000];
  takeLimits(new Map(keys.map((key) => [key, key.endsWith('_warn') ? warn : bad])), []);
  for (const measure of measures) {
    expect([warn - 1, warn, bad].map((value) => levelOf(measure, value))).toEqual(['ok', 'warn', 'bad']);
  }
  expect([holdThresholds(defaultThresholds), holdThresholds(defaultThresholds)]).toEqual([true, false]);
});

test("the page's levels are those of the host that it shows, and each row of the fleet has those of its own", () => {
  const abort = new AbortController();
  watchShownHost(abort.signal);
  const host = {
    id: 'a',
    name: 'web.lan',
    group: 'prod',
    tags: [],
    addedAt: 0,
    target: { transport: 'local' },
  } as const;
  fleetStore.setState({ views: { a: { host } as unknown as HostView } });
  takeLimits(new Map([['thresholds.cpu_warn', 60]]), [
    { scope: 'group', name: 'prod', key: 'thresholds.cpu_warn', value: 40 },
    { scope: 'host', name: 'web.lan', key: 'thresholds.cpu_bad', value: 50 },
  ]);
  const { levels, limitsOf } = limitsStore.getState();
  const held = () => [levelOf('cpu', 45), levelOf('cpu', 55)];
  const inFleet = held();
  show({ view: 'host', hostId: 'a' });
  const shown = held();
  expect([limitsStore.getState().levels, levelOf('cpu', 45, limitsOf({ name: 'db', group: 'prod' }))]).toEqual([
    levels + 1,
    'warn',
  ]);
  show({ view: 'fleet' });
  abort.abort();
  expect([inFleet, shown, held()]).toEqual([
    ['ok', 'ok'],
    ['warn', 'bad'],
    ['ok', 'ok'],
  ]);
});

test('the themes of the page are those of the setting', () => {
  expect(findSetting('page.theme')?.range).toEqual({ type: 'choice', choices: [...themes] });
});

test('what stands at a field, and what is typed there', () => {
  expect([settingName('intervals.fast_seconds'), settingName('thresholds.cpu_warn')]).toEqual(['Fast', 'CPU warn']);
  expect(['12', ' 0,5 ', '', 'often'].map((text) => parseField(text, true))).toEqual([12, 0.5, '', 'often']);
});
