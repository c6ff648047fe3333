import { afterEach, beforeEach, expect, test } from 'vitest';
import type { DumpStatus } from '../../../main/contract/dumps.ts';
import type { HostView } from '../../../main/contract/hosts.ts';
import { clearCursor, pinCursor } from '../cursor.ts';
import { dumpSession } from '../dump/dump-session.ts';
import { fleetStore, noFleet } from '../fleet.ts';
import { rangeStore } from '../range.ts';
import { routeStore } from '../route.ts';
import { shareSubject, shownReplay } from './share-subject.ts';

const status: DumpStatus = {
  ...{ path: '/dumps/tank.zip', phase: 'ready', fault: null, bytes: 9, readBytes: 9, reused: false, entries: 3 },
  ...{
    samples: 0,
    first: 1000,
    last: 9000,
    torn: 0,
    lying: 0,
    suspect: 0,
    skippedBytes: 0,
    sizesTrusted: true,
    parts: 1,
    onHost: null,
  },
  ...{ replayed: 1, notes: [], revision: 0 },
};
const view: HostView = {
  host: {
    id: 'a',
    name: 'tank',
    group: null,
    tags: [],
    addedAt: 0,
    target: { transport: 'replay', path: '/unpacked/1' },
  },
  connection: { state: 'replay', since: 0, notes: [] },
  ...{ recording: null, ring: null, health: null, glance: null, cadenceSeconds: 30 },
};
const { store } = dumpSession('a');
const untouched = store.getState();

beforeEach(() => fleetStore.setState({ ...noFleet, ids: ['a'], views: { a: view } }));
afterEach(() => {
  store.setState(untouched, true);
  fleetStore.setState(noFleet, true);
  routeStore.setState({ route: { view: 'fleet' } });
  rangeStore.setState({ zoom: null });
  clearCursor();
});

test('a dump is shown on its page and on that of its host', () => {
  const shown = (['host', 'dump'] as const).map((page) => {
    routeStore.setState({ route: { view: page, hostId: 'a' } });
    return shownReplay();
  });
  fleetStore.setState({ views: { a: { ...view, connection: { state: 'live', since: 0, by: 'ssh2' } } } });
  expect([...shown, shownReplay()]).toEqual(['a', 'a', null]);
});

test('on its page: the filter, the span brushed or the rows in view, and the instant held', () => {
  routeStore.setState({ route: { view: 'dump', hostId: 'a' } });
  const seen = { from: 2000, to: 3000 };
  store.setState({ status, seen });
  const path = '/dumps/tank.zip';
  expect(shareSubject('a')).toEqual({ hostId: 'a', path, filter: {}, span: seen, at: 9000 });
  const filter = { from: 4000, command: 'ps' };
  store.setState({ filter });
  pinCursor(4500);
  expect(shareSubject('a')).toEqual({ hostId: 'a', path, filter, span: { from: 4000, to: 9000 }, at: 4500 });
});

test("on its host's page: the time that the charts are zoomed to", () => {
  routeStore.setState({ route: { view: 'host', hostId: 'a' } });
  const zoom = { from: 5000, to: 6000 };
  rangeStore.setState({ zoom });
  expect(shareSubject('a')).toEqual({ hostId: 'a', path: '/unpacked/1', filter: {}, span: zoom, at: null });
});
