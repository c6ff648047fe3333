import { expect, test } from 'vitest';
import type { SettingProblem } from '../../contract/settings.ts';
import { readOwnThresholds } from '../settings/read-own-thresholds.ts';
import { createLimits, gatherOwn, listOwn, ownKey, ownThreshold, parseOwnKey } from './own-thresholds.ts';

const said = {
  group: { prod: { thresholds: { cpu_bad: 80, filesystem_warn: 60 } } },
  host: { 'web.lan': { thresholds: { cpu_bad: 70, memory_warn: 99 } } },
};
const web = { name: 'web.lan', group: 'prod' };

test('a host counts before its group, that before all, that before the default', () => {
  const own = readOwnThresholds(said, () => null, []);
  const at = (key: string, host: { name: string; group: string | null }, general: number | null) =>
    ownThreshold(own, host, `thresholds.${key}`, general, 90);
  expect([
    at('cpu_bad', web, 95),
    at('cpu_bad', { name: 'db', group: 'prod' }, 95),
    at('cpu_bad', { name: 'db', group: null }, 95),
    at('cpu_bad', { name: 'db', group: 'test' }, null),
  ]).toEqual([
    { value: 70, origin: 'host' },
    { value: 80, origin: 'group' },
    { value: 95, origin: 'settings' },
    { value: 90, origin: 'default' },
  ]);
});

test('limits of two scopes never cross', () => {
  const own = readOwnThresholds(said, () => null, []);
  const limitsOf = createLimits(own, () => null);
  const { cpu, memory, filesystem, load } = limitsOf(web);
  expect({ cpu, memory, filesystem, load }).toEqual({
    cpu: { warn: 70, bad: 70 },
    memory: { warn: 92, bad: 92 },
    filesystem: { warn: 60, bad: 92 },
    load: { warn: 0.8, bad: 1.5 },
  });
  const plain = limitsOf({ name: 'a', group: null });
  expect([limitsOf({ name: 'b', group: 'test' }) === plain, limitsOf({ name: 'b', group: 'prod' }) === plain]).toEqual([
    true,
    false,
  ]);
});

test('they are told and gathered again, and a name with dots is found in its key', () => {
  const own = readOwnThresholds(said, () => null, []);
  expect(gatherOwn(listOwn(own))).toEqual(own);
  const scope = { scope: 'host', name: 'a.thresholds.b' } as const;
  expect([
    parseOwnKey(ownKey(scope, 'thresholds.cpu_bad')),
    parseOwnKey('thresholds.cpu_bad'),
    parseOwnKey('host.web.intervals.fast_seconds'),
  ]).toEqual([{ ...scope, key: 'thresholds.cpu_bad' }, null, null]);
});

test('what cannot be used is told with its line, and costs itself only', () => {
  const problems: SettingProblem[] = [];
  const own = readOwnThresholds(
    {
      group: 7,
      host: { nas: { thresholds: { cpu_bad: 'hot', cpu_warn: 5, colour: 3 }, page: {} }, __proto__: null },
    },
    (key) => (key === 'host.nas.thresholds.cpu_bad' ? 4 : null),
    problems,
  );
  expect([own.hosts.get('nas'), problems]).toEqual([
    new Map([['thresholds.cpu_warn', 5]]),
    [
      { key: 'host.nas.thresholds.cpu_bad', line: 4, message: 'must be a number from 0 to 100.' },
      { key: 'host.nas.thresholds.colour', line: null, message: 'is no setting.' },
      { key: 'host.nas.page', line: null, message: 'is no setting.' },
    ],
  ]);
});
