import { expect, test } from 'vitest';
import type { HostView } from '../../../main/contract/hosts.ts';
import { fuzzyMatch } from '../../state/fuzzy.ts';
import { parseRecents, withRecent } from '../../state/recents.ts';
import type { Action } from './actions/action.ts';
import { findItems, listPalette, paletteItems } from './palette-items.ts';

function view(id: string, name: string): HostView {
  return {
    host: {
      id,
      name,
      group: null,
      tags: [],
      addedAt: 0,
      target: { transport: 'ssh', address: `${id}.lan`, port: 22, user: 'root', identityFiles: [], agent: true },
    },
    connection: { state: 'live', since: 0, by: 'ssh2' },
    recording: null,
    ring: null,
    health: null,
    glance: null,
    cadenceSeconds: 30,
  };
}

function fleetOf(...views: HostView[]) {
  return { ids: views.map(({ host }) => host.id), views: Object.fromEntries(views.map((one) => [one.host.id, one])) };
}

const actions: readonly Action[] = [
  { id: 'go.fleet', group: 'Go to', title: 'Fleet', keys: ['g f'], when: () => true, run: () => {} },
  { id: 'theme.dark', group: 'Theme', title: 'Theme: dark', keys: [], when: () => true, run: () => {} },
  {
    id: 'host.edit',
    group: 'This host',
    title: 'Edit',
    titleNow: () => 'Edit tank',
    keys: [],
    when: () => true,
    run: () => {},
  },
  { id: 'not.now', group: 'Go to', title: 'Not now', keys: [], when: () => false, run: () => {} },
];

test.each([
  ['tank', 'tank', [0, 1, 2, 3]],
  ['PVE', 'root on pve-one', [8, 9, 10]],
  ['one', 'stone-one', [6, 7, 8]],
  ['po', 'pve-one', [0, 4]],
  ['one pve', 'pve-one', [0, 1, 2, 4, 5, 6]],
  ['', 'anything', []],
  ['ax', `a${' '.repeat(40)}x`, null],
  ['zz', 'tank', null],
])('the query %j in %j', (query, text, at) => {
  expect(fuzzyMatch(query, text)?.at ?? null).toEqual(at);
});

test('the beginning of a name goes before the middle, a part before letters, and a shorter name first', () => {
  const items = paletteItems(
    [],
    fleetOf(view('1', 'a-nas-b'), view('2', 'nxaxs'), view('3', 'nas-backup'), view('4', 'nas')),
  );
  const found = (recents: string[]) => findItems(items, 'nas', recents).map(({ item }) => item.title);
  expect([found([]), found(['3'])]).toEqual([
    ['nas', 'nas-backup', 'a-nas-b', 'nxaxs'],
    ['nas-backup', 'nas', 'a-nas-b', 'nxaxs'],
  ]);
});

test('with no query: what was chosen lately, the host shown, hosts, and all else', () => {
  const items = paletteItems(actions, fleetOf(view('a', 'tank'), view('b', 'backup')));
  const { sections, more } = listPalette(items, '', ['b', 'gone', 'go.fleet']);
  expect([sections.map(({ name, found }) => [name, found.map(({ item }) => item.title)]), more]).toEqual([
    [
      ['Recent', ['backup', 'Fleet']],
      ['This host', ['Edit tank']],
      ['Hosts', ['tank']],
      ['Theme', ['Theme: dark']],
    ],
    0,
  ]);
});

test('the parts of the page that is shown are found by their names, and lead there', () => {
  const items = paletteItems(actions, fleetOf(view('a', 'pool-host')), [{ id: 'pools', title: 'ZFS pools' }]);
  const [found] = findItems(items, 'pools', []);
  expect([found?.item.id, found?.item.group, found?.item.place]).toEqual(['part.pools', 'Parts of this page', 'pools']);
});

test('a hostile name is matched and shown as text', () => {
  const [item] = paletteItems([], fleetOf(view('a', '<img src=x>\u001b[31m\u202etank')));
  expect(item?.title).toBe('<img src=x>\\x1b[31m\\u202etank');
  expect(findItems(item === undefined ? [] : [item], 'x1b', [])).toHaveLength(1);
});

test('of a thousand hosts as many are listed as are read, and the rest is counted', () => {
  const many = fleetOf(...Array.from({ length: 1000 }, (_, n) => view(`h${n}`, `host-${n}`)));
  const items = paletteItems(actions, many);
  const none = listPalette(items, '', []);
  const some = listPalette(items, 'host-99', []);
  expect([none.sections.find(({ name }) => name === 'Hosts')?.found.length, none.more]).toEqual([40, 960]);
  expect(some.sections[0]?.found.slice(0, 2).map(({ item }) => item.title)).toEqual(['host-99', 'host-990']);
  expect(listPalette(items, 'zzz', [])).toEqual({ sections: [], more: 0 });
});

test('recents are ids, few, the newest first, whatever was kept', () => {
  expect([
    parseRecents(null),
    parseRecents('{"a":1}'),
    parseRecents('not JSON'),
    parseRecents('["a",1,"b"]'),
    withRecent(['a', 'b', 'c', 'd', 'e', 'f'], 'c'),
    withRecent(['a', 'b', 'c', 'd', 'e', 'f'], 'z'),
  ]).toEqual([[], [], [], ['a', 'b'], ['c', 'a', 'b', 'd', 'e', 'f'], ['z', 'a', 'b', 'c', 'd', 'e']]);
});
