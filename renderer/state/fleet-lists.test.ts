import { expect, test } from 'vitest';
import type { HostView } from '../../main/contract/hosts.ts';
import { filterFor, matchesFilter, parseFilter } from './fleet-filter.ts';
import { groupHosts } from './fleet-groups.ts';
import { changedLabels, parseTags } from './fleet-labels.ts';
import { layoutText, parseLayout } from './fleet-layout.ts';
import { fleetLines, stepFrom } from './fleet-lines.ts';
import { extended, noSelection, toggled } from './fleet-selection.ts';

function view(id: string, group: string | null, tags: string[] = []): HostView {
  return {
    host: { id, name: id, group, tags, addedAt: 0, target: { transport: 'local' } },
    connection: { state: 'stopped', fault: null, since: 0 },
    recording: null,
    ring: null,
    health: null,
    glance: null,
    cadenceSeconds: 30,
  };
}

test('a filter finds whole tags and groups, states by their start, and anything by a part', () => {
  const nas = view('nas', 'Rack 1', ['db', 'SSD']);
  const fits = (filter: string) => matchesFilter(nas, parseFilter(filter));
  expect(
    [
      '',
      'tag:',
      'tag:ssd',
      'tag:d',
      'group:"rack 1"',
      'group:rack',
      'state:stop',
      'state:disc',
      'NA ssd',
      'na tag:web',
    ].map(fits),
  ).toEqual([true, true, true, false, true, false, true, true, true, false]);
  const health = (bad: number, warn: number) => ({ ...nas, health: { bad, warn, first: null } });
  expect(
    [nas, health(0, 0), health(0, 2), health(1, 0)].map((one) =>
      ['unknown', 'ok', 'problems', 'warn', 'bad'].filter((name) => matchesFilter(one, parseFilter(`health:${name}`))),
    ),
  ).toEqual([['unknown'], ['ok'], ['problems', 'warn'], ['problems', 'bad']]);
  expect([filterFor('tag', 'db'), filterFor('group', 'rack 1')]).toEqual(['tag:db', 'group:"rack 1"']);
});

test('groups stand in the order of their numbers, hosts without one last; a collapsed one shows its head', () => {
  const views = { a: view('a', 'rack 10'), b: view('b', null), c: view('c', 'rack 2'), d: view('d', 'rack 2') };
  const groups = groupHosts(['a', 'b', 'c', 'd'], views);
  expect(groups).toEqual([
    { name: 'rack 2', ids: ['c', 'd'] },
    { name: 'rack 10', ids: ['a'] },
    { name: null, ids: ['b'] },
  ]);
  const lines = fleetLines(groups, new Set(['group:rack 10']), 2);
  expect(lines.map(({ key }) => key)).toEqual(['group:rack 2', 'c', 'group:rack 10', 'group', 'b']);
  expect(
    [
      [null, 'Home'],
      ['group:rack 2', 'ArrowDown'],
      ['c', 'ArrowRight'],
      ['d', 'ArrowDown'],
      ['group:rack 10', 'ArrowUp'],
      ['b', 'ArrowDown'],
      ['c', 'End'],
      ['gone', 'ArrowDown'],
      ['c', 'x'],
    ].map(([stop, key]) => stepFrom(lines, stop ?? null, key ?? '', 3)),
  ).toEqual(['group:rack 2', 'c', 'd', 'group:rack 10', 'c', 'b', 'b', 'group:rack 2', null]);
  expect(fleetLines([{ name: null, ids: ['a'] }], new Set(['group']), 1)).toEqual([
    { kind: 'hosts', key: 'a', ids: ['a'] },
  ]);
});

test('a range is selected from where the selection began', () => {
  const listed = ['a', 'b', 'c', 'd'];
  const one = toggled(noSelection, 'c');
  const range = extended(one, 'a', listed);
  expect([[...range.ids].sort(), [...extended(range, 'd', listed).ids].sort(), [...toggled(one, 'c').ids]]).toEqual([
    ['a', 'b', 'c'],
    ['a', 'b', 'c', 'd'],
    [],
  ]);
  expect([...extended(noSelection, 'b', listed).ids]).toEqual(['b']);
});

test('labels change where they would be others', () => {
  const hosts = [view('a', 'x', ['db']).host, view('b', null, ['web']).host];
  expect([
    changedLabels(hosts, { group: 'x', add: [], remove: [] }),
    changedLabels(hosts, { group: undefined, add: ['web'], remove: ['db'] }),
    parseTags(' db,ssd  db "a:b" '),
  ]).toEqual([
    [{ hostId: 'b', group: 'x', tags: ['web'] }],
    [{ hostId: 'a', group: 'x', tags: ['web'] }],
    ['db', 'ssd', 'ab'],
  ]);
});

test('a layout is read as far as it can be', () => {
  const layout = { shape: 'grid', grouped: false, collapsed: new Set(['group:a']) } as const;
  const first = { shape: 'list', grouped: true, collapsed: new Set() };
  expect([parseLayout(layoutText(layout)), parseLayout(null), parseLayout('{"collapsed":7}')]).toEqual([
    layout,
    first,
    first,
  ]);
});
