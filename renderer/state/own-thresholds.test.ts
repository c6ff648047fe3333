import { expect, test } from 'vitest';
import type { HostView } from '../../main/contract/hosts.ts';
import type { Settings } from '../../main/contract/settings.ts';
import { resolve } from '../../main/domain/settings/resolve.ts';
import { groupOf, ownSetting, scopeChoices } from './own-thresholds.ts';

const view = (name: string, group: string | null, state = 'live') =>
  ({ host: { name, group }, connection: { state } }) as HostView;
const views = [view('web10', 'prod'), view('web2', 'prod'), view('nas', null), view('a dump', null, 'replay')];

const own: Settings['own'] = [
  { scope: 'group', name: 'prod', key: 'thresholds.cpu_warn', value: 60 },
  { scope: 'host', name: 'web2', key: 'thresholds.cpu_bad', value: 50 },
  { scope: 'host', name: 'gone', key: 'thresholds.cpu_bad', value: 50 },
];
const { settings } = resolve(new Map([['thresholds.cpu_bad', 95]]), () => null);

test('the fleet and the file say whose thresholds there are', () => {
  expect(scopeChoices(views, own)).toEqual([
    { scope: 'group', name: 'prod', exists: true, count: 1 },
    { scope: 'host', name: 'gone', exists: false, count: 1 },
    { scope: 'host', name: 'nas', exists: true, count: 0 },
    { scope: 'host', name: 'web2', exists: true, count: 1 },
    { scope: 'host', name: 'web10', exists: true, count: 0 },
  ]);
  expect([groupOf('web2', views), groupOf('nas', views), groupOf('gone', views)]).toEqual(['prod', null, null]);
});

test('each value says whose it is, and what holds without it', () => {
  const told = (key: string, scope: 'group' | 'host', name: string) => {
    const setting = settings.find((one) => one.key === `thresholds.${key}`) as (typeof settings)[number];
    const shown = ownSetting(setting, { own, settings: [...settings] }, { scope, name }, groupOf(name, views));
    const { words, instead, note } = shown.origin;
    return [shown.setting.value, words, instead, note];
  };
  expect([
    told('cpu_bad', 'host', 'web2'),
    told('cpu_warn', 'host', 'web2'),
    told('cpu_warn', 'group', 'prod'),
    told('cpu_bad', 'group', 'prod'),
    told('memory_bad', 'host', 'nas'),
  ]).toEqual([
    [50, 'host web2', 'else 95, for all hosts', null],
    [60, 'group prod', null, 'The upper one holds, 50: it lies below.'],
    [60, 'group prod', 'else 70, default', null],
    [95, 'for all hosts', null, null],
    [92, 'default', null, null],
  ]);
});
