import { afterEach, expect, test } from 'vitest';
import type { HostView } from '../../../../main/contract/hosts.ts';
import { fleetStore, noFleet } from '../../../state/fleet.ts';
import { routeStore } from '../../../state/route.ts';
import { keySections } from '../keys-dialog.tsx';
import type { Action } from './action.ts';
import { createKeyReader, keyMap, type Press, pressOf } from './key-reader.ts';
import { actions, localKeys } from './registry.ts';

afterEach(() => {
  fleetStore.setState(noFleet, true);
  routeStore.setState({ route: { view: 'fleet' } });
});

test('each action has an id of its own, and no key is claimed twice', () => {
  const ids = actions.map(({ id }) => id);
  expect([...new Set(ids)]).toEqual(ids);
  const claimed = [...keyMap(actions).values()].flat();
  expect(claimed.length).toBe(actions.flatMap(({ keys }) => keys).length);
});

function action(id: string, ...keys: string[]): Action {
  return { id, group: 'Rackside', title: id, keys, when: () => true, run: () => {} };
}

test('a key that means two, or begins another, is refused by name', () => {
  expect(() => keyMap([action('one', 'x'), action('two', 'y', 'x')])).toThrow('"x" is claimed by one and by two.');
  expect(() => keyMap([action('one', 'g f'), action('two', 'g')])).toThrow('"g" of two begins "g f" of one.');
  expect(keyMap([action('one', 'k'), action('two', 'Ctrl K')]).size).toBe(2);
  expect(() => keyMap([{ ...action('one', 'x'), page: 'host' }, action('two', 'x')])).toThrow('claimed');
});

test('on two pages a key may mean two things, and means the one that can be done', () => {
  const onPage = (page: 'host' | 'dump', can: boolean): Action => ({ ...action(page, 'x'), page, when: () => can });
  const press = { key: 'x', at: 0, control: false, alt: false, shift: false };
  expect([
    createKeyReader([onPage('host', false), onPage('dump', true)])(press)?.id,
    createKeyReader([onPage('host', true), onPage('dump', false)])(press)?.id,
  ]).toEqual(['dump', 'host']);
});

test('a key that works in one place takes none away that works everywhere', () => {
  const everywhere = keyMap(actions);
  // A dump is played on its page, and hosts are listed on another.
  const elsewhere = keyMap(actions.filter(({ group }) => group !== 'Playback'));
  const onPages = localKeys
    .filter(({ dialog }) => dialog !== true)
    .flatMap(({ where, keys }) =>
      keys.map((key) => ({ key, map: where === 'In the list of hosts' ? elsewhere : everywhere })),
    );
  expect(onPages.filter(({ key, map }) => map.has(key))).toEqual([]);
});

test('the dialog lists every key of every action, and those that work in one place only', () => {
  const listed = keySections().flatMap(({ lines }) => lines.map(({ title, keys }) => [title, keys]));
  const all = [...actions, ...localKeys].filter(({ keys }) => keys.length > 0).map(({ title, keys }) => [title, keys]);
  const byTitle = (a: unknown[], b: unknown[]) => String(a).localeCompare(String(b));
  expect(listed.sort(byTitle)).toEqual(all.sort(byTitle));
});

test('one key, two after another, and one with Ctrl', () => {
  const read = createKeyReader([action('add', 'a'), action('go', 'g f'), action('find', 'f'), action('all', 'Ctrl K')]);
  const press = (key: string, at: number, more: Partial<Press> = {}) =>
    read({ key, at, control: false, alt: false, shift: false, ...more })?.id ?? null;
  expect([
    press('a', 0),
    press('g', 10),
    press('f', 20),
    press('f', 30),
    press('g', 40),
    press('f', 40 + 1_200),
    press('g', 3_000),
    press('x', 3_010),
    press('f', 3_020),
    press('k', 4_000),
    press('k', 4_010, { control: true }),
    press('a', 4_020, { control: true }),
    press('a', 4_030, { alt: true }),
  ]).toEqual(['add', null, 'go', 'find', null, 'find', null, null, 'find', null, 'all', null, null]);
});

test('keys that write nothing have names, and Shift counts for them alone', () => {
  const read = createKeyReader([action('play', 'Space'), action('begin', 'Shift Home'), action('back', 'Ctrl ←', 'N')]);
  const press = (key: string, more: Partial<Press> = {}) =>
    read({ key, at: 0, control: false, alt: false, shift: false, ...more })?.id ?? null;
  expect([
    press(' '),
    press('Home'),
    press('Home', { shift: true }),
    press('ArrowLeft', { control: true }),
    press('N', { shift: true }),
    press(' ', { shift: true }),
  ]).toEqual(['play', null, 'begin', 'back', 'back', 'play']);
});

test('what acts on the host shown is offered where it would do something', () => {
  const view: HostView = {
    host: { id: 'a', name: 'tank', group: null, tags: [], addedAt: 0, target: { transport: 'local' } },
    connection: { state: 'stopped', fault: null, since: 0 },
    recording: null,
    ring: null,
    health: null,
    glance: null,
    cadenceSeconds: 30,
  };
  const offered = () => actions.filter(({ group, when }) => group === 'This host' && when()).map(({ id }) => id);
  const show = (connection: HostView['connection']) => {
    fleetStore.setState({ ...noFleet, ids: ['a'], views: { a: { ...view, connection } } });
    return offered();
  };
  expect(show(view.connection)).toEqual([]);
  routeStore.setState({ route: { view: 'host', hostId: 'a' } });
  expect([
    offered(),
    show({ state: 'live', since: 0, by: 'ssh2' }),
    show({ state: 'replay', since: 0, notes: [] }),
  ]).toEqual([
    ['host.run', 'host.connect', 'host.edit', 'host.thresholds', 'host.remove'],
    [
      'host.record',
      'host.record-minutes',
      'host.record-to',
      'host.open-dump',
      'host.run',
      'host.ask',
      'host.disconnect',
      'host.edit',
      'host.thresholds',
      'host.remove',
    ],
    ['replay.close', 'dump.commands'],
  ]);
});

test('a key that AltGr writes is that key, and one with Ctrl and Alt is none', () => {
  const read = createKeyReader([action('before', '['), action('find', 'Ctrl F')]);
  const pressed = (key: string, altGr: boolean) => {
    const held = { ctrlKey: true, altKey: true, metaKey: false, shiftKey: false, timeStamp: 0 };
    return read(pressOf({ key, ...held, getModifierState: (name) => altGr && name === 'AltGraph' }))?.id ?? null;
  };
  expect([pressed('[', true), pressed('[', false), pressed('f', false)]).toEqual(['before', null, null]);
});
