import { expect, test } from 'vitest';
import type { Connection } from '../../main/contract/hosts.ts';
import { isLongBefore, isPast } from './freshness.ts';

const at = Date.parse('2026-11-21T14:00:00.000Z');

function past(connection: Connection, seconds: number, lost = false, of: number | null = at): boolean {
  return isPast({ connection, cadenceSeconds: 2 }, of, at + seconds * 1000, lost);
}

test('a sample is past when nothing newer comes, or three rounds were missed', () => {
  const live: Connection = { state: 'live', since: 0, by: 'ssh2' };
  const fault = { code: 'unreachable', step: 'tcp', message: '' } as const;
  expect({
    live: past(live, 6),
    missed: past(live, 7),
    lost: past(live, 1, true),
    waiting: past({ state: 'waiting', fault, retryAt: 0, since: 0 }, 0),
    stopped: past({ state: 'stopped', fault: null, since: 0 }, 0),
    connecting: past({ state: 'connecting', step: 'dns', hop: null, since: 0 }, 0),
    replay: past({ state: 'replay', since: 0, notes: [] }, 1e6),
    none: past({ state: 'stopped', fault: null, since: 0 }, 0, true, null),
  }).toEqual({
    live: false,
    missed: true,
    lost: true,
    waiting: true,
    stopped: true,
    connecting: true,
    replay: false,
    none: false,
  });
});

test('in a dump what stood longer before the cursor than three rounds take is past; elsewhere the cursor makes nothing so', () => {
  const dump: Connection = { state: 'replay', since: 0, notes: [] };
  const live: Connection = { state: 'live', since: 0, by: 'ssh2' };
  const told = (connection: Connection, seconds: number | null) =>
    isLongBefore({ connection, cadenceSeconds: 300 }, at, seconds === null ? null : at + seconds * 1000);
  expect([told(dump, 900), told(dump, 901), told(dump, -901), told(dump, null), told(live, 901)]).toEqual([
    false,
    true,
    false,
    false,
    false,
  ]);
});
