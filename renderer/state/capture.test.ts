import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { HostView } from '../../main/contract/hosts.ts';
import type { Recording } from '../../main/contract/recordings.ts';
import { leftWords, watchRecordings } from './capture.ts';
import { fleetStore, noFleet } from './fleet.ts';
import { dismissAllToasts, toastStore } from './toasts.ts';

const recording: Recording = {
  ...{ directory: '/dumps/tank', dumps: 1, since: 0, until: null, by: 'window', entries: 1, bytes: 1, fault: null },
};
const page = new AbortController();

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 });
});
afterEach(() => {
  page.abort();
  dismissAllToasts();
  fleetStore.setState(noFleet);
  vi.useRealTimers();
});

test.each([
  [null, null],
  [999_000, '0 s'],
  [1_000_001, '1 s'],
  [1_090_000, '90 s'],
  [1_090_001, '2 min'],
  [1_600_000, '10 min'],
  [1_600_001, '11 min'],
  [8_200_000, '2 h'],
])('what is left until %s', (until, words) => {
  expect(leftWords({ ...recording, until }, 1_000_000)).toBe(words);
});

test('recordings that end by themselves are told of, whoever began them', () => {
  const show = (...recordings: (Recording | null)[]) => {
    const views = recordings.map((one, at): [string, HostView] => [
      `${at}`,
      {
        host: { id: `${at}`, name: `tank${at}`, group: null, tags: [], addedAt: 0, target: { transport: 'local' } },
        connection: { state: 'live', since: 0, by: 'ssh2' },
        ...{ recording: one, ring: null, health: null, glance: null, cadenceSeconds: 30 },
      },
    ]);
    fleetStore.setState({ ...noFleet, ids: views.map(([id]) => id), views: Object.fromEntries(views) });
  };
  watchRecordings(page.signal);
  const goesOn = { ...recording, until: 9_000_000 };
  show({ ...recording, until: 1_000_000 }, recording, goesOn, null);
  show(null, null, goesOn, null);
  expect(toastStore.getState().toasts.map(({ text, action }) => [text, action?.label])).toEqual([
    ['The recording of tank0 is complete: /dumps/tank', 'Open replay'],
    ['The recording of tank1 was ended: /dumps/tank', 'Open replay'],
  ]);
});
